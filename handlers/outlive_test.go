package handlers_test

import (
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/webtest"
)

const day = 24 * time.Hour

// poll has a program use an app every few hours for a time, as a script does that
// somebody forgot to stop.
func (s *site) poll(c *webtest.Client, app string, status int, during time.Duration) {
	s.t.Helper()
	for range during / (6 * time.Hour) {
		s.clock.Advance(6 * time.Hour)
		c.Get(app + "me").Want(status)
	}
}

func TestABenchEndsWithTheIdleTimeoutOfItsSeatWhoeverPollsIt(t *testing.T) {
	for name, looks := range map[string]bool{"its owner saw a step": true, "its owner saw no step": false} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			l, c := s.learner(), s.curl()
			c.Get(l.app + "me").Want(401)
			if looks {
				l.Get("/en/lab").Want(200)
			}
			s.poll(c, l.app, 401, 7*day-6*time.Hour)
			s.clock.Advance(6*time.Hour - time.Millisecond)
			c.Get(l.app + "me").Want(401)
			lines := l.follow(t, "1000")
			until(t, lines, "retry:") // which is a visit
			s.poll(c, l.app, 401, 7*day-6*time.Hour)
			s.clock.Advance(6 * time.Hour)
			c.Get(l.app + "me").Want(404)
			mustEnd(t, lines)
			s.poll(c, l.app, 404, 2*day)
			var b benchJSON
			if l.Get("/en/lab").Want(200).JSON(&b); b.Bench == l.bench {
				t.Error("the seat is still good")
			}
			if err := s.lab.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			s.poll(c, l.app, 404, 100*day)
			mustHaveLeftNothing(t, s, l.app)
		})
	}
}

func TestABenchEndsWithTheAbsoluteTimeoutOfItsSeat(t *testing.T) {
	s := newSite(t)
	l, c := s.learner(), s.curl()
	s.clock.Advance(day) // so that the bench is younger than its seat
	for left := 119 * day; left > 0; left -= day {
		c.Get(l.app + "me").Want(401)
		l.Get("/en/lab").Want(200)
		s.clock.Advance(day)
	}
	c.Get(l.app + "me").Want(404)
	var b benchJSON
	if l.Get("/en/lab").Want(200).JSON(&b); b.Bench == l.bench {
		t.Error("the seat is still good")
	}
}

// The owner's clicks are requests to the app alone, where a script shows the answers.
func TestTheOwnersRequestsToTheAppKeepTheBench(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Get(l.app + "me").Want(401)
	l.Get("/en/lab").Want(200)
	s.poll(l.Client, l.app, 401, 30*day)
	if n := len(l.steps()); n != 1+30*4 {
		t.Errorf("%d steps are left; want all", n)
	}
}

func TestAStreamEndsWithItsBenchThoughNothingHappensOnIt(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	s.curl().Get(l.app + "me").Want(401)
	lines := l.follow(t, "1")
	until(t, lines, "retry:")
	s.clock.Advance(7*day + time.Second)
	if err := s.lab.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustEnd(t, lines)
	mustHaveLeftNothing(t, s, l.app)
}

// By the real clock, there is no need to wait for a sweep.
func TestAStreamEndsWhenTheTimeOfItsSeatIsUp(t *testing.T) {
	for name, stored := range map[string]bool{"in use": true, "never used": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, func(h *handlers.Options, o *lab.Options) {
				h.Now, o.Now = time.Now, time.Now
				o.Timeouts = lab.Timeouts{Idle: 3 * time.Second, Absolute: 3 * time.Second}
			})
			l := s.learner()
			if stored {
				s.curl().Get(l.app + "me").Want(401)
			}
			mustEnd(t, l.follow(t, "1"))
		})
	}
}

// A seat is good for longer than the bench that a script alone has used.
func TestASeatWhoseBenchHasEndedGetsAFreshOne(t *testing.T) {
	s := newSite(t)
	l, c := s.learner(), s.curl()
	c.Get(l.app + "me").Want(401)
	s.clock.Advance(7 * day)
	c.Get(l.app + "me").Want(404)
	var b benchJSON
	l.Get("/en/lab").Want(200).JSON(&b)
	if b.Bench == l.bench || len(b.Steps) != 0 {
		t.Fatalf("the bench is %s with %d steps; want another one", b.Bench, len(b.Steps))
	}
	c.Get(b.App + "me").Want(401)
	var again benchJSON
	if l.Get("/en/lab").Want(200).JSON(&again); again.Bench != b.Bench || len(again.Steps) != 1 {
		t.Errorf("then it is %s with %d steps; want %s with one", again.Bench, len(again.Steps), b.Bench)
	}
	if err := s.lab.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := s.count("benches"); n != 1 {
		t.Errorf("%d benches are stored; want the new one", n)
	}
}
