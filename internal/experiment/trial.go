package experiment

import (
	"context"
	"slices"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A Trial is what a bench's own steps show of one place where its sessions were.
type Trial struct {
	Mechanism, Store string
	Steps            int // that ran on it

	// What the latest step shows that left a client with a session.
	Last     *step.Step // nil: none did
	Wire     int        // bytes of the cookie, which goes to the server with each request
	Stored   int        // bytes that the server stores
	Readable bool       // whether the values can be read without a key
	Believed bool       // whether the cookie opens a session with one letter changed
	Refused  string     // why not even unchanged, as Outlived says it

	// What the latest step shows that ended a session.
	Ended *step.Step // nil: none did
	Lives bool       // whether a copy of the cookie from before it opens a session now
	// Outlived is why it could not, whatever the step did, a reason of package
	// session: the keys, or the time, are others now. Then nothing was found out.
	Outlived string

	Err error // of a store that could not be asked: what follows from it is not known
}

// Trials returns what the bench's steps show, in the order in which the places were
// first tried. Whether a cookie opens a session is found out by trying.
func Trials(ctx context.Context, b *lab.Bench) ([]Trial, error) {
	var trials []Trial
	last, ended := make(map[int]int), make(map[int]int) // by index, the numbers of steps
	for _, s := range b.Steps() {
		if s.Run != 0 {
			continue // an experiment's app is not the learner's
		}
		if s.Mechanism == step.MechanismServer && s.Store == "" {
			continue // stored before summaries named the store
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
		if err := try(ctx, b, &trials[i], last[i], ended[i]); err != nil {
			return nil, err
		}
	}
	return trials, nil
}

// try finds out what two steps show; number 0 is none.
func try(ctx context.Context, b *lab.Bench, t *Trial, last, ended int) (err error) {
	e, err := b.Examiner(t.Mechanism, t.Store)
	if err != nil {
		t.Err = err
		return nil
	}
	if t.Last, err = readable(ctx, b, last); err != nil {
		return err
	}
	if t.Last != nil {
		tryCookie(ctx, e, t)
	}
	if t.Ended, err = readable(ctx, b, ended); err != nil {
		return err
	}
	if t.Ended != nil {
		if c := t.Ended.Before.Cookie; c != nil && t.Err == nil {
			t.Outlived = e.Refuses(c.Raw)
			t.Lives, t.Err = e.Opens(ctx, c.Raw)
		}
	}
	return nil
}

// readable returns a step, nil for number 0 and for one that cannot be read.
func readable(ctx context.Context, b *lab.Bench, n int) (*step.Step, error) {
	if n == 0 {
		return nil, nil
	}
	s, err := b.Step(ctx, n)
	if err != nil || s.Broken != "" {
		return nil, err
	}
	return s, nil
}

func tryCookie(ctx context.Context, e lab.Examiner, t *Trial) {
	if r := t.Last.After.Record; r != nil {
		t.Stored = len(r.Raw)
	}
	c := t.Last.After.Cookie
	if c == nil {
		return
	}
	t.Wire = c.Size()
	t.Readable, t.Refused = e.Readable(c.Raw), e.Refuses(c.Raw)
	t.Believed, t.Err = e.Opens(ctx, altered(c.Raw))
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
