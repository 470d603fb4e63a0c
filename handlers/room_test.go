package handlers_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/session"
)

// A gate is a store that holds up whoever saves until it opens.
type gate struct {
	session.Backend
	waiting chan struct{} // receives for each that is held up
	open    chan struct{}
}

func (g *gate) Save(ctx context.Context, key string, rec session.Record, now time.Time) error {
	g.waiting <- struct{}{}
	<-g.open
	return g.Backend.Save(ctx, key, rec, now)
}

func (g *gate) Range(ctx context.Context, prefix string, now time.Time, f func(string, session.Record) bool) error {
	return g.Backend.(session.Ranger).Range(ctx, prefix, now, f)
}

func (g *gate) Usage(ctx context.Context, prefix string, now time.Time) (session.Usage, error) {
	return g.Backend.(session.Ranger).Usage(ctx, prefix, now)
}

// All requests are on their way before the first is done, so each found room.
func TestRequestsAtOnceFillABenchExactly(t *testing.T) {
	const most, clients = 3, 8
	for code, change := range map[string]change{
		"bench_full":        func(_ *handlers.Options, o *lab.Options) { o.Limits.Steps = most },
		"too_many_sessions": func(_ *handlers.Options, o *lab.Options) { o.Limits.Sessions = most },
	} {
		t.Run(code, func(t *testing.T) {
			g := &gate{Backend: session.NewMemory(), waiting: make(chan struct{}), open: make(chan struct{})}
			s := newSite(t, change, func(_ *handlers.Options, o *lab.Options) { o.Stores["sqlite"] = g })
			l := s.learner()
			answers := make(chan string)
			for i := range clients {
				c := s.curl()
				go func() {
					a := c.Post(l.app+"set", "key", "n", "value", fmt.Sprint(i))
					var v opJSON
					a.JSON(&v)
					answers <- codeOf(v)
				}()
			}
			taken := 0
			count := func(got string) {
				switch got {
				case "":
					taken++
				case code:
				default:
					t.Errorf("a request is answered %q; want %q or nothing", got, code)
				}
			}
			held, refused := 0, 0
			for held+refused < clients {
				select {
				case <-g.waiting:
					held++
				case got := <-answers:
					refused++
					count(got)
				}
			}
			close(g.open)
			for range held {
				count(<-answers)
			}
			if taken != most {
				t.Errorf("%d requests found room; want %d", taken, most)
			}
			steps := most
			if code == "too_many_sessions" { // a refusal of the app is a step
				steps = clients
			}
			if n := len(l.steps()); n != steps {
				t.Errorf("the bench has %d steps; want %d", n, steps)
			}
			again := s.curl().Post(l.app+"set", "key", "n", "value", "")
			var v opJSON
			again.JSON(&v)
			if codeOf(v) != code {
				t.Errorf("the next one is answered %q; want %q", codeOf(v), code)
			}
		})
	}
}
