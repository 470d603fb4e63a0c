package lab

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A storedBrowser is a virtual browser as states store it.
type storedBrowser struct {
	virtual
	Jar jar.Jar `json:"jar"`
}

// encode returns what is stored of a virtual browser.
func (c *client) encode() ([]byte, error) { return json.Marshal(storedBrowser{*c.virtual, c.jar}) }

// browsers reads the virtual browsers of a bench, by the ids of their clients.
func (l *Lab) browsers(ctx context.Context, bench string) (map[string]storedBrowser, error) {
	stored, err := l.state.Jars(ctx, bench)
	if err != nil {
		return nil, fault("load jars", err)
	}
	all := make(map[string]storedBrowser, len(stored))
	for id, data := range stored {
		var s storedBrowser
		if err := json.Unmarshal(data, &s); err != nil {
			return nil, fmt.Errorf("lab: jar of %s: %w", id, err)
		}
		all[id] = s
	}
	return all, nil
}

// setBrowsers puts the stored virtual browsers in force; there are no others.
// The caller holds the lock, or is the only one that has the bench.
func (b *Bench) setBrowsers(all map[string]storedBrowser) {
	for id, c := range b.clients {
		if _, ok := all[id]; !ok && c.virtual != nil {
			c.virtual, c.jar = nil, jar.Jar{}
		}
	}
	for id, s := range all {
		c := b.client(id)
		v := s.virtual
		c.virtual, c.jar = &v, s.Jar
	}
}

// changeJars begins a change of the jars of virtual browsers. Only one change
// runs at a time, so that an older jar never replaces a newer one in the state.
// It returns a function that ends the change.
func (b *Bench) changeJars() (end func()) {
	b.jars.Lock()
	turn := func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.jarTurns++
	}
	turn()
	return func() {
		turn()
		b.jars.Unlock()
	}
}

// jarOf returns what is stored of a client with its step: the jar of a virtual
// browser, unless the browser was removed in the meantime. The jars of other
// clients follow from their steps.
func (b *Bench) jarOf(s *step.Step) ([]byte, error) {
	if s.Client != step.ClientVirtual {
		return nil, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if c := b.client(s.ClientID); c.virtual != nil {
		return c.encode()
	}
	return nil, nil
}
