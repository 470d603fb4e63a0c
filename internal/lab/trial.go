package lab

import (
	"context"
	"slices"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A Trial is what a bench's own steps show of one place where sessions were kept.
type Trial struct {
	Mechanism, Store string
	Steps            int // that ran on it

	// What the latest step shows that left a client with a session.
	Last     *step.Step // nil: none did
	Wire     int        // bytes that go to the server with each request
	Kept     int        // bytes that the server keeps
	Readable bool       // whether the values can be read without a key
	Believed bool       // whether the cookie opens a session with one letter changed
	Refused  string     // why not even unchanged, see Outlived

	// What the latest step shows that ended a session.
	Ended *step.Step // nil: none did
	Lives bool       // whether a copy of the cookie from before it opens a session now
	// Outlived is why it could not, whatever the step did, a reason of package
	// session: the keys, or the time, are others now. Then nothing was found out.
	Outlived string

	Err error // of a store that could not be asked: what follows from it is not known
}

// Trials are what the bench's steps show, in the order in which the places were
// first tried. Whether a cookie opens a session is found out by trying.
func (b *Bench) Trials(ctx context.Context) ([]Trial, error) {
	var trials []Trial
	last, ended := make(map[int]int), make(map[int]int) // by index, the numbers of steps
	for _, s := range b.Steps() {
		if s.Mechanism == step.MechanismServer && s.Store == "" {
			continue // stored before summaries told the store
		}
		i := slices.IndexFunc(trials, func(t Trial) bool { return t.Mechanism == s.Mechanism && t.Store == s.Store })
		if i < 0 {
			i = len(trials)
			trials = append(trials, Trial{Mechanism: s.Mechanism, Store: s.Store})
		}
		trials[i].Steps++
		if s.Cookie == step.Removed && s.Error == "" {
			ended[i] = s.N
		} else if s.Cookie == step.Added || s.Cookie == step.Changed || s.Record == step.Changed {
			last[i] = s.N
		}
	}
	for i := range trials {
		if err := b.try(ctx, &trials[i], last[i], ended[i]); err != nil {
			return nil, err
		}
	}
	return trials, nil
}

// try finds out what two steps show; number 0 is none.
func (b *Bench) try(ctx context.Context, t *Trial, last, ended int) (err error) {
	s := b.Settings()
	s.Mechanism, s.Store = t.Mechanism, t.Store
	s.past.Over = nil // as if one had stayed
	if t.Store != "" && b.lab.stores[t.Store] == nil {
		t.Err = ErrUnknown
		return nil
	}
	m := b.mechanism(s, false)
	if t.Last, err = b.readable(ctx, last); err != nil {
		return err
	}
	if t.Last != nil {
		b.tryCookie(ctx, m, t)
	}
	if t.Ended, err = b.readable(ctx, ended); err != nil {
		return err
	}
	if t.Ended != nil {
		if c := t.Ended.Before.Cookie; c != nil && t.Err == nil {
			t.Outlived = m.refuses(c.Raw)
			t.Lives, t.Err = m.opens(ctx, c.Raw)
		}
	}
	return nil
}

// readable returns a step, nil for number 0 and for one that cannot be read.
func (b *Bench) readable(ctx context.Context, n int) (*step.Step, error) {
	if n == 0 {
		return nil, nil
	}
	s, err := b.Step(ctx, n)
	if err != nil || s.Broken != "" {
		return nil, err
	}
	return s, nil
}

func (b *Bench) tryCookie(ctx context.Context, m mechanism, t *Trial) {
	if r := t.Last.After.Record; r != nil {
		t.Kept = len(r.Raw)
	}
	c := t.Last.After.Cookie
	if c == nil {
		return
	}
	t.Wire = len(c.Name) + len("=") + len(c.Raw)
	t.Readable, t.Refused = m.readable(c.Raw), m.refuses(c.Raw)
	t.Believed, t.Err = m.opens(ctx, altered(c.Raw))
}

// altered is a cookie's value with one letter changed.
func altered(value string) string {
	if value == "" {
		return "A"
	}
	b := []byte(value)
	i := len(b) / 4 // within the id, or the payload
	if b[i] == 'A' {
		b[i] = 'B'
	} else {
		b[i] = 'A'
	}
	return string(b)
}
