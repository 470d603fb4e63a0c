package lab

import (
	"context"
	"errors"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/internal/origin"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// visited has a client with that session cookie, "" for none, set a value, and returns
// the step.
func visited(t *testing.T, b *Bench, ctx context.Context, cookie string) *step.Step {
	t.Helper()
	r := httptest.NewRequestWithContext(ctx, "POST", b.Path()+"set", nil)
	r.Header.Set("User-Agent", "curl/8")
	if cookie != "" {
		r.Header.Set("Cookie", "session="+cookie)
	}
	p, err := b.Reserve(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Release()
	g := b.Begin(Arrival{Request: r, Place: p, Private: func(string) bool { return false }})
	r, w := g.Request(r), httptest.NewRecorder()
	err = g.Sessions().Update(w, r, step.CookieName, func(s *sessions.Session) error {
		session.Set(s, "a", "b")
		return nil
	})
	if err == nil {
		err = g.Finish(step.Response{Status: 200}, w.Header()["Set-Cookie"])
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := b.Step(t.Context(), g.Number())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asBrowser is the context of a request of a run's browser.
func asBrowser(t *testing.T, r *Run, i int) context.Context {
	return origin.With(t.Context(), origin.Addr{Origin: origin.Origin(r.Browsers[i])})
}

func begun(t *testing.T, l *Lab, b *Bench, settings url.Values) *Run {
	t.Helper()
	r, err := l.Begin(t.Context(), b, Plan{Slug: "theft", Variant: "open", Settings: settings, Browsers: []string{"Alice", "Mallory"}, Steps: 10})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// asItWas is all that a run puts back.
type asItWas struct {
	Settings Settings
	Ahead    step.Ahead
	Browsers []Browser
}

func stateOf(b *Bench) asItWas { return asItWas{b.Settings(), b.Clock().Ahead, b.Browsers()} }

// A run that does the worst it can: another mechanism, the clock, a restart, the records.
func TestARunLeavesTheBenchAsItWas(t *testing.T) {
	l, _, _ := newLab()
	b := enter(t, l, l.BenchID(owner(), 0))
	if _, err := l.Configure(t.Context(), b, url.Values{"store": {"memory"}, "lifetime": {"2h"}}); err != nil {
		t.Fatal(err)
	}
	alice := opened(t, l, b, "Alice's laptop")
	before := visited(t, b, t.Context(), "")
	was := stateOf(b)

	r := begun(t, l, b, url.Values{"refresh_each_request": {"false"}})
	own := visited(t, b, asBrowser(t, r, 0), "")
	if own.Run != r.N || own.BrowserName != "Alice" || own.After.Record == nil {
		t.Errorf("a step of the run: run %d, browser %q, record %v", own.Run, own.BrowserName, own.After.Record)
	}
	ctx := r.Context(t.Context())
	for what, err := range map[string]error{
		"clock": third(l.MoveClock(ctx, b, must(ParseMove("31d")))), "restart": second(l.Restart(ctx, b, true)), "empty": second(l.Empty(ctx, b)),
		"mechanism": second(l.Configure(ctx, b, url.Values{"mechanism": {"flask"}})), "close": second(l.CloseBrowser(ctx, b, r.Browsers[1], false)),
	} {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	if s := visited(t, b, asBrowser(t, r, 0), ""); s.Mechanism != "flask" || s.Ahead == 0 {
		t.Errorf("a step after the run's own changes has mechanism %s, ahead %s", s.Mechanism, s.Ahead)
	}
	if err := r.End(t.Context(), `{"verdict":"stolen"}`); err != nil {
		t.Fatal(err)
	}

	if now := stateOf(b); !reflect.DeepEqual(now, was) {
		t.Errorf("the bench is %+v; was %+v", now, was)
	}
	if _, err := b.Browser(alice.ID); err != nil {
		t.Error(err)
	}
	if _, err := b.Browser(r.Browsers[0]); !errors.Is(err, ErrNoBrowser) {
		t.Errorf("a browser of the run: %v; want ErrNoBrowser", err)
	}
	again := visited(t, b, t.Context(), before.After.Cookie.Raw)
	if again.Before.Record == nil || again.Moved || again.Run != 0 {
		t.Errorf("the learner's session after the run: record %v, moved %v, run %d", again.Before.Record, again.Moved, again.Run)
	}
	if n, _ := b.Usage(t.Context()); n.Sessions != 1 {
		t.Errorf("%d sessions; want the learner's own", n.Sessions)
	}
	entries, _ := b.Entries(t.Context())
	if i := slices.IndexFunc(entries, func(e step.Entry) bool { return e.Kind == step.EntryRunBegan }); entries[i].N != r.N {
		t.Errorf("the run has number %d, its entry %d", r.N, entries[i].N)
	}
	if last := entries[len(entries)-1]; last.Kind != step.EntryRunEnded || last.Run != r.N || last.Result != `{"verdict":"stolen"}` {
		t.Errorf("the last entry is %+v", last)
	}
}

func second[A any](_ A, err error) error        { return err }
func third[A, B any](_ A, _ B, err error) error { return err }

func TestARunKeepsOthersWaiting(t *testing.T) {
	l, _, _ := newLab()
	b := enter(t, l, l.BenchID(owner(), 0))
	r := begun(t, l, b, nil)
	soon, cancel := context.WithCancel(t.Context())
	cancel()
	_, reserve := b.Reserve(soon)
	_, open := l.OpenBrowser(soon, b, "x")
	_, configure := l.Configure(soon, b, url.Values{"lifetime": {"1h"}})
	_, _, clock := l.MoveClock(soon, b, must(ParseMove("1h")))
	_, begin := l.Begin(soon, b, Plan{})
	for _, err := range []error{reserve, open, configure, clock, begin} {
		if !errors.Is(err, ErrRunning) {
			t.Errorf("while an experiment runs: %v; want ErrRunning", err)
		}
	}
	waited := make(chan *step.Step)
	go func() { waited <- visited(t, b, t.Context(), "") }()
	visited(t, b, asBrowser(t, r, 0), "")
	if err := r.End(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if s := <-waited; s.Run != 0 || s.N != 2 {
		t.Errorf("who waited made step %d of run %d; want 2 of none", s.N, s.Run)
	}
}

// Whatever the run was doing when its process died, the next one finds the bench as it
// was.
func TestARunThatItsProcessLeftIsEnded(t *testing.T) {
	l, state, _ := newLab()
	id := l.BenchID(owner(), 0)
	b := enter(t, l, id)
	before := visited(t, b, t.Context(), "")
	was := stateOf(b)
	r := begun(t, l, b, url.Values{"mechanism": {"gorilla"}})
	visited(t, b, asBrowser(t, r, 1), "")
	_, _, err := l.MoveClock(r.Context(t.Context()), b, must(ParseMove("31d")))
	if err != nil {
		t.Fatal(err)
	}

	next, _, _ := newLab(func(o *Options) { o.State, o.Stores = state, l.stores })
	found := enter(t, next, id)
	if now := stateOf(found); !reflect.DeepEqual(now, was) {
		t.Errorf("the bench is %+v; was %+v", now, was)
	}
	if again := visited(t, found, t.Context(), before.After.Cookie.Raw); again.Before.Record == nil {
		t.Error("the learner's session is gone")
	}
	if len(state.jars) != 0 {
		t.Errorf("%d jars of the run are stored", len(state.jars))
	}
	entries, _ := found.Entries(t.Context())
	if last := entries[len(entries)-1]; last.Kind != step.EntryRunEnded || last.Run != r.N || last.Result != "" {
		t.Errorf("the last entry is %+v", last)
	}
}

// Another process leaves a run alone for as long as it may take.
func TestARunOfAnotherProcessIsLeftAlone(t *testing.T) {
	one, other, _ := newShared()
	id := one.BenchID(owner(), 0)
	r := begun(t, one, enter(t, one, id), nil)
	there := enter(t, other, id)
	if _, err := there.Reserve(t.Context()); !errors.Is(err, ErrRunning) {
		t.Errorf("a request to the other process: %v; want ErrRunning", err)
	}
	if _, err := other.Begin(t.Context(), there, Plan{}); !errors.Is(err, ErrRunning) {
		t.Errorf("a run on the other process: %v; want ErrRunning", err)
	}
	later := other.now().Add(RunTime + time.Second)
	other.now = func() time.Time { return later }
	there = enter(t, other, id)
	if _, err := there.Reserve(t.Context()); err != nil {
		t.Errorf("after the time of a run: %v", err)
	}
	if err := r.End(t.Context(), ""); err != nil {
		t.Error(err)
	}
}

func TestARunNeedsRoom(t *testing.T) {
	l, _, _ := newLab()
	l.limits.Steps = 5
	b := enter(t, l, l.BenchID(owner(), 0))
	if _, err := l.Begin(t.Context(), b, Plan{Steps: 6}); !errors.Is(err, ErrFull) {
		t.Errorf("a run of more steps than there may be: %v; want ErrFull", err)
	}
	var bad *SettingError
	if _, err := l.Begin(t.Context(), b, Plan{Settings: url.Values{"mechanism": {"x"}}}); !errors.As(err, &bad) {
		t.Errorf("a run with a setting that cannot be: %v; want a SettingError", err)
	}
	if b.Stored() {
		t.Error("a run that did not begin stored the bench")
	}
	visited(t, b, t.Context(), "") // nobody holds it
}

func TestWhatARunPutAsideIsStored(t *testing.T) {
	s := DefaultSettings("key")
	s.generation.Epoch = 3
	before, err := EncodeBench(BenchRow{Settings: s, Ahead: step.Ahead(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	row := BenchRow{Settings: DefaultSettings("another"), Aside: &Aside{time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC), before}}
	data, err := EncodeBench(row)
	if err != nil {
		t.Fatal(err)
	}
	var found BenchRow
	if err := DecodeBench(&found, []byte(data)); err != nil || !reflect.DeepEqual(found, row) {
		t.Fatalf("found %+v, %v; want %+v", found, err, row)
	}
	if err := DecodeBench(&found, []byte(found.Aside.Bench)); err != nil || found.Aside != nil || found.Settings.generation.Epoch != 3 || found.Ahead != step.Ahead(time.Hour) {
		t.Errorf("put back: %+v, %v", found, err)
	}
}
