package handlers_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A vanishing state removes a bench just before it is asked what at names, as a
// request does that ends the lab at that moment.
type vanishing struct {
	savedState
	at    string
	bench string
	calls int // of what at names
}

func (v *vanishing) asked(ctx context.Context, method string) error {
	if method != v.at {
		return nil
	}
	v.calls++
	return v.savedState.DeleteBench(ctx, v.bench, time.Now())
}

func (v *vanishing) BenchRow(ctx context.Context, id string) (lab.BenchRow, error) {
	if err := v.asked(ctx, "BenchRow"); err != nil {
		return lab.BenchRow{}, err
	}
	return v.savedState.BenchRow(ctx, id)
}

func (v *vanishing) Summaries(ctx context.Context, bench string) ([]step.Summary, error) {
	if err := v.asked(ctx, "Summaries"); err != nil {
		return nil, err
	}
	return v.savedState.Summaries(ctx, bench)
}

func (v *vanishing) SaveBench(ctx context.Context, row lab.BenchRow) error {
	if err := v.asked(ctx, "SaveBench"); err != nil {
		return err
	}
	return v.savedState.SaveBench(ctx, row)
}

func (v *vanishing) AddStep(ctx context.Context, bench string, s *step.Step, line step.Summary, jar []byte) (int, error) {
	if err := v.asked(ctx, "AddStep"); err != nil {
		return 0, err
	}
	return v.savedState.AddStep(ctx, bench, s, line, jar)
}

// vanishingShared is a vanishing state as one of several processes has it.
type vanishingShared struct{ *vanishing }

func (v vanishingShared) BenchRow(ctx context.Context, id string) (lab.BenchRow, error) {
	row, err := v.vanishing.BenchRow(ctx, id)
	if err == nil {
		lines, _ := v.savedState.Summaries(ctx, id)
		row.Version, row.Steps = "1", len(lines)
	}
	return row, err
}

func (v vanishingShared) ReplaceBench(ctx context.Context, row lab.BenchRow) (string, error) {
	return "1", v.SaveBench(ctx, row)
}

func (v vanishingShared) AddStepOver(ctx context.Context, bench string, s *step.Step, line step.Summary, jar, _ []byte) (int, error) {
	return v.AddStep(ctx, bench, s, line, jar)
}

func (v vanishingShared) AddEntryOver(ctx context.Context, bench string, e step.Entry, most int, jars, _ map[string][]byte) (int, error) {
	return v.AddEntry(ctx, bench, e, most, jars)
}

var _ lab.SharedState = vanishingShared{}

func (v vanishingShared) TakeNumber(ctx context.Context, bench string) (int, error) {
	if err := v.asked(ctx, "TakeNumber"); err != nil {
		return 0, err
	}
	row, err := vanishingShared{&vanishing{savedState: v.savedState}}.BenchRow(ctx, bench)
	return row.Steps + 1, err
}

func (v vanishingShared) SummariesFrom(ctx context.Context, bench string, first int) ([]step.Summary, error) {
	lines, err := v.Summaries(ctx, bench)
	return lines[min(first, len(lines)):], err
}

func (v vanishingShared) Follow(ctx context.Context, _ func(), _ func(string)) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestARequestWhoseBenchIsRemovedMeanwhileIs404AtWhicheverMoment(t *testing.T) {
	for _, tt := range []struct {
		name           string
		shared, stored bool
		moments        []string
	}{
		{"a fresh bench", false, false, []string{"BenchRow", "SaveBench", "AddStep"}},
		{"a used bench", false, true, []string{"AddStep"}},
		{"a fresh bench of several processes", true, false, []string{"BenchRow", "SaveBench", "TakeNumber", "AddStep"}},
		{"a used bench of several processes", true, true, []string{"BenchRow", "TakeNumber", "AddStep"}},
	} {
		for _, moment := range tt.moments {
			t.Run(tt.name+" before "+moment, func(t *testing.T) {
				state := new(vanishing)
				s := newSite(t, func(_ *handlers.Options, o *lab.Options) {
					state.savedState = o.State.(savedState)
					o.State = state
					if tt.shared {
						o.State = vanishingShared{state}
					}
				})
				l := s.learner()
				if tt.stored {
					s.curl().Get(l.app + "me").Want(401)
				}
				state.bench, state.at = l.bench, moment
				a := s.curl().Post(l.app+"set", "key", "k", "value", "v").Want(404)
				if state.calls == 0 {
					t.Fatal("the bench was not removed")
				}
				if a.Header["Set-Cookie"] != nil || a.Header.Get("Retry-After") != "" {
					t.Errorf("Set-Cookie %q, Retry-After %q; want none", a.Header["Set-Cookie"], a.Header.Get("Retry-After"))
				}
				mustHaveLeftNothing(t, s, l.app)
			})
		}
	}
}

func TestASettingOfABenchThatIsRemovedMeanwhileIs404(t *testing.T) {
	for name, shared := range map[string]bool{"one process": false, "several processes": true} {
		t.Run(name, func(t *testing.T) {
			state := new(vanishing)
			s := newSite(t, func(_ *handlers.Options, o *lab.Options) {
				state.savedState = o.State.(savedState)
				o.State = state
				if shared {
					o.State = vanishingShared{state}
				}
			})
			l := s.learner()
			s.curl().Get(l.app + "me").Want(401)
			state.bench, state.at = l.bench, "SaveBench"
			l.Post("/en/lab/settings", "lifetime", "10s").Want(404)
			mustHaveLeftNothing(t, s, l.app)
		})
	}
}

// mustHaveLeftNothing fails the test unless the only bench there was is gone with all
// that belonged to it.
func mustHaveLeftNothing(t *testing.T, s *site, app string) {
	t.Helper()
	s.curl().Get(app + "me").Want(404)
	for _, table := range []string{"benches", "steps", "jars", "sessions"} {
		if n := s.count(table); n != 0 {
			t.Errorf("%d rows are left in %s", n, table)
		}
	}
}

func TestRequestsThatRaceTheEndOfTheirBenchAreAnsweredOrFindNothing(t *testing.T) {
	for _, way := range []string{"/en/lab/end", "/en/lab/new"} {
		for _, before := range []int{0, 1, 40} { // answers before the end; after none, the first step may race it
			s := newSite(t)
			l := s.learner()
			answered := make(chan struct{})
			var wg sync.WaitGroup
			for range 8 {
				c := s.curl()
				wg.Go(func() {
					for {
						a := c.Post(l.app+"set", "key", "k", "value", "v")
						if a.Status == 404 {
							return
						}
						if a.Want(200); before > 0 {
							answered <- struct{}{}
						}
					}
				})
			}
			for range before {
				<-answered
			}
			go func() {
				for range answered {
				}
			}()
			l.Post(way).Want(303)
			wg.Wait()
			close(answered)
			mustHaveLeftNothing(t, s, l.app)
		}
	}
}
