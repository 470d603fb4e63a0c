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

// setBrowsers puts in force the virtual browsers that are stored, which are all. The
// caller holds the lock, or no one else has the bench yet.
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

// changeJars begins to change the jars of virtual browsers, one such change at a time:
// what is stored of a jar is never older than what was stored before. It returns a
// function that ends it.
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

// jarOf returns what is to be stored of a client with its step: that is a virtual
// browser, unless it was removed meanwhile. What others are believed to hold follows
// from their steps.
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
