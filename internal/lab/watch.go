package lab

import (
	"sync"

	"github.com/sessionlab/sessionlab/internal/step"
)

// An Observer is notified of the steps that this process records.
type Observer interface {
	// Recorded is called after each step, before its response is sent. Err is why the
	// step could not be stored, or nil. It may be called concurrently, and must not
	// change the step or hold on to it.
	Recorded(bench string, s *step.Step, err error)
}

// An ObserverFunc is a function that is an [Observer].
type ObserverFunc func(bench string, s *step.Step, err error)

// Recorded calls f.
func (f ObserverFunc) Recorded(bench string, s *step.Step, err error) { f(bench, s, err) }

// watchers is the Observer behind [Bench.Watch]. The zero value is ready to use.
type watchers struct {
	mu      sync.Mutex
	byBench map[string]map[chan struct{}]struct{}
}

// Watch returns a channel that receives after each step that was added to the
// bench and when the bench is removed, and a function that ends it. What happens while
// nobody receives counts as one: after waking up, ask [Lab.Bench] whether the bench is
// still there, and look at [Bench.Steps] for what is new.
func (b *Bench) Watch() (changed <-chan struct{}, stop func()) {
	w := &b.lab.watchers
	c := make(chan struct{}, 1)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.byBench == nil {
		w.byBench = make(map[string]map[chan struct{}]struct{})
	}
	if w.byBench[b.id] == nil {
		w.byBench[b.id] = make(map[chan struct{}]struct{})
	}
	w.byBench[b.id][c] = struct{}{}
	return c, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.byBench[b.id], c)
		if len(w.byBench[b.id]) == 0 {
			delete(w.byBench, b.id)
		}
	}
}

// Recorded implements [Observer].
func (w *watchers) Recorded(bench string, _ *step.Step, err error) {
	if err == nil {
		w.wake(bench)
	}
}

// wake wakes the watchers of a bench.
func (w *watchers) wake(bench string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	wake(w.byBench[bench])
}

// wakeAll wakes the watchers of all benches.
func (w *watchers) wakeAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, channels := range w.byBench {
		wake(channels)
	}
}

func wake(channels map[chan struct{}]struct{}) {
	for c := range channels {
		select {
		case c <- struct{}{}:
		default: // it has not looked since the last time
		}
	}
}

// watched reports whether anybody watches a bench.
func (w *watchers) watched(bench string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.byBench[bench]) > 0
}
