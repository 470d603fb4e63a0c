package views

import "time"

// A Limit is when something ends, which may be while somebody looks at it.
type Limit struct {
	At            time.Time
	Ahead         string // in words, as long as it has not come
	Left          string // how long it is until then, which stands after Ahead between the next two
	Before, After string
	Past          string // in words, once it has come, with what is the case then
	Over          bool   // whether it has
	Fixed         bool   // whether it counts from a moment that is past, so that it does not run down
}

// String says the limit as it is now; "" if it is nil.
func (l *Limit) String() string {
	switch {
	case l == nil:
		return ""
	case l.Over:
		return l.Past
	}
	return l.Ahead + l.Before + l.Left + l.After
}

// An Orphan is a record that the client had before, and its request did not find.
type Orphan struct {
	Said    string // what it is, and why nobody can reach it
	Key     []Part
	Rows    []Row
	Expires *Limit
}
