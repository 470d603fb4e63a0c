package sqlbackend

// A Dialect is how one database system says what a [Backend] does. Statements
// are complete, with their placeholders; their arguments are bound in the order
// in which the fields' comments name them. Times are Unix milliseconds.
type Dialect struct {
	Name       string // the system, as traces name it
	Migrations string // the folder of those that make the table
	Forget     string // that they have been run, if the table is gone: all in one statement

	// TextKeys and TextData say that the columns of keys and of data hold text, and
	// nothing else: what is not text is written as such, in the manner of text.go.
	TextKeys, TextData bool

	// Load: key. Columns: data, created, renewed, expires, version.
	Load string
	// Insert: key, data, created, renewed, expires, now. It must change no row if
	// there is a live one, and may replace an expired one.
	Insert string
	// Update: data, created, renewed, expires, key, version, now. It must change
	// no row but a live one of that version.
	Update string
	// Remove: key. Delete: key, version.
	Remove, Delete string

	// Expired: now, from, limit. Column: the keys of expired records, not less
	// than from, in ascending order.
	Expired string
	// Sweep: key, now. It removes the record only if it has expired.
	Sweep string
	// Range: from, to, now, limit. Columns: the key, and then those of Load, of
	// live records with from <= key < to, in ascending order.
	Range string
	// Usage: from, to, now. Columns: how many live records there are with from <=
	// key < to, and how many bytes their data are.
	Usage string
	// End is an argument that every key is less than.
	End any
}
