package handlers_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/sessionlab/sessionlab/internal/lab"
)

func TestClientsWritingOneSessionLoseNothing(t *testing.T) {
	const clients, writes = 8, 50
	both(t, func(t *testing.T, s *site, l *learner) {
		first := s.curl()
		first.Post(l.app+"set", "key", "start", "value", "").Want(200)
		cookie := "session=" + sessionCookie(first, l.app)
		var wg sync.WaitGroup
		for i := range clients {
			c := s.carrying(cookie)
			wg.Go(func() {
				for n := range writes / 2 { // some keys again and again, some once
					c.Post(l.app+"set", "key", fmt.Sprint("k", i), "value", fmt.Sprint(n)).Want(200)
					c.Post(l.app+"set", "key", fmt.Sprint("k", i, "-", n%20), "value", fmt.Sprint(n)).Want(200)
				}
			})
		}
		wg.Wait()
		got := op(t, s.carrying(cookie).Get(l.app+"get?key=start"), 200)
		if want := 1 + clients*(1+20); len(got.Session) != want {
			t.Errorf("%d keys; want %d", len(got.Session), want)
		}
		for i := range clients {
			if v := got.Session[fmt.Sprint("k", i)]; v != fmt.Sprint(writes/2-1) {
				t.Errorf("k%d = %v; want the last value written", i, v)
			}
		}
		steps := l.steps()
		if len(steps) != clients*writes+2 {
			t.Errorf("%d steps; want %d", len(steps), clients*writes+2)
		}
		versions := map[int64]bool{}
		for i, step := range steps {
			if step.N != i+1 || step.Status != 200 {
				t.Fatalf("step %d has number %d, status %d", i+1, step.N, step.Status)
			}
		}
		for _, n := range []int{2, 100, clients*writes + 1} {
			step := l.step(n)
			if step.After.Record == nil {
				t.Fatalf("step %d has no record", n)
			}
			versions[step.After.Record.Version] = true
			mustBeOrdered(t, step)
		}
	})
}

// mustBeOrdered fails the test if the step's events are not as a request goes.
func mustBeOrdered(t *testing.T, step *lab.Step) {
	t.Helper()
	var last int64
	open := map[string]bool{}
	for _, e := range step.Events {
		if e.Micros < last && e.Lane != lab.LaneStore {
			t.Errorf("step %d: %s is at %d, before %d", step.N, e.Kind, e.Micros, last)
		}
		last = max(last, e.Micros)
		name, what, _ := strings.Cut(string(e.Kind), ".")
		switch {
		case what == "asked":
			open[name] = true
		case e.Lane == lab.LaneStore && !open[name]:
			t.Errorf("step %d: %s was not asked for", step.N, e.Kind)
		case e.Kind == lab.SaveConflict:
			open["save"] = false
		}
	}
	if first, end := step.Events[0].Kind, step.Events[len(step.Events)-1].Lane; first != lab.RequestSent || end != lab.LaneBrowser {
		t.Errorf("step %d: events %v", step.N, kinds(step))
	}
}

func TestOfSeveralLogInsAtOnceOneSessionRemains(t *testing.T) {
	both(t, func(t *testing.T, s *site, l *learner) {
		first := s.curl()
		first.Post(l.app+"set", "key", "a", "value", "b").Want(200)
		cookie := "session=" + sessionCookie(first, l.app)
		var wg sync.WaitGroup
		for range 20 {
			c := s.carrying(cookie)
			wg.Go(func() { c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(http.StatusOK) })
		}
		wg.Wait()
		s.carrying(cookie).Get(l.app + "me").Want(401)
		kept := 0
		for _, step := range l.steps()[1:] {
			s := l.step(step.N)
			if c := s.After.Cookie; c != nil && s.After.Record != nil && strings.Contains(string(s.After.Record.Values), `"a":"b"`) {
				kept++
			}
		}
		if kept != 1 {
			t.Errorf("%d of the log-ins kept what the session held; want 1", kept)
		}
	})
}
