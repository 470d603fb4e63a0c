package views

import "time"

// MechanismsPage compares the places where a bench's sessions are stored.
type MechanismsPage struct {
	Lab
	Trials []Trial
	Cost   *Cost  // of the sessions in the store chosen now; nil: none are stored, or it cannot tell
	Away   string // why it cannot tell; "" if it can
}

// Trial is what the bench's own steps show of one place.
type Trial struct {
	Name  string
	Now   bool // whether it is the one in use
	Steps int
	Where string // the data are

	Last         int    // the step that the next ones are of; 0: there is none
	Read, Change string // whether who holds the cookie can
	Wire, Stored int    // bytes

	Ended int    // the step of a log-out; 0: there is none
	Copy  string // what a copy of its cookie is worth now
}

// Cost is what an app's sessions cost.
type Cost struct {
	Sessions int
	Bytes    int64 // of their values
	One      int64 // bytes that one takes in all, as the store says; 0: it does not
	Fill     int   // how many can be made to see it
	Made     int   // just now
	Took     time.Duration
}

// each is how many bytes a session takes.
func (c Cost) each() string {
	if c.Sessions == 0 {
		return "0 B"
	}
	return bytesOf(c.Bytes / int64(c.Sessions))
}
