package lab

import "sync"

// watchers are those who wait for the next step of a bench.
type watchers struct {
	mu  sync.Mutex
	all map[chan struct{}]struct{}
}

// Watch returns a channel that receives after each step that was added to the
// bench, and a function that ends it. Steps that come while nobody receives count
// as one: whoever wakes up looks at [Bench.Steps] for what is new.
func (b *Bench) Watch() (news <-chan struct{}, stop func()) {
	w := &b.watchers
	c := make(chan struct{}, 1)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.all == nil {
		w.all = make(map[chan struct{}]struct{})
	}
	w.all[c] = struct{}{}
	return c, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.all, c)
	}
}

// wake tells all watchers that there is something new.
func (w *watchers) wake() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.all {
		select {
		case c <- struct{}{}:
		default: // it has not looked since the last time
		}
	}
}

// watched reports whether somebody waits.
func (w *watchers) watched() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.all) > 0
}
