package views

import "time"

// Clock is what a bench's clock shows.
type Clock struct {
	At    time.Time // in the place whose time is shown
	Time  string    // the same in words: "28 Dec 23:41:16", or the time alone if that is today
	Ahead string    // how far it is ahead of real time, in words; "" for real time
}

// datetime is the time as a time element states it, in the place whose time is shown.
func (c Clock) datetime() string { return c.At.Format(time.RFC3339) }

// ServerPage is what an operator can do to the server of the app under study.
type ServerPage struct {
	Page
	Name    string // "one worker", in words
	Records string // what becomes of the records at a restart, in words
	Older   string // how many older keys verify cookies still, in words; "" for none
	Said    string // what was done last, if that was after the last step; else ""
	Workers []ServerSetting
}

// ServerSetting is a setting of the server with a button for each of its choices.
type ServerSetting struct {
	Field   string
	Name    string
	Note    string
	Choices []Choice
}
