package experiment

import (
	"context"
	"net/url"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/reading"
)

// A Hand is what [Runner.Do] needs to know besides the act.
type Hand struct {
	Acts     []Act             // those that the act can name in What
	Browsers map[string]string // the lab's ids of the browsers, by those that acts use
	Language string            // one of [Languages]
	App      *url.URL          // the address of the bench's app, as the learner's browser has it
}

// A Did is what an act by hand came to.
type Did struct {
	Step      int    `json:"step,omitempty"` // that its request became, 0 for none
	Text      string `json:"text,omitempty"` // what could be read, or was put into the jar
	Tried     int    `json:"tried,omitempty"`
	PerSecond int    `json:"per_second,omitempty"`
	Found     string `json:"found,omitempty"` // the id, or the key
}

// Do does one act on a bench as it is, outside of any run. What an earlier act found is
// found once more if this one uses it. It returns a [*RequestError], or an error of
// package lab.
func (r *Runner) Do(ctx context.Context, b *lab.Bench, a Act, h Hand) (Did, error) {
	e := &Experiment{Acts: append(h.Acts[:len(h.Acts):len(h.Acts)], a)}
	p := &performance{
		Runner: r, ctx: ctx, bench: b, e: e, browsers: h.Browsers, seen: e.names(),
		o: Options{Language: h.Language, App: h.App},
	}
	if source, ok := e.Act(a.What); ok {
		if err := p.findAgain(source); err != nil {
			return Did{}, err
		}
	}
	if err := p.do(a); err != nil {
		return Did{}, err
	}
	o := p.saw(a.ID)
	return Did{Step: o.Step, Text: o.Text, Tried: o.Tried, PerSecond: o.PerSecond, Found: o.Found}, nil
}

// findAgain has seen what an act found: that of a request is in the last step that it
// became, and other acts can be done again.
func (p *performance) findAgain(a Act) error {
	if !a.Asks() {
		return p.do(a)
	}
	steps := p.bench.Steps()
	for i := len(steps) - 1; i >= 0; i-- {
		if s := steps[i]; s.Browser != p.browsers[a.By] || string(s.Op) != a.Send {
			continue
		}
		sent, err := p.bench.Step(p.ctx, steps[i].N)
		if err != nil {
			return err
		}
		p.saw(a.ID).Text = reading.Header(sent.Request, "Cookie")
		return nil
	}
	return nil
}
