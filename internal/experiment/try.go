package experiment

import (
	_ "embed"
	"encoding/base32"
	"iter"
	"math/big"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session/flask"
)

const (
	// mostGuesses is how many ids an act may try.
	mostGuesses = 10_000

	// After so many guesses the store is left to others for a moment. Thirty runs of a
	// thousand guesses each take some six seconds by it, and leave another bench's slowest
	// steps about as fast as they are alone: BenchmarkBesideGuessing of package handlers.
	guessesInARow = 20
	guessPause    = 3 * time.Millisecond
)

// keyWords are words that people take for a key, the commonest first, one a line.
//
//go:embed keywords.txt
var keyWords string

// try tries something without a request, and notes how fast that went, but for pauses.
func (s *stage) try(a Act) error {
	own, err := s.cookie(s.browsers[a.By])
	if err != nil {
		return err
	}
	o, start := s.saw(a.ID), time.Now()
	var paused time.Duration
	if a.Try == TryGuess {
		paused, err = s.guess(o, own, a.Count)
	} else {
		s.crack(o, own)
	}
	if took := time.Since(start) - paused; took > 0 {
		o.PerSecond = int(float64(o.Tried) / took.Seconds())
	}
	return err
}

// guess tries ids near one's own against the app's own store, the nearest first, until
// one opens a session. It tells only whether there is one: that is what a request would.
// It returns how long it left the store to others.
func (s *stage) guess(o *Observed, own string, count int) (paused time.Duration, err error) {
	set := s.bench.Settings()
	app, err := s.bench.Examiner(set.Mechanism, set.Store)
	if err != nil {
		return 0, err
	}
	for id := range near(own, count) {
		if o.Tried%guessesInARow == 0 {
			began := time.Now()
			if err := s.pause(); err != nil {
				return paused, err
			}
			paused += time.Since(began)
		}
		opens, err := app.Opens(s.ctx, id)
		if err != nil {
			return paused, err
		}
		o.Tried++
		if opens {
			o.Found = id
			break
		}
	}
	return paused, nil
}

// pause waits for guessPause, or until the run is broken off, which is an error.
func (s *stage) pause() error {
	wait := time.NewTimer(guessPause)
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-s.ctx.Done():
		return s.ctx.Err()
	}
}

// near returns so many ids near one: as if ids were numbers, in turn below it and above
// it. Of what is no id there are none.
func near(id string, count int) iter.Seq[string] {
	return func(yield func(string) bool) {
		own, err := base32.StdEncoding.DecodeString(id)
		if err != nil || len(own) == 0 {
			return
		}
		number := new(big.Int).SetBytes(own)
		all := new(big.Int).Lsh(big.NewInt(1), uint(8*len(own)))
		for i := range count {
			away := int64(i/2 + 1)
			if i%2 == 0 {
				away = -away
			}
			other := new(big.Int).Add(number, big.NewInt(away))
			other.Mod(other, all)
			if !yield(base32.StdEncoding.EncodeToString(other.FillBytes(make([]byte, len(own))))) {
				return
			}
		}
	}
}

// anyAge is older than any cookie of a run is.
const anyAge = 400 * 24 * time.Hour

// crack tries words as the key of a cookie that Flask signed.
func (s *stage) crack(o *Observed, own string) {
	now := s.signingTime()
	for word := range strings.FieldsSeq(keyWords) {
		o.Tried++
		codec := flask.Codec{Keys: [][]byte{[]byte(word)}, MaxAge: anyAge, Now: func() time.Time { return now }}
		if _, err := codec.Decode(own); err == nil {
			o.Found = word
			return
		}
	}
}

// signingTime is when a cookie of the app is signed now: later than the clock says where
// the app has come back to its mechanism within a second.
func (s *stage) signingTime() time.Time {
	now, set := s.bench.Clock().Now, s.bench.Settings()
	if since := set.Since(); since.After(now) {
		return since
	}
	return now
}

// forge signs values with a key that was found, as Flask would, and puts the cookie into
// the browser.
func (s *stage) forge(a Act) error {
	key := s.saw(a.What).Found
	if key == "" {
		return nil
	}
	values := make(map[string]any, len(a.Form))
	for name, value := range a.Form {
		values[name] = value
	}
	now := s.signingTime()
	codec := flask.Codec{Keys: [][]byte{[]byte(key)}, Now: func() time.Time { return now }}
	value, err := codec.Encode(values)
	if err != nil {
		return err
	}
	s.saw(a.ID).Text = step.CookieName + "=" + value
	return s.edit(s.browsers[a.By], value)
}
