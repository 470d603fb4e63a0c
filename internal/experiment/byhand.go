package experiment

import (
	"context"
	"net/url"

	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/reading"
)

// A Hand is what [Runner.Do] needs to know besides the act.
type Hand struct {
	Acts     []Act             // those that the act can name in What
	Browsers map[string]string // the lab's ids of the browsers, by those that acts use
	Language string            // one of [Languages]
	App      *url.URL          // the address of the bench's app, as the learner's browser has it
	Host     string            // the name by which its browsers visit the website instead; "" for none
}

// A Did is what an act by hand came to.
type Did struct {
	Step      int    `json:"step,omitempty"` // that its request became, of several the last; 0 for none
	Text      string `json:"text,omitempty"` // what could be read, or was put into the jar
	Tried     int    `json:"tried,omitempty"`
	PerSecond int    `json:"per_second,omitempty"`
	Found     string `json:"found,omitempty"` // the id, or the key
}

// Do does one act on a bench as it is, outside of any run. What an earlier act found is
// found once more if this one uses it; if that is nothing, it does nothing. It returns a
// [*RequestError], or an error of package lab.
func (r *Runner) Do(ctx context.Context, b *lab.Bench, a Act, h Hand) (Did, error) {
	s := &stage{
		Runner: r, ctx: ctx, bench: b, app: h.App, host: h.Host, language: h.Language,
		acts: withParts(append(h.Acts[:len(h.Acts):len(h.Acts)], a)), browsers: h.Browsers, seen: make(judge.Names),
	}
	for _, each := range s.acts {
		s.seen[each.ID] = new(Observed)
	}
	if source, ok := find(s.acts, func(b Act) bool { return b.ID == a.What }); ok {
		if err := s.findAgain(source); err != nil {
			return Did{}, err
		}
	}
	if err := s.do(a); err != nil {
		return Did{}, err
	}
	o := s.saw(a.ID)
	did := Did{Step: o.Step, Text: o.Text, Tried: o.Tried, PerSecond: o.PerSecond, Found: o.Found}
	for _, part := range a.Together {
		did.Step = max(did.Step, s.saw(part.ID).Step)
	}
	return did, nil
}

// findAgain has seen what an act found: that of a request is in the last step that it
// became, and other acts can be done again.
func (s *stage) findAgain(a Act) error {
	if !a.Asks() {
		return s.do(a)
	}
	steps := s.bench.Steps()
	for i := len(steps) - 1; i >= 0; i-- {
		if last := steps[i]; last.Browser != s.browsers[a.By] || string(last.Op) != a.Send {
			continue
		}
		sent, err := s.bench.Step(s.ctx, steps[i].N)
		if err != nil {
			return err
		}
		s.saw(a.ID).Text = reading.Header(sent.Request, "Cookie")
		return nil
	}
	return nil
}
