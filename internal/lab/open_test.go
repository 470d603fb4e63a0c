package lab

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// visit sends a request to a bench's app, which sets a value, and returns the step.
func visit(t *testing.T, b *Bench, cookie string) (*step.Step, error) {
	t.Helper()
	r := httptest.NewRequest("POST", b.Path()+"set", nil)
	if cookie != "" {
		r.Header.Set("Cookie", cookie)
	}
	g := b.Begin(Arrival{Request: r, Headers: [][2]string{{"Host", r.Host}}, Private: func(string) bool { return false }})
	r = g.Request(r)
	w := httptest.NewRecorder()
	err := g.Sessions().Update(w, r, step.CookieName, func(s *sessions.Session) error {
		session.Set(s, "a", "b")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	n := g.Number()
	if err := g.Finish(step.Response{Status: http.StatusOK}, w.Header()["Set-Cookie"]); err != nil {
		return nil, err
	}
	return b.Step(t.Context(), n)
}

func enter(t *testing.T, l *Lab, id string) *Bench {
	t.Helper()
	b, err := l.Enter(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBenchesAreForgottenAndFoundAgainAsTheyWere(t *testing.T) {
	l, state, clock := newLab(func(o *Options) { o.Limits.Open = 3 })
	s := owner()
	id := l.BenchID(s, 0)
	b := enter(t, l, id)
	first, err := visit(t, b, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Configure(t.Context(), b, url.Values{"lifetime": {"10s"}}); err != nil {
		t.Fatal(err)
	}
	clock.Advance(2 * time.Minute)
	for range 10 {
		other := owner()
		enter(t, l, l.BenchID(other, 0))
	}
	again := enter(t, l, id)
	if again == b {
		t.Fatal("the bench was held all the time")
	}
	if got := again.Settings(); got.Lifetime != Duration(10*time.Second) || got.SecretKey != b.Settings().SecretKey {
		t.Errorf("settings = %+v", got)
	}
	if steps := again.Steps(); len(steps) != 1 || steps[0].N != 1 || steps[0].Left != first.After.Cookie.Fingerprint() {
		t.Errorf("steps = %+v", again.Steps())
	}
	// What was known of the client's jar is known again.
	next, err := visit(t, again, "session="+first.After.Cookie.Raw)
	if err != nil {
		t.Fatal(err)
	}
	if next.N != 2 || next.Before.Cookie == nil || next.Before.Cookie.Attributes == nil || next.Before.Cookie.Attributes.Line != first.After.Cookie.Attributes.Line {
		t.Errorf("step %d: before = %+v", next.N, next.Before.Cookie)
	}
	if !again.Confirmed(1) {
		t.Error("step 1 is not confirmed")
	}
	if len(state.benches) != 1 {
		t.Errorf("%d benches are stored; want the one that was used", len(state.benches))
	}
}

func TestBenchesInUseAreNotForgotten(t *testing.T) {
	l, _, clock := newLab(func(o *Options) { o.Limits.Open = 3 })
	held := map[string]*Bench{}
	for range 10 {
		s := owner()
		held[l.BenchID(s, 0)] = enter(t, l, l.BenchID(s, 0))
		clock.Advance(5 * time.Second)
	}
	for id, b := range held {
		if enter(t, l, id) != b {
			t.Errorf("bench %s was forgotten while in use", id)
		}
	}
}

func TestAWatchedBenchIsNotForgotten(t *testing.T) {
	l, _, clock := newLab(func(o *Options) { o.Limits.Open = 1 })
	s := owner()
	b := enter(t, l, l.BenchID(s, 0))
	changed, stop := b.Watch()
	clock.Advance(time.Hour)
	other := owner()
	enter(t, l, l.BenchID(other, 0))
	if enter(t, l, b.ID()) != b {
		t.Fatal("a watched bench was forgotten")
	}
	if _, err := visit(t, b, ""); err != nil {
		t.Fatal(err)
	}
	select {
	case <-changed:
	default:
		t.Error("the watcher was not woken by a step")
	}
	stop()
	clock.Advance(time.Hour)
	third := owner()
	enter(t, l, l.BenchID(third, 0))
	if enter(t, l, b.ID()) == b {
		t.Error("a bench that nobody watches any more is held")
	}
}

func TestLookingAtABenchHoldsAndStoresNothing(t *testing.T) {
	l, state, _ := newLab()
	for range 100 {
		s := owner()
		if _, err := l.Bench(t.Context(), l.BenchID(s, 0)); err != nil {
			t.Fatal(err)
		}
	}
	if len(l.open) != 0 || len(state.benches) != 0 {
		t.Errorf("%d held, %d stored; want none", len(l.open), len(state.benches))
	}
	if _, err := l.Bench(t.Context(), "0123456789abcdef"); !errors.Is(err, ErrUnknown) {
		t.Errorf("Bench of an id never issued: %v; want ErrUnknown", err)
	}
}

func TestARequestUnderWayDoesNotReviveARemovedBench(t *testing.T) {
	l, state, _ := newLab()
	s := owner()
	b := enter(t, l, l.BenchID(s, 0))
	if _, err := visit(t, b, ""); err != nil {
		t.Fatal(err)
	}
	if err := l.Remove(t.Context(), b.ID()); err != nil {
		t.Fatal(err)
	}
	if _, err := visit(t, b, ""); !errors.Is(err, ErrUnknown) {
		t.Errorf("a step of a removed bench: %v; want ErrUnknown", err)
	}
	if len(state.steps) != 0 || len(state.benches) != 0 {
		t.Errorf("%d benches, %d with steps; want none", len(state.benches), len(state.steps))
	}
	if left, err := b.Usage(t.Context()); err != nil || left.Sessions != 0 {
		t.Errorf("%d sessions are left, %v; want none", left.Sessions, err)
	}
	if _, err := l.Enter(t.Context(), b.ID()); !errors.Is(err, ErrUnknown) {
		t.Errorf("a request to its address: %v; want ErrUnknown", err)
	}
}

func TestConfigureIsNotUndoneByAnOlderView(t *testing.T) {
	l, _, _ := newLab()
	s := owner()
	viewed, err := l.Bench(t.Context(), l.BenchID(s, 0)) // not held: it was never used
	if err != nil {
		t.Fatal(err)
	}
	used := enter(t, l, viewed.ID())
	if _, err := l.Configure(t.Context(), viewed, url.Values{"lifetime": {"10s"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Configure(t.Context(), viewed, url.Values{"http_only": {"false"}}); err != nil {
		t.Fatal(err)
	}
	if got := used.Settings(); got.Lifetime != Duration(10*time.Second) || got.HTTPOnly {
		t.Errorf("the bench in use has %+v", got)
	}
}
