package lab

import (
	"context"
	"crypto/rand"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sessionlab/sessionlab/internal/step"
)

// OpenBrowser opens a virtual browser with an empty jar. It returns [ErrBrowserName] or
// [ErrTooManyBrowsers].
func (l *Lab) OpenBrowser(ctx context.Context, b *Bench, name string) (Browser, error) {
	name = strings.TrimSpace(name)
	if name == "" || len(name) > MaxBrowserName || !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return Browser{}, ErrBrowserName
	}
	b = l.held(b.id, b)
	var v Browser
	err := l.changing(ctx, b, func() error {
		slot := b.freeSlot(name)
		if slot == 0 {
			return ErrTooManyBrowsers
		}
		c := &client{virtual: &virtual{ID: strings.ToLower(rand.Text()[:8]), Slot: slot, Name: name}}
		v = c.browser()
		return l.put(ctx, b, step.Entry{Kind: step.EntryBrowserOpened, Browser: v.ID, Name: name}, c)
	})
	return v, err
}

// The attacker of the course has the same place on each bench, if it is free: its colour
// tells her from others.
const mallory, mallorysSlot = "Mallory", 2

// freeSlot returns the first place that no browser has, or the one of that name; 0 for
// none.
func (b *Bench) freeSlot(name string) int {
	taken := make(map[int]bool)
	for _, v := range b.Browsers() {
		taken[v.Slot] = true
	}
	if name == mallory && !taken[mallorysSlot] {
		return mallorysSlot
	}
	for slot := 1; slot <= MaxBrowsers && len(taken) < MaxBrowsers; slot++ {
		if !taken[slot] {
			return slot
		}
	}
	return 0
}

// RemoveBrowser removes a virtual browser with its jar. Its steps stay.
func (l *Lab) RemoveBrowser(ctx context.Context, b *Bench, id string) error {
	b = l.held(b.id, b)
	return l.changing(ctx, b, func() error {
		c, err := b.copyOf(id)
		if err != nil {
			return err
		}
		e := step.Entry{Kind: step.EntryBrowserRemoved, Browser: id, Name: c.virtual.Name}
		gone, was := map[string][]byte{clientID(id): nil}, map[string][]byte{clientID(id): c.stored}
		if _, err := l.addEntry(ctx, b, e, gone, was); err != nil {
			return err
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.clients, clientID(id))
		return nil
	})
}

// put stores browsers with the entry that says what was done to them, and then
// puts them in force. The caller has called changeJars.
func (l *Lab) put(ctx context.Context, b *Bench, e step.Entry, changed ...*client) error {
	jars, was := make(map[string][]byte, len(changed)), make(map[string][]byte, len(changed))
	for _, c := range changed {
		data, err := c.encode()
		if err != nil {
			return err
		}
		jars[clientID(c.virtual.ID)], was[clientID(c.virtual.ID)] = data, c.stored
	}
	if _, err := l.addEntry(ctx, b, e, jars, was); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range changed {
		held := b.client(clientID(c.virtual.ID))
		if had, err := held.jar.Named(step.CookieName, b.now()); err == nil {
			if _, err := c.jar.Named(step.CookieName, b.now()); err != nil {
				held.dropped = &had
			}
		}
		held.virtual, held.jar, held.line, held.value = c.virtual, c.jar, c.line, c.value
		held.keeps(jars[clientID(c.virtual.ID)])
	}
	return nil
}
