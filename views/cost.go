package views

import "time"

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
