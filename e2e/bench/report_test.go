package main

import (
	"strings"
	"testing"
	"time"
)

func TestMedianIsTheMiddle(t *testing.T) {
	for _, tt := range []struct {
		all  []float64
		want float64
	}{
		{[]float64{3}, 3},
		{[]float64{9, 1, 5}, 5},
		{[]float64{4, 1, 9, 2}, 3},
	} {
		if got := median(tt.all); got != tt.want {
			t.Errorf("median(%v) = %v; want %v", tt.all, got, tt.want)
		}
	}
}

// bursts are rounds with so many steps in a second each.
func bursts(steps ...int) []burst {
	all := make([]burst, len(steps))
	for i, n := range steps {
		all[i] = burst{steps: n, took: time.Second, cpu: time.Second, latencies: []time.Duration{time.Millisecond}}
	}
	return all
}

func TestRatiosAreTakenRoundByRound(t *testing.T) {
	limit := &result{bursts: bursts(1000, 100, 10)} // on a machine that slows down
	r := result{Name: "memory", bursts: bursts(800, 80, 8)}
	r.sum(limit)
	if r.OfLimit != 0.8 || r.Rate != 80 || r.Steps != 888 {
		t.Errorf("ratio %v, rate %v, %d steps; want 0.8, 80, 888", r.OfLimit, r.Rate, r.Steps)
	}
}

func TestAGoalIsReachedOrNot(t *testing.T) {
	load := []result{
		{Name: "memory", OfLimit: 0.75, bursts: bursts(300)},
		{Name: "scs", bursts: bursts(101)},
		{Name: productName, OfCPU: 0.124},
		{Name: stepPageName, OfCPU: 0.03},
	}
	r := &report{Load: load, Starts: []start{{Name: limitName, Median: 10}, {Name: productName, Median: 25}}, Growth: []growth{{OfFirst: 1}, {OfFirst: 1.2}}}
	want := map[string]bool{
		"memory, of the limit": true, "memory, times scs": false, "recorded step, times the limit's CPU": false, "page of a step, times the limit's CPU": true,
		"exec to the first 200, times the limit's": true, "0 benches of 0 steps, times the first cost": false,
	}
	r.Goals = goals(r)
	if len(r.Goals) != len(want) {
		t.Errorf("goals = %+v; want %d", r.Goals, len(want))
	}
	for _, g := range r.Goals {
		if g.Reached != want[g.What] {
			t.Errorf("%s with %v is reached: %v", g.What, g.Got, g.Reached)
		}
	}
	if text := r.markdown(); strings.Count(text, "**short**") != 3 {
		t.Errorf("the report does not name 3 goals as short:\n%s", text)
	}
}
