package handlers_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
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
		for i, recorded := range steps {
			if recorded.N != i+1 || recorded.Status != 200 {
				t.Fatalf("step %d has number %d, status %d", i+1, recorded.N, recorded.Status)
			}
		}
		for _, n := range []int{2, 100, clients*writes + 1} {
			recorded := l.step(n)
			if recorded.After.Record == nil {
				t.Fatalf("step %d has no record", n)
			}
			versions[recorded.After.Record.Version] = true
			mustBeOrdered(t, recorded)
		}
	})
}

// mustBeOrdered fails the test if the step's events are not as a request goes.
func mustBeOrdered(t *testing.T, recorded *step.Step) {
	t.Helper()
	var last int64
	open := map[string]bool{}
	for _, e := range recorded.Events {
		if e.Micros < last && e.Lane != step.LaneStore {
			t.Errorf("step %d: %s is at %d, before %d", recorded.N, e.Kind, e.Micros, last)
		}
		last = max(last, e.Micros)
		name, what, _ := strings.Cut(string(e.Kind), ".")
		switch {
		case what == "asked":
			open[name] = true
		case e.Lane == step.LaneStore && !open[name]:
			t.Errorf("step %d: %s was not asked for", recorded.N, e.Kind)
		case e.Kind == step.SaveConflict:
			open["save"] = false
		}
	}
	if first, end := recorded.Events[0].Kind, recorded.Events[len(recorded.Events)-1].Lane; first != step.RequestSent || end != step.LaneBrowser {
		t.Errorf("step %d: events %v", recorded.N, kinds(recorded))
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
		got := op(t, s.carrying(cookie).Get(l.app+"me"), 401)
		ids := map[string]bool{}
		for _, recorded := range l.steps()[1 : got.Step-1] {
			s := l.step(recorded.N)
			if s.After.Record == nil || !strings.Contains(string(s.After.Record.Values), `"a":"b"`) {
				t.Errorf("the log-in of step %d lost what the session held", recorded.N)
				continue
			}
			ids[s.After.Record.ID] = true
		}
		if len(ids) != 1 {
			t.Errorf("the log-ins end with %d sessions; want 1", len(ids))
		}
	})
}
