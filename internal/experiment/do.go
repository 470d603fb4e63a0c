package experiment

import (
	"context"
	"fmt"
	"net/url"

	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/lab"
)

// DoOptions are what one act outside of a run is about.
type DoOptions struct {
	Acts     []Act             // the script that it is one of
	Browsers map[string]string // the lab's ids of the script's browsers, by those of the script
	Earlier  map[string]Done   // what the acts before it came to, by their ids
	App      *url.URL          // the address of the bench's app, as the learner's browser has it
	Host     string            // by which its browsers visit the website instead; "" for none
	Language string            // one of [Languages]: what its browsers ask for
}

// Do does one act on a bench as it is, outside of a run: the learner's own settings,
// records and clock are those that it meets.
//
// It returns what [Runner.Run] does if the act cannot be done. An act that takes up what
// an earlier one found, where that found nothing, is done and comes to nothing.
func (r *Runner) Do(ctx context.Context, b *lab.Bench, a Act, o DoOptions) (Done, error) {
	s := &stage{
		Runner: r, ctx: ctx, bench: b, app: o.App, host: o.Host, language: o.Language,
		acts: withParts(o.Acts), browsers: o.Browsers, seen: make(judge.Names),
	}
	for _, each := range withParts(append([]Act{a}, o.Acts...)) {
		earlier := o.Earlier[each.ID]
		s.seen[each.ID] = &Observed{Text: earlier.Text, Found: earlier.Found}
	}
	*s.saw(a.ID) = Observed{} // what it came to before is over
	if err := s.do(a); err != nil {
		return Done{ID: a.ID}, fmt.Errorf("experiment: %s: %w", a.ID, err)
	}
	return s.done(a), nil
}
