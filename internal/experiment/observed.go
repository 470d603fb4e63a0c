package experiment

import (
	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// An Observed is what an act showed, and what expressions can ask of it under the act's
// id. Of an act that was left out it is zero, and its reading is that of no request.
type Observed struct {
	reading.Reading

	Ran    bool
	Step   int      // its number, 0 if the act is no request
	Status int      // of the response
	Worker int      // which of the server's processes answered
	Set    []string // the Set-Cookie lines of the response

	// Text is what could be read: by a script in document.cookie, by those on the way
	// in the Cookie header of a request that the script sends over plain http. "" is
	// nothing.
	Text string
	Was  string // of what was altered: what it was before

	// What trying came to.
	Tried     int
	Found     string // the id, or the key; "" if none was
	PerSecond int
}

// observe returns what a request showed.
func observe(s *step.Step) *Observed {
	return &Observed{
		Reading: reading.Of(s), Ran: true, Step: s.N, Status: s.Response.Status, Worker: s.Worker,
		Set: reading.HeaderValues(s.Response.Headers, "Set-Cookie"),
	}
}

// names are those of all acts, as if none had been done.
func (e *Experiment) names() judge.Names {
	names := make(judge.Names)
	for _, a := range e.all() {
		names[a.ID] = new(Observed)
	}
	return names
}
