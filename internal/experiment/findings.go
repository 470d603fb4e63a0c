package experiment

import (
	"context"
	"net/http"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// An Answer is what was found out by trying.
type Answer string

// The answers.
const (
	Untried Answer = "untried"
	Yes     Answer = "yes"
	No      Answer = "no"
)

// Findings are what the steps of a bench show of its mechanism, up to one of them.
type Findings struct {
	InCookie Answer // whether the cookie holds the values themselves
	Readable Answer // whether they were read out of it without a key
	Changed  Answer // whether a copy with one letter changed opened a session
	Copy     Answer // whether a copy made before a log-out opened one after it
	Size     int    // bytes of the cookie, its name among them
	Stored   int    // bytes of the record's values
	Values   string // what anybody can read in the cookie, as JSON; "" for nothing
}

// Find returns what the steps of b show up to step n.
func Find(ctx context.Context, b *lab.Bench, n int) (Findings, error) {
	f := Findings{Untried, Untried, Untried, Untried, 0, 0, ""}
	by, held := senders(b), 0
	for _, s := range b.Steps() {
		if s.N > n {
			break
		}
		switch from := by[s.Browser]; {
		case from == ByBrowser && s.Left != "":
			held = s.N
		case from == ByCopy:
			f.Copy = opened(s, f.Copy)
		case from == ByChanged:
			f.Changed = opened(s, f.Changed)
		}
	}
	if held == 0 {
		return f, nil
	}
	s, err := b.Step(ctx, held)
	if err != nil || s.Broken != "" {
		return f, err
	}
	f.look(s)
	return f, nil
}

// opened is whether a request that asks who one is was answered as somebody's. It is as
// before if the request brought no cookie, or the store did not answer.
func opened(s step.Summary, before Answer) Answer {
	switch {
	case s.Op != step.OpMe || s.Sent == "":
	case s.Status == http.StatusOK:
		return Yes
	case s.Status == http.StatusUnauthorized:
		return No
	}
	return before
}

// look looks at a step that left its client with a cookie.
func (f *Findings) look(s *step.Step) {
	f.InCookie, f.Readable = No, No
	if reading.InCookie(s.Mechanism) {
		f.InCookie = Yes
	}
	f.Size = s.After.Cookie.Size()
	for _, part := range s.After.Cookie.Parts {
		if part.Kind == "payload" && part.Decoded != "" {
			f.Readable, f.Values = Yes, part.Decoded
		}
	}
	if r := s.After.Record; r != nil {
		f.Stored = len(r.Raw)
	}
}
