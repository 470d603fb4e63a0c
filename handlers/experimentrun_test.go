package handlers_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"reflect"
	"slices"
	"testing"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// named returns an experiment of the course.
func named(t testing.TB, slug string) *experiment.Experiment {
	t.Helper()
	all, _ := experiments()
	i := slices.IndexFunc(all, func(e *experiment.Experiment) bool { return e.Slug == slug })
	if i < 0 {
		t.Fatalf("there is no experiment %q", slug)
	}
	return all[i]
}

// Of two variants that do the same, the settings decide: each has the other's verdict
// with the other's settings.
func TestTheSettingsOfAVariantDecideItsVerdict(t *testing.T) {
	l := newSite(t, func(_ *handlers.Options, o *lab.Options) { o.Limits.Entries, o.Limits.Steps = 1e4, 1e4 }).learner()
	all, _ := experiments()
	swapped := 0
	for _, e := range all {
		for i, v := range e.Variants {
			for _, other := range e.Variants {
				if verdicts[e.Slug][v.ID] == verdicts[e.Slug][other.ID] || !slices.Equal(actsIn(e, v.ID), actsIn(e, other.ID)) {
					continue
				}
				changed := *e
				changed.Variants = slices.Clone(e.Variants)
				changed.Variants[i].Settings = other.Settings
				swapped++
				if got, err := l.run(&changed, v.ID); err != nil || got.Verdict != verdicts[e.Slug][other.ID] {
					t.Errorf("%s, %s with the settings of %s: %q, %v; want %q", e.Slug, v.ID, other.ID, got.Verdict, err, verdicts[e.Slug][other.ID])
				}
			}
		}
	}
	if swapped < 30 {
		t.Errorf("%d pairs were tried; want most", swapped)
	}
}

// Of two variants with the same settings, what is done decides.
func TestWhatAVariantDoesDecidesItsVerdict(t *testing.T) {
	l := newSite(t).learner()
	for slug, pair := range map[string][2]string{
		"no-cookies": {"blocked", "allowed"}, "second-browser": {"other", "same"}, "theft": {"open", "expired"},
		"browser-closed": {"session-cookie", "permanent"}, "restart": {"same-key", "new-key"},
	} {
		e := named(t, slug)
		for _, p := range [][2]string{pair, {pair[1], pair[0]}} {
			changed := *e
			changed.Acts = slices.Clone(e.Acts)
			for i, a := range changed.Acts { // both are done as the other one was
				changed.Acts[i].Only, changed.Acts[i].Except = nil, []string{p[0], p[1]}
				if a.In(p[1]) {
					changed.Acts[i].Except = nil
				}
			}
			if got, err := l.run(&changed, p[0]); err != nil || got.Verdict != verdicts[slug][p[1]] {
				t.Errorf("%s, %s done as %s: %q, %v; want %q", slug, p[0], p[1], got.Verdict, err, verdicts[slug][p[1]])
			}
		}
	}
}

// actsIn are the ids of the acts that are done in a variant.
func actsIn(e *experiment.Experiment, variant string) (ids []string) {
	for _, a := range e.Acts {
		if a.In(variant) {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// benchState is what a run of an experiment must leave as it was.
type benchState struct {
	Settings lab.Settings
	Ahead    step.Ahead
	Browsers []lab.Browser
}

func (l *learner) state() benchState {
	b := must(l.site.lab.Enter(l.site.t.Context(), l.bench))(l.site.t)
	return benchState{b.Settings(), b.Clock().Ahead, b.Browsers()}
}

// However a run ends, the learner's bench is as it was and their session lives.
func TestARunLeavesTheBenchAsItWasHoweverItEnds(t *testing.T) {
	theft := named(t, "theft")
	undecided := *theft
	undecided.Verdicts = nil
	for _, tt := range []struct {
		name string
		e    *experiment.Experiment
		stop bool
		want error
	}{
		{"well", theft, false, nil},
		{"without a verdict", &undecided, false, experiment.ErrNoVerdict},
		{"stopped", theft, true, context.Canceled},
	} {
		l := newSite(t).learner()
		l.set("lifetime", "3h", "secret_key", "the learner's own")
		v := l.browser("Alice's laptop")
		v.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
		was := l.state()
		ctx, stop := context.WithCancel(t.Context())
		b := must(l.site.lab.Enter(ctx, l.bench))(t)
		o := experiment.Options{Variant: "expired", Language: "en", App: must(url.Parse(l.site.URL + l.app))(t)}
		o.Progress = func(done, _ int) {
			if tt.stop && done == 4 { // the clock was moved
				stop()
			}
		}
		_, err := l.site.runner().Run(ctx, b, tt.e, o)
		stop()
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v; want %v", tt.name, err, tt.want)
		}
		if now := l.state(); !reflect.DeepEqual(now, was) {
			t.Errorf("%s: the bench is %+v; was %+v", tt.name, now, was)
		}
		v.send("me").Want(200)
		kinds, entries := l.entryKinds()
		if !slices.Contains(kinds, step.EntryClockMoved) || kinds[len(kinds)-1] != step.EntryRunEnded {
			t.Errorf("%s: the entries are %v", tt.name, kinds)
		}
		if last := entries[len(entries)-1]; (last.Result != "") != (tt.want == nil) {
			t.Errorf("%s: its result is %q", tt.name, last.Result)
		}
	}
}

func TestAResponseThatIsNoStepEndsTheRun(t *testing.T) {
	l := newSite(t, func(_ *handlers.Options, o *lab.Options) { o.Limits.Rate, o.Limits.Burst = 1e-9, 1 }).learner()
	was := l.state()
	_, err := l.run(named(t, "theft"), "open")
	var refused *experiment.RequestError
	if !errors.As(err, &refused) || refused.Act != "ask" || refused.Status != 429 || refused.Code != "too_many_requests" {
		t.Errorf("a run beyond the limit: %v", err)
	}
	if now := l.state(); !reflect.DeepEqual(now, was) {
		t.Errorf("the bench is %+v; was %+v", now, was)
	}
}

func TestWhatARunCameToIsKept(t *testing.T) {
	l := newSite(t).learner()
	b := must(l.site.lab.Enter(t.Context(), l.bench))(t)
	e := named(t, "theft")
	var progress []int
	o := experiment.Options{
		Variant: "open", Prediction: "password", Language: "zh", App: must(url.Parse(l.site.URL + l.app))(t),
		Progress: func(done, all int) { progress = append(progress, done, all) },
	}
	got, err := l.site.runner().Run(t.Context(), b, e, o)
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{0, 5, 1, 5, 2, 5, 3, 5, 4, 5, 5, 5}; !slices.Equal(progress, want) {
		t.Errorf("its progress was %v; want %v", progress, want)
	}
	_, entries := l.entryKinds()
	var kept experiment.Result
	if err := json.Unmarshal([]byte(entries[len(entries)-1].Result), &kept); err != nil {
		t.Fatal(err)
	}
	if !kept.Started.Equal(got.Started) {
		t.Errorf("it began at %v; was %v", kept.Started, got.Started)
	}
	kept.Started = got.Started
	if !reflect.DeepEqual(kept, got) {
		t.Errorf("kept is\n%+v; was\n%+v", kept, got)
	}

	first, last := l.step(1), l.step(2)
	cookie := first.After.Cookie.Raw
	switch {
	case got.Prediction != "password" || e.Right(got.Prediction, got.Verdict) || !e.Right("yes", got.Verdict):
		t.Error("the prediction is judged wrongly")
	case !slices.Equal(got.Steps(), []int{1, 2}) || got.Step != 1 || first.Events[got.EventAt-1].Kind != got.Event || got.Event != step.SetCookieBuilt:
		t.Errorf("its steps are %v, and event %d of step %d decided it", got.Steps(), got.EventAt, got.Step)
	case first.BrowserName != "Alice" || last.BrowserName != "Mallory" || first.Run != got.Run || last.Run != got.Run:
		t.Errorf("the steps are by %s and %s, of run %d", first.BrowserName, last.BrowserName, first.Run)
	case got.Acts[1].Text != "session="+cookie || got.Acts[2].Text != cookie:
		t.Errorf("the acts came to %+v; the cookie was %s", got.Acts, cookie)
	case len(got.Browsers) != 2 || got.Browsers[1].Name != "Mallory" || len(got.Browsers[1].Cookies) != 1 || got.Browsers[1].Cookies[0].Value != cookie:
		t.Errorf("the browsers are %+v", got.Browsers)
	case len(got.Records) != 1 || got.Records[0].User != "alice" || !slices.Equal(got.Records[0].By, []string{"alice", "mallory"}):
		t.Errorf("the records are %+v", got.Records)
	}
}

func TestAGuessTellsHowManyWereTriedAndHowFast(t *testing.T) {
	l := newSite(t).learner()
	for variant, tried := range map[string]string{"counter": "1", "random": "1000"} {
		got, err := l.run(named(t, "guessing"), variant)
		if err != nil || got.Values["guess.Tried"] != tried || got.Acts[2].PerSecond == 0 {
			t.Errorf("%s: %v, %+v", variant, err, got.Values)
		}
	}
}

func TestARunNeedsAVariantAndMayHaveAChoice(t *testing.T) {
	l := newSite(t).learner()
	b := must(l.site.lab.Enter(t.Context(), l.bench))(t)
	for _, tt := range []struct {
		o    experiment.Options
		want error
	}{
		{experiment.Options{Variant: "none"}, experiment.ErrNoVariant},
		{experiment.Options{Variant: "open", Prediction: "none"}, experiment.ErrNoChoice},
	} {
		if _, err := l.site.runner().Run(t.Context(), b, named(t, "theft"), tt.o); !errors.Is(err, tt.want) {
			t.Errorf("%+v: %v; want %v", tt.o, err, tt.want)
		}
	}
	if kinds, _ := l.entryKinds(); len(kinds) != 0 {
		t.Errorf("what did not run wrote %v", kinds)
	}
}

// The operations that scripts can ask for are routes of the app.
func TestTheOperationsOfExperimentsAreThoseOfTheApp(t *testing.T) {
	l := newSite(t).learner()
	v := l.browser("Alice")
	values := map[string]string{"uname": "alice", "pwd": "rabbit", "key": "a", "value": "b", "on": "true"}
	for i, o := range experiment.Operations {
		var fields []string
		for _, f := range o.Fields {
			fields = append(fields, f, values[f])
		}
		v.send(o.Name, fields...)
		if s := l.step(i + 1); string(s.Op) != o.Name || s.Request.Method != o.Method || reading.Of(s).Outcome == reading.OutcomeRefused {
			t.Errorf("%s %s makes a step of %s %s, %q", o.Method, o.Name, s.Request.Method, s.Op, s.Error)
		}
	}
}

// Behind a proxy that speaks https, all addresses are https; a virtual browser that asks
// over plain http does so all the same.
func TestACookieCrossesPlainHTTPWhateverTheAddressOfTheServer(t *testing.T) {
	for _, base := range []string{"https://lab.example.org", "http://192.0.2.7:8080"} {
		l := newSite(t, func(h *handlers.Options, _ *lab.Options) { h.BaseURL = base }).learner()
		b := must(l.site.lab.Enter(t.Context(), l.bench))(t)
		app := must(url.Parse(base + l.app))(t)
		for _, slug := range []string{"sniffing", "cross-site"} {
			for variant, want := range verdicts[slug] {
				got, err := l.site.runner().Run(t.Context(), b, named(t, slug), experiment.Options{Variant: variant, App: app})
				if err != nil || got.Verdict != want {
					t.Errorf("%s, %s at %s: %q, %v; want %q", slug, variant, base, got.Verdict, err, want)
				}
			}
		}
		for _, s := range b.Steps() {
			recorded := must(b.Step(t.Context(), s.N))(t)
			if got := header(recorded.Response.Headers, "Strict-Transport-Security"); len(got) > 0 {
				t.Errorf("step %d tells the browser to use https: %q", s.N, got)
			}
		}
	}
}
