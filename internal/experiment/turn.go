package experiment

import (
	"context"
	"sync"

	"github.com/sessionlab/sessionlab/internal/lab"
)

// turns has runs wait for one another, so that a class which starts an experiment at the
// same moment leaves the processors to those who send a request of their own. Each store
// has a turn of its own: one that is slow holds up no run on another.
type turns struct {
	mu      sync.Mutex
	byStore map[string]chan struct{}
}

// take waits for the turn of a store, and returns what ends it. It returns
// [lab.ErrRunning] if the turn does not come before ctx is done.
func (t *turns) take(ctx context.Context, store string) (end func(), err error) {
	t.mu.Lock()
	turn, ok := t.byStore[store]
	if !ok {
		if t.byStore == nil {
			t.byStore = make(map[string]chan struct{})
		}
		turn = make(chan struct{}, 1)
		t.byStore[store] = turn
	}
	t.mu.Unlock()
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, lab.ErrRunning
	}
}
