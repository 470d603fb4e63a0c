package lesson

import "strings"

// The stages of a question, which its parts end in.
const (
	Predict = "predict"
	Do      = "act"
	Observe = "observe"
	Explain = "explain"
)

// Take is the part with what to take away. It is the last one.
const Take = "take"

// Parts are the ids of the parts in order: "q1.predict", "q1.act", "q1.observe",
// "q1.explain" and so on, and [Take]. The question [Change] has no "change.explain".
func (l *Lesson) Parts() (all []string) {
	for _, q := range l.Questions {
		for _, stage := range [...]string{Predict, Do, Observe, Explain} {
			if q.ID != Change || stage != Explain {
				all = append(all, q.ID+"."+stage)
			}
		}
	}
	return append(all, Take)
}

// SplitPart returns the question and the stage that a part is of. Of [Take] both are "".
func SplitPart(part string) (question, stage string) {
	question, stage, ok := strings.Cut(part, ".")
	if !ok {
		return "", ""
	}
	return question, stage
}
