package main

import (
	"fmt"
	"strings"
)

// A goal is what is to be reached, and what was.
type goal struct {
	ID      string  `json:"id"`
	What    string  `json:"what"`
	Want    float64 `json:"want"`
	Got     float64 `json:"got"`
	ByCPU   float64 `json:"by_cpu,omitempty"` // the same by the server's CPU time, which a busy machine disturbs less
	Most    bool    `json:"most,omitempty"`   // Want is not to be exceeded
	Reached bool    `json:"reached"`
}

// goals compares what was measured with what is to be reached.
func goals(r *report) []goal {
	var all []goal
	atLeast := func(id, what string, want, got, byCPU float64) {
		all = append(all, goal{ID: id, What: what, Want: want, Got: got, ByCPU: byCPU, Reached: got >= want})
	}
	atMost := func(id, what string, want, got float64) {
		all = append(all, goal{ID: id, What: what, Want: want, Got: got, Most: true, Reached: got <= want})
	}
	by := make(map[string]*result)
	for i := range r.Load {
		by[r.Load[i].Name] = &r.Load[i]
	}
	times := func(id, name, peer string, want float64) {
		if a, b := by[name], by[peer]; a != nil && b != nil {
			atLeast(id, name+", times "+peer, want, ratio(a, b, burst.rate), ratio(b, a, burst.cpuStep))
		}
	}
	ofLimit := func(id, name string, want float64) {
		if a := by[name]; a != nil {
			atLeast(id, name+", of the limit", want, a.OfLimit, a.OfCPU)
		}
	}
	ofLimit("SP-1", "memory", 0.75)
	times("SP-1", "memory", "scs", 3)
	times("SP-1", "memory", "flask", 25)
	ofLimit("SP-2", "sqlite", 0.35)
	ofLimit("SP-3", "redis", 0.25)
	costs := func(id, name, what string, want float64) {
		if a := by[name]; a != nil {
			atMost(id, what+", times the limit's CPU", want, 1/a.OfCPU)
		}
	}
	costs("SP-4", productName, "recorded step", 8)
	costs("SP-5", stepPageName, "page of a step", 35)
	times("SP-4", productName, "flask-set", 3)
	if p, v := by[productName], by[virtualName]; p != nil && v != nil {
		atMost("BR-1", "CPU of a virtual browser's step, times that of a client's", 1.3, ratio(v, p, burst.cpuStep))
	}
	if n := r.Beside; n != nil {
		atMost("BR-2", "p99 of a step beside a bench that restarts and sends without a pause, times that alone", 1.2, n.OfAlone)
	}
	starts := make(map[string]float64)
	for _, s := range r.Starts {
		starts[s.Name] = s.Median
	}
	if p, l := starts[productName], starts[limitName]; p > 0 && l > 0 {
		atMost("SP-7", "exec to the first 200, times the limit's", 2.5, p/l)
	}
	for _, g := range r.Growth[min(1, len(r.Growth)):] {
		atMost("SP-11", fmt.Sprintf("%d benches of %d steps, times the first cost", g.Benches, g.Steps), 1.10, g.OfFirst)
	}
	return all
}

// ratio is the median, over the rounds, of what f says of a by what it says of b.
func ratio(a, b *result, f func(burst) float64) float64 {
	all := make([]float64, len(a.bursts))
	for i := range all {
		all[i] = f(a.bursts[i]) / f(b.bursts[i])
	}
	return median(all)
}

// markdown writes the report as tables.
func (r *report) markdown() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("| contender | | steps/s | of the limit | CPU µs/step | of the limit, by CPU | p50 ms | p99 ms |")
	line("|---|---|---:|---:|---:|---:|---:|---:|")
	for _, s := range r.Load {
		line("| %s | %s | %.0f | %.2f | %.1f | %.2f | %.2f | %.2f |", s.Name, s.What, s.Rate, s.OfLimit, s.CPU, s.OfCPU, s.P50, s.P99)
	}
	if len(r.Growth) > 0 {
		line("\n| benches | steps each | CPU µs/step | of the first |")
		line("|---:|---:|---:|---:|")
		for _, g := range r.Growth {
			line("| %d | %d | %.1f | %.2f |", g.Benches, g.Steps, g.CPU, g.OfFirst)
		}
	}
	if n := r.Beside; n != nil {
		line("\n| p99 of a step, ms | alone | beside a loud bench | of alone | its requests |")
		line("|---|---:|---:|---:|---:|")
		line("| | %.2f | %.2f | %.2f | %d |", n.Alone, n.Beside, n.OfAlone, n.Loud)
	}
	if len(r.Starts) > 0 {
		line("\n| exec to the first 200 | median ms | least ms |")
		line("|---|---:|---:|")
		for _, s := range r.Starts {
			line("| %s | %.1f | %.1f |", s.Name, s.Median, s.Least)
		}
	}
	line("\n| goal | | to reach | measured | by CPU time | |")
	line("|---|---|---:|---:|---:|---|")
	for _, g := range r.Goals {
		sign, verdict := "≥", "reached"
		if g.Most {
			sign = "≤"
		}
		if !g.Reached {
			verdict = "**short**"
		}
		byCPU := ""
		if g.ByCPU > 0 {
			byCPU = fmt.Sprintf("%.4g", g.ByCPU)
		}
		line("| %s | %s | %s %g | %.4g | %s | %s |", g.ID, g.What, sign, g.Want, g.Got, byCPU, verdict)
	}
	for _, n := range r.Notes {
		line("\n%s", n)
	}
	return b.String()
}
