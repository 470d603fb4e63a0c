package views

// ComparePage shows both sides as two steps left them.
type ComparePage struct {
	Page
	A, B   StepRef
	Steps  []StepRef // that can be chosen, oldest first; none: there are no two yet
	Prev   [2]int    // the pair before this one; zero: there is none
	Next   [2]int
	Cookie Comparison
	Record Comparison
	Untold []UntoldStep // those of the two that cannot be told; then nothing is compared
	Jars   string       // that the two steps come from two clients, in words, or ""
}

// StepRef names a step.
type StepRef struct {
	N      int
	Op     string
	Client string // in words
	Time   string
}

// Comparison is one side as the two steps left it, row by row.
type Comparison struct {
	Said string // what differs, in one sentence
	Mark Mark   // of the side as a whole
	Rows []CompareRow
}

// CompareRow is one thing at both steps; "" where it was not there.
type CompareRow struct {
	Name           string
	Code           bool // whether the name is the program's and not ours
	A, B           string
	PartsA, PartsB []Part // in place of A and B, for what has parts
	Mark           Mark
}
