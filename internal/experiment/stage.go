package experiment

import (
	"context"
	"net/url"

	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/lab"
)

// A stage is where acts are done: a bench, the browsers of a script on it, and what the
// acts so far showed.
type stage struct {
	*Runner
	ctx      context.Context
	bench    *lab.Bench
	app      *url.URL // of the bench's app
	host     string   // by which the website is visited instead; "" for none
	language string
	acts     []Act             // of the script, with those that are done together
	browsers map[string]string // the lab's ids, by those of the script
	seen     judge.Names       // an [*Observed] for each act
}

// saw returns what an act showed so far.
func (s *stage) saw(act string) *Observed { return s.seen[act].(*Observed) }
