package lab

import (
	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/sessionlab/sessionlab/internal/step"
)

// mostRead is how many steps the lab holds that were read last. A step is asked for
// again with each thing a learner does to its page: some 20 kB each, 300 kB at most.
const mostRead = 128

// A stepKey names a step: the nth of a bench.
type stepKey struct {
	bench string
	n     int
}

// readSteps are the steps that were read last. They never change, so nothing but the
// removal of their bench makes them untrue. It is safe for concurrent use.
type readSteps struct {
	cache *lru.Cache[stepKey, *step.Step]
}

func newReadSteps() readSteps {
	cache, err := lru.New[stepKey, *step.Step](mostRead)
	if err != nil {
		panic(err) // the size is a constant
	}
	return readSteps{cache}
}

func (r readSteps) get(bench string, n int) (*step.Step, bool) {
	return r.cache.Get(stepKey{bench, n})
}

func (r readSteps) put(bench string, s *step.Step) { r.cache.Add(stepKey{bench, s.N}, s) }

// drop forgets the steps of a bench that was removed.
func (r readSteps) drop(bench string) {
	for _, key := range r.cache.Keys() {
		if key.bench == bench {
			r.cache.Remove(key)
		}
	}
}
