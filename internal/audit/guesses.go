package audit

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/sessionlab/sessionlab/internal/step"
)

const (
	mostGuesses = 20          // unknown ids that a bench takes in a period
	period      = time.Minute // between lines in the log
	mostNamed   = 10          // ids in one line
)

// Guesses watches for guessed ids of sessions, bench by bench: a class behind one
// address is no attack. It observes steps, and is safe for concurrent use.
type Guesses struct {
	log  *slog.Logger
	hash Hash
	now  func() time.Time

	mu      sync.Mutex
	benches map[string]*guessed
}

// guessed is what came to one bench since it was last told.
type guessed struct {
	pace    *rate.Limiter // of ids that are served
	served  []string      // their hashes, each once
	refused int           // requests
}

// NewGuesses returns Guesses that has seen none.
func NewGuesses(log *slog.Logger, hash Hash, now func() time.Time) *Guesses {
	return &Guesses{log: log, hash: hash, now: now, benches: make(map[string]*guessed)}
}

// Recorded implements lab.Observer. The owner of a bench may try what they like.
func (g *Guesses) Recorded(bench string, s *step.Step, _ error) {
	if s.Client == step.ClientBrowser || s.Client == step.ClientVirtual || !unknown(s) {
		return
	}
	id := g.hash.Of(claimed(s))
	g.mu.Lock()
	defer g.mu.Unlock()
	b := g.of(bench)
	if slices.Contains(b.served, id) {
		return
	}
	b.served = append(b.served, id)
	b.pace.ReserveN(g.now(), 1)
}

// unknown reports whether a step's cookie leads nowhere and was not seen to be given
// to its client.
func unknown(s *step.Step) bool {
	if s.Before.Cookie == nil || s.Before.Cookie.Attributes != nil {
		return false
	}
	return slices.ContainsFunc(s.Events, func(e step.Event) bool {
		return e.Kind == step.SignatureInvalid || e.Kind == step.LoadMissing && e.Why != step.WhyExpired
	})
}

// Wait returns how long the next unknown id on a bench has to wait; 0 if it need not.
func (g *Guesses) Wait(bench string) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	b := g.benches[bench]
	if b == nil {
		return 0
	}
	short := 1 - b.pace.TokensAt(g.now())
	wait := time.Duration(short / float64(b.pace.Limit()) * float64(time.Second))
	return max(0, wait.Truncate(time.Millisecond)) // a token counts as whole when nearly so
}

// Refuse counts a request that was told to wait.
func (g *Guesses) Refuse(bench string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.of(bench).refused++
}

// of returns what came to a bench. The caller holds the lock.
func (g *Guesses) of(bench string) *guessed {
	b := g.benches[bench]
	if b == nil {
		b = &guessed{pace: rate.NewLimiter(mostGuesses/rate.Limit(period.Seconds()), mostGuesses)}
		g.benches[bench] = b
	}
	return b
}

// Run has the log told once a minute until ctx is done, and of the rest then.
func (g *Guesses) Run(ctx context.Context) error {
	tick := time.NewTicker(period)
	defer tick.Stop()
	defer g.Tell()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			g.Tell()
		}
	}
}

// Tell writes one line for each bench that was guessed at since it was last called,
// and forgets the others.
func (g *Guesses) Tell() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for bench, b := range g.benches {
		if b.refused > 0 || len(b.served) > mostGuesses {
			g.log.Warn("unknown session ids", "bench", g.hash.Of(bench),
				"served", len(b.served), "refused", b.refused, "ids", b.served[:min(len(b.served), mostNamed)])
		}
		b.served, b.refused = nil, 0
		if b.pace.TokensAt(g.now()) >= mostGuesses {
			delete(g.benches, bench)
		}
	}
}
