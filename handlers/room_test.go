package handlers_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/webtest"
	"github.com/sessionlab/sessionlab/session"
)

// A dam is a store that holds up whoever saves until it opens.
type dam struct {
	session.Backend
	waiting chan struct{} // receives for each that is held up
	open    chan struct{}
}

func (g *dam) Save(ctx context.Context, key string, rec session.Record, now time.Time) error {
	g.waiting <- struct{}{}
	<-g.open
	return g.Backend.Save(ctx, key, rec, now)
}

func (g *dam) Range(ctx context.Context, prefix string, now time.Time, f func(string, session.Record) bool) error {
	return g.Backend.(session.Ranger).Range(ctx, prefix, now, f)
}

func (g *dam) Usage(ctx context.Context, prefix string, now time.Time) (session.Usage, error) {
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
			g := &dam{Backend: session.NewMemory(), waiting: make(chan struct{}), open: make(chan struct{})}
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

func TestAServerHoldsSoManyBenches(t *testing.T) {
	s := newSite(t, func(_ *handlers.Options, o *lab.Options) { o.Limits.Benches = 3 })
	set := func(l *learner) *webtest.Answer { return l.Post(l.app+"set", "key", "a", "value", "b") }
	first, second, third, fourth := s.learner(), s.learner(), s.learner(), s.learner()
	for _, l := range []*learner{first, second, third} {
		set(l).Want(200)
		s.clock.Advance(time.Minute)
	}
	a := set(fourth)
	if got := op(t, a, 503); codeOf(got) != "no_room" || a.Header.Get("Retry-After") == "" || a.Header["Set-Cookie"] != nil {
		t.Errorf("a step on a fourth bench: %q, Retry-After %q, cookies %q", codeOf(got), a.Header.Get("Retry-After"), a.Header["Set-Cookie"])
	}
	fourth.Post("/en/lab/settings", "lifetime", "5s").Want(503)
	fourth.With("Accept", "text/html").Get("/en/lab").Want(200)
	set(third).Want(200)
	s.clock.Advance(2 * time.Hour)
	first.With("Accept", "text/html").Get("/en/lab").Want(200) // to look at a bench is to use it
	if err := s.lab.MakeRoom(t.Context()); err != nil {
		t.Fatal(err)
	}
	set(fourth).Want(200)
	if n := s.count("benches"); n != 3 {
		t.Errorf("%d benches are stored; want 3", n)
	}
	for l, steps := range map[*learner]int{first: 1, second: 0, third: 2, fourth: 1} {
		if n := len(l.steps()); n != steps {
			t.Errorf("a bench has %d steps; want %d", n, steps)
		}
	}
	s.log.MustLack(t, "level=ERROR")
}
