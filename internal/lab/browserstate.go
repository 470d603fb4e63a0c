package lab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A storedBrowser is a virtual browser as states store it.
type storedBrowser struct {
	virtual
	Jar jar.Jar `json:"jar"`

	data []byte // as it is stored
}

// encode returns what is stored of a virtual browser.
func (c *client) encode() ([]byte, error) {
	return json.Marshal(storedBrowser{virtual: *c.virtual, Jar: c.jar})
}

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
		s.data = data
		all[id] = s
	}
	return all, nil
}

// setBrowsers puts the stored virtual browsers in force; there are no others.
// The caller holds the lock, or is the only one that has the bench.
func (b *Bench) setBrowsers(all map[string]storedBrowser) {
	for id, c := range b.clients {
		if _, ok := all[id]; !ok && c.virtual != nil {
			c.virtual, c.jar, c.stored, c.kept = nil, jar.Jar{}, nil, jar.Jar{}
		}
	}
	for id, s := range all {
		c := b.client(id)
		v := s.virtual
		c.virtual, c.jar = &v, s.Jar
		c.keeps(s.data)
		if k, err := c.jar.Named(step.CookieName, b.now()); err == nil && k.Value != c.value { // another process put it there
			c.touched(k.Name, k.Value)
		}
	}
}

// changing has a person's act change jars of virtual browsers, as changingHeld does,
// while no experiment runs.
func (l *Lab) changing(ctx context.Context, b *Bench, change func() error) error {
	release, err := b.hold(ctx)
	if err != nil {
		return err
	}
	defer release()
	return l.changingHeld(ctx, b, change)
}

// changingHeld changes jars of virtual browsers, and does so again from what is stored
// if another process was first: so none loses what another one put into a jar. It ends
// when ctx does.
func (l *Lab) changingHeld(ctx context.Context, b *Bench, change func() error) error {
	defer b.changeJars()()
	for {
		err := change()
		if !errors.Is(err, ErrStale) {
			return err
		}
		if err := l.reread(ctx, b); err != nil {
			return err
		}
	}
}

// reread puts in force what is stored of the virtual browsers. The caller changes jars.
func (l *Lab) reread(ctx context.Context, b *Bench) error {
	all, err := l.browsers(ctx, b.id)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.setBrowsers(all)
	return nil
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

// jarOf returns what is to be stored of a client with its step, and what of it is
// stored until then: that is a virtual browser, unless it was removed meanwhile, or
// nothing changed and no other process could have changed it. What others are believed to
// hold follows from their steps.
func (b *Bench) jarOf(s *step.Step) (jar, was []byte, err error) {
	if s.Client != step.ClientVirtual {
		return nil, nil, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	_, alone := b.lab.sync.(local)
	if c := b.client(s.ClientID); c.virtual != nil && !(alone && c.jar.Same(c.kept)) {
		jar, err = c.encode()
		return jar, c.stored, err
	}
	return nil, nil, nil
}

// storedJar notes what was stored of a virtual browser, unless it is nil.
func (b *Bench) storedJar(client string, jar []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if jar != nil {
		b.client(client).keeps(jar)
	}
}
