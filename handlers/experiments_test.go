package handlers_test

import (
	"net/url"
	"slices"
	"sync"
	"testing"

	"github.com/sessionlab/sessionlab/course"
	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/advice"
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// experiments are those of the course.
var experiments = sync.OnceValues(func() ([]*experiment.Experiment, []error) {
	return experiment.Load(course.Experiments())
})

// verdicts is what each variant of each experiment comes to.
var verdicts = map[string]map[string]string{
	"no-cookies":          {"blocked": "stranger", "allowed": "known"},
	"second-browser":      {"other": "stranger", "same": "known"},
	"replay-after-logout": {"server": "dead", "flask": "alive", "gorilla": "alive"},
	"theft":               {"open": "stolen", "http-only": "out-of-reach", "expired": "too-late"},
	"sniffing":            {"plain": "seen", "secure": "not-sent"},
	"fixation":            {"same-id": "taken-over", "new-id": "safe"},
	"tampering":           {"unsigned-id": "unknown-id", "signed-id": "refused", "flask": "refused", "gorilla": "refused"},
	"guessing":            {"counter": "found", "clock": "found", "random": "not-found"},
	"weak-key":            {"weak": "forged", "random": "not-found"},
	"too-large":           {"flask": "browser-ignores", "gorilla": "server-refuses", "server": "kept"},
	"two-tabs":            {"server": "both-kept", "flask": "one-lost", "gorilla": "one-lost"},
	"lifetime":            {"refresh": "alive", "no-refresh": "ended", "absolute": "ended"},
	"browser-closed":      {"session-cookie": "logged-out", "restored": "logged-in", "permanent": "logged-in"},
	"restart":             {"memory": "lost", "same-key": "kept", "new-key": "lost", "fallback": "kept"},
	"two-workers":         {"own-keys": "half-lost", "own-memory": "half-lost", "shared": "kept"},
	"cross-site":          {"none": "acted", "lax": "not-sent", "strict": "not-sent"},
}

// runner runs experiments on the benches of the site.
func (s *site) runner() *experiment.Runner { return &experiment.Runner{Lab: s.lab, Client: s.browsers} }

// guide is that of the course.
var guide = sync.OnceValue(func() *advice.Guide {
	g, err := advice.Load(course.Lessons(), course.HintsFile)
	if err != nil {
		panic(err) // as a server says at once
	}
	return g
})

// run runs a variant of an experiment on the learner's bench.
func (l *learner) run(e *experiment.Experiment, variant string) (experiment.Result, error) {
	t := l.site.t
	t.Helper()
	b := must(l.site.lab.Enter(t.Context(), l.bench))(t)
	app := must(url.Parse(l.site.URL + l.app))(t)
	return l.site.runner().Run(t.Context(), b, e, experiment.Options{Variant: variant, Language: "en", App: app})
}

// An experiment is linked to from what it explains, so that must be there.
func TestExperimentsAreAboutHintsAndWarningsThatThereAre(t *testing.T) {
	hints := make(map[string]bool)
	for _, m := range step.Mechanisms {
		for _, h := range guide().Path(m) {
			hints[h.ID] = true
		}
	}
	all, _ := experiments()
	for _, e := range all {
		for _, id := range e.Also.Hints {
			if !hints[id] {
				t.Errorf("%s is about the hint %q, which is none", e.Slug, id)
			}
		}
		for _, id := range e.Also.Warnings {
			if !words().Text("en").Has("warn." + id + ".line") {
				t.Errorf("%s is about the warning %q, which is none", e.Slug, id)
			}
		}
	}
}

func TestEachVariantOfAnExperimentComesToItsVerdict(t *testing.T) {
	all, problems := experiments()
	for _, p := range problems {
		t.Error(p)
	}
	if len(all) != len(verdicts) {
		t.Errorf("there are %d experiments; want %d", len(all), len(verdicts))
	}
	l := newSite(t, func(_ *handlers.Options, o *lab.Options) { o.Limits.Entries, o.Limits.Steps = 1e4, 1e4 }).learner()
	for _, e := range all {
		want := verdicts[e.Slug]
		if len(e.Variants) != len(want) {
			t.Errorf("%s has %d variants; want %d", e.Slug, len(e.Variants), len(want))
		}
		for _, v := range e.Variants {
			got, err := l.run(e, v.ID)
			if err != nil || got.Verdict != want[v.ID] {
				t.Errorf("%s, %s: %q, %v; want %q", e.Slug, v.ID, got.Verdict, err, want[v.ID])
				t.Logf("%+v", got)
				continue
			}
			verdict, _ := e.Verdict(got.Verdict)
			if !slices.Contains(verdict.Variants, v.ID) {
				t.Errorf("%s, %s: the script says that %s is given by %v", e.Slug, v.ID, verdict.ID, verdict.Variants)
			}
			if got.Step == 0 || got.EventAt == 0 {
				t.Errorf("%s, %s: nothing shows what decided %s: step %d, event %d", e.Slug, v.ID, verdict.ID, got.Step, got.EventAt)
			}
		}
	}
}
