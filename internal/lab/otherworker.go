package lab

import "github.com/sessionlab/sessionlab/internal/step"

// findElsewhere notes at the events that another worker has what the one that served the
// request lacks: the key that signed the cookie, or the record. Workers that share both
// have nothing to tell.
func (g *Recording) findElsewhere() {
	if g.settings.workers() < 2 || g.arrived.cookie == nil {
		return
	}
	for i := range g.rec.events {
		switch e := &g.rec.events[i]; {
		case e.Kind == step.SignatureInvalid && e.Why == step.WhySignature && g.settings.WorkerKeys == workersOwn:
			e.Worker = g.other(g.signed)
		case e.Kind == step.LoadMissing && e.Why == "" && g.settings.ownMemory():
			e.Worker = g.other(g.remembers)
		}
	}
}

// other returns the other worker that has something, 0 for none.
func (g *Recording) other(has func(Settings, mechanism) bool) int {
	for w := 1; w <= g.settings.workers(); w++ {
		if w == g.settings.worker {
			continue
		}
		s := g.settings.of(w)
		if has(s, g.bench.mechanism(s, false)) {
			return w
		}
	}
	return 0
}

// signed reports whether a worker's key signed the cookie.
func (g *Recording) signed(_ Settings, sessions mechanism) bool {
	return sessions.Refuses(g.arrived.cookie.Raw) == ""
}

// remembers reports whether a worker's memory has the record of the cookie.
func (g *Recording) remembers(s Settings, sessions mechanism) bool {
	record, err := g.bench.record(g.ctx, s, sessions.key(g.arrived.cookie.Raw))
	return err == nil && record != nil
}
