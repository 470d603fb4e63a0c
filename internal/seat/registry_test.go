package seat_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/internal/state"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sessiontest"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

const day = 24 * time.Hour

// counting is a state that counts what it is asked, and can refuse writes.
type counting struct {
	*state.State
	calls   map[string]int
	refuses bool
}

func (s *counting) SeatRow(ctx context.Context, hash string) (seat.Row, error) {
	s.calls["SeatRow"]++
	return s.State.SeatRow(ctx, hash)
}

func (s *counting) SaveSeat(ctx context.Context, row seat.Row) error {
	s.calls["SaveSeat"]++
	if s.refuses {
		return errors.New("disk full")
	}
	return s.State.SaveSeat(ctx, row)
}

func (s *counting) BenchRow(ctx context.Context, id string) (lab.BenchRow, error) {
	s.calls["BenchRow"]++
	return s.State.BenchRow(ctx, id)
}

func (s *counting) SaveBench(ctx context.Context, row lab.BenchRow) error {
	s.calls["SaveBench"]++
	return s.State.SaveBench(ctx, row)
}

func (s *counting) Summaries(ctx context.Context, bench string) ([]step.Summary, error) {
	s.calls["Summaries"]++
	return s.State.Summaries(ctx, bench)
}

// A site is a lab with seats.
type site struct {
	*seat.Registry
	lab   *lab.Lab
	state *counting
	clock *sessiontest.Clock
}

func newSite(t *testing.T, timeouts lab.Timeouts) *site {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "state.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	saved, err := state.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	clock := sessiontest.NewClock(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	s := &counting{State: saved, calls: map[string]int{}}
	key := bytes.Repeat([]byte{7}, 32)
	l := lab.New(lab.Options{
		Key: key, State: s, Stores: map[string]session.Backend{"sqlite": session.NewMemory()},
		Limits: lab.DefaultLimits(), Timeouts: timeouts, Now: clock.Now,
	})
	return &site{seat.NewRegistry(key, s, l, timeouts, clock.Now), l, s, clock}
}

// look shows a seat's owner the bench.
func (s *site) look(t *testing.T, owner *seat.Seat) *lab.Bench {
	t.Helper()
	b, err := s.Bench(t.Context(), owner)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// visit sends a request to the app of a seat's bench, which sets a value.
func (s *site) visit(t *testing.T, owner *seat.Seat) {
	t.Helper()
	b, err := s.lab.Enter(t.Context(), s.BenchID(owner))
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", b.Path()+"set", nil)
	g := b.Begin(lab.Arrival{Request: r, Private: func(string) bool { return false }})
	r = g.Request(r)
	w := httptest.NewRecorder()
	err = g.Sessions().Update(w, r, step.CookieName, func(s *sessions.Session) error {
		session.Set(s, "a", "b")
		return nil
	})
	if err == nil {
		err = g.Finish(step.Response{Status: http.StatusOK}, w.Header()["Set-Cookie"])
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (s *site) find(t *testing.T, cookie string) (*seat.Seat, bool) {
	t.Helper()
	found, ok, err := s.Find(t.Context(), cookie)
	if err != nil {
		t.Fatal(err)
	}
	return found, ok
}

func TestASeatInUseStaysWhateverItsTimeout(t *testing.T) {
	for _, idle := range []time.Duration{time.Minute, 30 * time.Minute, 5 * time.Hour, 7 * day} {
		s := newSite(t, lab.Timeouts{Idle: idle, Absolute: 1000 * idle})
		owner, cookie := s.Issue()
		s.visit(t, owner)
		s.look(t, owner)
		for i := range 20 {
			s.clock.Advance(idle * 3 / 4)
			found, ok := s.find(t, cookie)
			if !ok {
				t.Fatalf("idle timeout %v: after %d visits the seat is gone", idle, i)
			}
			s.look(t, found)
			if err := errors.Join(s.lab.Sweep(t.Context()), s.Sweep(t.Context())); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.state.BenchRow(t.Context(), s.BenchID(owner)); err != nil {
			t.Errorf("idle timeout %v: a bench that was looked at all the time: %v", idle, err)
		}
		s.clock.Advance(idle)
		if _, ok := s.find(t, cookie); ok {
			t.Errorf("idle timeout %v: the seat is still good", idle)
		}
	}
}

func TestTheStateIsNotAskedForEachRequest(t *testing.T) {
	s := newSite(t, lab.DefaultTimeouts())
	owner, cookie := s.Issue()
	for range 50 {
		s.visit(t, owner)
		found, _ := s.find(t, cookie)
		s.look(t, found)
		s.clock.Advance(time.Minute)
	}
	for name, most := range map[string]int{"SaveBench": 1, "SaveSeat": 1, "BenchRow": 1, "Summaries": 1} {
		if got := s.state.calls[name]; got > most {
			t.Errorf("%d calls of %s; want at most %d", got, name, most)
		}
	}
}

func TestVisitsAloneStoreNothing(t *testing.T) {
	s := newSite(t, lab.DefaultTimeouts())
	for range 10 {
		owner, cookie := s.Issue()
		s.look(t, owner)
		found, ok := s.find(t, cookie)
		if !ok || s.BenchID(found) != s.BenchID(owner) {
			t.Fatal("an unused seat is not found")
		}
		s.look(t, found)
	}
	if n := s.state.calls["SaveSeat"] + s.state.calls["SaveBench"]; n != 0 {
		t.Errorf("%d seats and benches were stored; want none", n)
	}
}

func TestReadsStillWorkWhenTheStateRefusesWrites(t *testing.T) {
	s := newSite(t, lab.DefaultTimeouts())
	owner, cookie := s.Issue()
	s.visit(t, owner)
	s.state.refuses = true
	s.look(t, owner)
	if found, ok := s.find(t, cookie); !ok || s.BenchID(found) != s.BenchID(owner) {
		t.Error("the seat is lost")
	}
	var down *lab.StateError
	if err := s.End(t.Context(), owner); !errors.As(err, &down) {
		t.Errorf("End = %v; want a StateError", err)
	}
}

func TestStartingOverGivesAnotherBench(t *testing.T) {
	s := newSite(t, lab.DefaultTimeouts())
	owner, cookie := s.Issue()
	s.visit(t, owner)
	first := s.BenchID(owner)
	if err := s.StartOver(t.Context(), owner); err != nil {
		t.Fatal(err)
	}
	found, ok := s.find(t, cookie)
	if !ok || s.BenchID(found) == first || len(s.look(t, found).Steps()) != 0 {
		t.Errorf("the bench is %s with %d steps; want a fresh one", s.BenchID(found), len(s.look(t, found).Steps()))
	}
	if _, err := s.lab.Bench(t.Context(), first); !errors.Is(err, lab.ErrUnknown) {
		t.Errorf("the old bench = %v; want ErrUnknown", err)
	}
}

func TestAnEndedSeatIsGoneWithItsBench(t *testing.T) {
	s := newSite(t, lab.DefaultTimeouts())
	owner, cookie := s.Issue()
	s.visit(t, owner)
	if err := s.End(t.Context(), owner); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.find(t, cookie); ok {
		t.Error("the seat is still good")
	}
	if _, err := s.lab.Bench(t.Context(), s.BenchID(owner)); !errors.Is(err, lab.ErrUnknown) {
		t.Errorf("its bench = %v; want ErrUnknown", err)
	}
}
