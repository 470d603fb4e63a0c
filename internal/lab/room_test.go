package lab

import (
	"errors"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// try has a bench record a step, as a request to its app does.
func try(t *testing.T, l *Lab, id string) error {
	t.Helper()
	b := enter(t, l, id)
	p, err := b.Reserve(t.Context())
	if err != nil {
		return err
	}
	defer p.Release()
	n, err := l.sync.number(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return l.commit(t.Context(), b, p, &step.Step{N: n})
}

func check(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func TestALabHoldsSoManyBenches(t *testing.T) {
	l, state, _ := newLab(func(o *Options) { o.Limits.Benches = 3 })
	var ids []string
	for range 5 {
		ids = append(ids, l.BenchID(owner(), 0))
	}
	check(t, try(t, l, ids[0]), try(t, l, ids[1]), try(t, l, ids[2]), try(t, l, ids[0]))
	if err := try(t, l, ids[3]); !errors.Is(err, ErrNoRoom) {
		t.Errorf("a step on a fourth bench: %v; want ErrNoRoom", err)
	}
	if _, err := l.Configure(t.Context(), enter(t, l, ids[4]), url.Values{"lifetime": {"5s"}}); !errors.Is(err, ErrNoRoom) {
		t.Errorf("settings of a fifth bench: %v; want ErrNoRoom", err)
	}
	check(t, l.Remove(t.Context(), ids[1]), try(t, l, ids[3]))
	if len(state.benches) != 3 {
		t.Errorf("%d benches are stored; want 3", len(state.benches))
	}
}

func TestBenchesLongNotUsedGoFirstAndThoseInUseStay(t *testing.T) {
	l, state, clock := newLab(func(o *Options) { o.Limits.Benches = 40 })
	busy := l.BenchID(owner(), 0)
	check(t, try(t, l, busy))
	var ids []string
	for range 39 {
		ids = append(ids, l.BenchID(owner(), 0))
		clock.Advance(2 * time.Minute)
		check(t, try(t, l, ids[len(ids)-1]))
		l.Keep(t.Context(), enter(t, l, busy), clock.Now().Add(l.timeouts.Idle)) // as its owner does
	}
	// Those of the last 70 minutes may be in use.
	check(t, l.MakeRoom(t.Context()))
	stored := func(id string) bool { _, ok := state.benches[id]; return ok }
	for i, id := range ids {
		if want := i >= 2; stored(id) != want { // a twentieth is free
			t.Errorf("bench %d is stored: %v; want %v", i, !want, want)
		}
	}
	if !stored(busy) {
		t.Error("the oldest bench, which is in use, is gone")
	}
	if now, removed := l.Totals(); now.Benches != 38 || removed != 2 {
		t.Errorf("%d benches, %d removed; want 38 and 2", now.Benches, removed)
	}
	check(t, l.MakeRoom(t.Context()))
	if len(state.benches) != 38 {
		t.Errorf("%d benches are left where there is room; want 38", len(state.benches))
	}
	for len(state.benches) < 40 {
		check(t, try(t, l, l.BenchID(owner(), 0)))
	}
	calls := state.calls["Totals"]
	if err := try(t, l, l.BenchID(owner(), 0)); !errors.Is(err, ErrNoRoom) {
		t.Errorf("one more than there may be: %v; want ErrNoRoom", err)
	}
	if state.calls["Totals"] != calls {
		t.Error("requests have all benches counted")
	}
}

func TestALabHoldsSoManyBytes(t *testing.T) {
	l, _, clock := newLab(func(o *Options) { o.Limits.TotalBytes = 1000 }) // a step takes 100
	old, used := l.BenchID(owner(), 0), l.BenchID(owner(), 0)
	for range 4 {
		check(t, try(t, l, old))
	}
	clock.Advance(3 * time.Hour)
	for range 6 {
		check(t, try(t, l, used))
	}
	for _, id := range []string{old, used, l.BenchID(owner(), 0)} {
		if err := try(t, l, id); !errors.Is(err, ErrNoRoom) {
			t.Errorf("a step too many: %v; want ErrNoRoom", err)
		}
	}
	check(t, l.MakeRoom(t.Context()))
	if now, removed := l.Totals(); now != (Totals{1, 600}) || removed != 1 {
		t.Errorf("%+v, %d removed; want 600 bytes of one bench", now, removed)
	}
	check(t, try(t, l, used))
}

func TestProcessesCountTheBenchesOfEachOther(t *testing.T) {
	one, other, _ := newShared()
	one.limits.Benches, other.limits.Benches = 2, 2
	ids := []string{one.BenchID(owner(), 0), one.BenchID(owner(), 0), one.BenchID(owner(), 0)}
	slices.Sort(ids)
	check(t, try(t, one, ids[0]), try(t, one, ids[1]))
	if err := other.MakeRoom(t.Context()); !errors.Is(err, ErrNoRoom) {
		t.Errorf("MakeRoom where all benches are in use: %v; want ErrNoRoom", err)
	}
	if err := try(t, other, ids[2]); !errors.Is(err, ErrNoRoom) {
		t.Errorf("a third bench of two: %v; want ErrNoRoom", err)
	}
	check(t, try(t, other, ids[0]))
}
