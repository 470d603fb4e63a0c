package main

import (
	"context"
	"fmt"
	"path/filepath"
)

const (
	fewBenches = connections
	fewSteps   = 100
	tenfold    = 10
)

// A growth is what a step costs when there are so many benches with so many
// steps each.
type growth struct {
	Benches int     `json:"benches"`
	Steps   int     `json:"steps"`
	CPU     float64 `json:"cpu_us"`   // of the server, microseconds a step
	OfFirst float64 `json:"of_first"` // the median of its ratios to the first row's, round by round

	server  *server
	targets []*target
	costs   []float64
}

// measureGrowth measures the cost of a step at first, with ten times as many
// benches, and with ten times as many steps a bench.
func measureGrowth(ctx context.Context, product, dir string) ([]growth, error) {
	all := []growth{
		{Benches: fewBenches, Steps: fewSteps},
		{Benches: fewBenches * tenfold, Steps: fewSteps},
		{Benches: fewBenches, Steps: fewSteps * tenfold},
	}
	for i := range all {
		g := &all[i]
		progress("filling %d benches with %d steps each", g.Benches, g.Steps)
		err := g.fill(ctx, product, filepath.Join(dir, fmt.Sprint("growth", i)))
		if g.server != nil {
			defer g.server.stop()
		}
		if err != nil {
			return nil, fmt.Errorf("growth: %w", err)
		}
	}
	const rounds, each = 15, 10 // few steps, so that what is measured changes little
	for range rounds {
		for i := range all {
			g := &all[i]
			b, err := load(g.server, g.targets, 0, each)
			if err != nil {
				return nil, fmt.Errorf("growth: %w", err)
			}
			g.costs = append(g.costs, b.cpuStep())
		}
	}
	for i := range all {
		g := &all[i]
		g.CPU = median(g.costs)
		ratios := make([]float64, rounds)
		for j := range ratios {
			ratios[j] = g.costs[j] / all[0].costs[j]
		}
		g.OfFirst = median(ratios)
	}
	return all, nil
}

func (g *growth) fill(ctx context.Context, product, data string) (err error) {
	if g.server, err = startProduct(product, data)(ctx, serverCPU); err != nil {
		return err
	}
	if g.targets, err = benches(g.Benches)(g.server); err != nil {
		return err
	}
	_, err = load(g.server, g.targets, 0, g.Steps*g.Benches/connections)
	return err
}
