package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// startRuns is how many times each start is measured.
const startRuns = 20

// A start is how long it takes from exec to the first answer.
type start struct {
	Name   string  `json:"name"`
	Median float64 `json:"median_ms"`
	Least  float64 `json:"least_ms"`
}

// measureStarts measures the contenders that are servers of a kind of their own,
// with whatever files their last run left.
func measureStarts(ctx context.Context, all []contender) ([]start, error) {
	var list []start
	for _, c := range all {
		path := "/"
		switch c.name {
		case limitName, "flask":
		case productName:
			path = "/en/lab"
		default:
			continue
		}
		progress("starting %s", c.name)
		took := make([]float64, startRuns)
		for i := range took {
			one, err := startTime(ctx, c, path)
			if err != nil {
				return nil, fmt.Errorf("start of %s: %w", c.name, err)
			}
			took[i] = float64(one) / float64(time.Millisecond)
		}
		list = append(list, start{c.name, median(took), slices.Min(took)})
	}
	return list, nil
}

// startTime starts a contender on either CPU and asks for a page.
func startTime(ctx context.Context, c contender, path string) (time.Duration, error) {
	begin := time.Now()
	s, err := c.start(ctx, serverCPU, loadCPU)
	if err != nil {
		return 0, err
	}
	defer s.stop()
	k := client{addr: s.addr, deadline: begin.Add(patience)}
	defer k.close()
	a, err := k.ask(path, nil, nil)
	if err == nil && a.status != http.StatusOK {
		err = fmt.Errorf("%s: status %d", path, a.status)
	}
	return time.Since(begin), err
}
