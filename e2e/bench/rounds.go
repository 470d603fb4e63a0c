package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// warmUp is how many seconds of load go before those that are measured.
const warmUp = 0.2

// A result is what was measured of a contender: medians of the rounds.
type result struct {
	Name    string  `json:"name"`
	What    string  `json:"what"`
	Rate    float64 `json:"steps_per_second"`
	OfLimit float64 `json:"of_limit"`     // by steps per second
	CPU     float64 `json:"cpu_us"`       // of the server, microseconds a step
	OfCPU   float64 `json:"of_limit_cpu"` // the limit's CPU time a step, by this one's
	P50     float64 `json:"p50_ms"`
	P99     float64 `json:"p99_ms"`
	Steps   int     `json:"steps"` // in all; each was answered right

	Rates []float64 `json:"steps_per_second_by_round"`
	CPUs  []float64 `json:"cpu_us_by_round"`

	bursts []burst
}

// rounds measures all contenders in turns. The first is the limit.
func rounds(ctx context.Context, cfg config, all []contender) ([]result, error) {
	results := make([]result, len(all))
	servers := make([]*server, len(all))
	targets := make([][]*target, len(all))
	defer func() {
		for _, s := range servers {
			if s != nil {
				s.stop()
			}
		}
	}()
	for i, c := range all {
		var err error
		results[i] = result{Name: c.name, What: c.what}
		if servers[i], err = startProfiled(ctx, cfg, c); err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		if targets[i], err = c.aim(servers[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
	}
	for round := range cfg.rounds {
		progress("round %d of %d", round+1, cfg.rounds)
		for n := range all {
			i := (n + round) % len(all) // whoever is first one time is last another
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			b, err := measured(servers[i], targets[i], cfg.seconds)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", all[i].name, err)
			}
			results[i].bursts = append(results[i].bursts, b)
		}
	}
	for i := range results {
		for _, t := range targets[i] {
			if err := t.check(servers[i]); err != nil {
				return nil, fmt.Errorf("%s: %w", all[i].name, err)
			}
		}
		results[i].sum(&results[0])
	}
	return results, nil
}

// startProfiled starts a contender on its CPU. Those that are this program write
// a profile, if one is wanted.
func startProfiled(ctx context.Context, cfg config, c contender) (*server, error) {
	if cfg.profile != "" {
		dir, err := filepath.Abs(cfg.profile)
		if err != nil {
			return nil, err
		}
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, err
		}
		if err := os.Setenv(profileEnv, filepath.Join(dir, c.name+".prof")); err != nil {
			return nil, err
		}
		defer os.Unsetenv(profileEnv)
	}
	return c.start(ctx, serverCPU)
}

// measured is one burst of load, after a short one that does not count.
func measured(s *server, targets []*target, seconds float64) (burst, error) {
	if _, err := load(s, targets, warmUp, 0); err != nil {
		return burst{}, err
	}
	return load(s, targets, seconds, 0)
}

// sum takes the medians of the bursts, and of their ratios to the limit's of the
// same round.
func (r *result) sum(limit *result) {
	of := func(f func(burst) float64) float64 {
		all := make([]float64, len(r.bursts))
		for i, b := range r.bursts {
			all[i] = f(b)
		}
		return median(all)
	}
	r.Rate, r.OfLimit = of(burst.rate), ratio(r, limit, burst.rate)
	r.CPU, r.OfCPU = of(burst.cpuStep), ratio(limit, r, burst.cpuStep)
	r.P50 = of(func(b burst) float64 { return b.quantile(0.50) })
	r.P99 = of(func(b burst) float64 { return b.quantile(0.99) })
	for _, b := range r.bursts {
		r.Steps += b.steps
		r.Rates, r.CPUs = append(r.Rates, b.rate()), append(r.CPUs, b.cpuStep())
	}
}

// rate is steps a second.
func (b burst) rate() float64 { return float64(b.steps) / b.took.Seconds() }

// cpuStep is what a step cost the server, in microseconds of CPU time.
func (b burst) cpuStep() float64 {
	return float64(b.cpu) / float64(time.Microsecond) / float64(b.steps)
}

// quantile is the latency, in milliseconds, that a share of the steps did not
// exceed.
func (b burst) quantile(share float64) float64 {
	at := b.latencies[int(share*float64(len(b.latencies)-1))]
	return float64(at) / float64(time.Millisecond)
}

func median(all []float64) float64 {
	s := slices.Sorted(slices.Values(all))
	if n := len(s); n%2 == 0 {
		return (s[n/2-1] + s[n/2]) / 2
	}
	return s[len(s)/2]
}
