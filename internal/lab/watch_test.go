package lab

import (
	"errors"
	"slices"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

func TestEveryObserverIsNotifiedOfEachStepInOrder(t *testing.T) {
	var got []string
	observer := func(name string) Observer {
		return ObserverFunc(func(bench string, s *step.Step, err error) {
			if err != nil {
				name += " failed"
			}
			got = append(got, name)
			if bench == "" || s.Response.Status == 0 {
				t.Errorf("%s is notified of %+v of bench %q", name, s, bench)
			}
		})
	}
	l, _, _ := newLab(func(o *Options) { o.Observers = []Observer{observer("one"), observer("other")} })
	b := enter(t, l, l.BenchID(owner(), 0))
	if _, err := visit(t, b, ""); err != nil {
		t.Fatal(err)
	}
	if err := l.Remove(t.Context(), b.ID()); err != nil {
		t.Fatal(err)
	}
	if _, err := visit(t, b, ""); !errors.Is(err, ErrUnknown) {
		t.Fatalf("a step of a removed bench: %v", err)
	}
	if want := []string{"one", "other", "one failed", "other failed"}; !slices.Equal(got, want) {
		t.Errorf("notified: %q; want %q", got, want)
	}
}

func TestAWatcherIsWokenByStepsOfItsBenchAlone(t *testing.T) {
	l, _, _ := newLab()
	b, other := enter(t, l, l.BenchID(owner(), 0)), enter(t, l, l.BenchID(owner(), 0))
	changed, stop := b.Watch()
	woken := func() bool {
		select {
		case <-changed:
			return true
		default:
			return false
		}
	}
	for i, step := range []struct {
		visited *Bench
		want    bool
	}{{other, false}, {b, true}, {other, false}, {b, true}} {
		if _, err := visit(t, step.visited, ""); err != nil {
			t.Fatal(err)
		}
		if got := woken(); got != step.want {
			t.Errorf("visit %d: woken %v; want %v", i, got, step.want)
		}
	}
	l.watchers.wakeAll()
	if !woken() {
		t.Error("not woken with all others")
	}
	stop()
	if _, err := visit(t, b, ""); err != nil || woken() || l.watchers.watched(b.ID()) {
		t.Errorf("a watcher that stopped is woken, or the bench is watched: %v", err)
	}
}
