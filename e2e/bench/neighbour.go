package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"
)

// A neighbour says how long steps take on benches that are alone with the server, and
// beside one that restarts its server and sends requests without a pause. The limits that
// guard a bench are on.
type neighbour struct {
	Alone   float64 `json:"alone_p99_ms"` // medians of the rounds
	Beside  float64 `json:"beside_p99_ms"`
	OfAlone float64 `json:"of_alone"` // the median of their ratios, round by round
	Loud    int     `json:"loud"`     // how many requests the loud bench sent
}

func measureNeighbour(ctx context.Context, product, dir string) (*neighbour, error) {
	progress("a quiet bench beside a loud one")
	s, err := launch(ctx, exec.Command(product, "--addr=127.0.0.1:0", "--data="+filepath.Join(dir, "neighbour")), serverCPU)
	if err != nil {
		return nil, fmt.Errorf("neighbour: %w", err)
	}
	defer s.stop()
	quiet, err := benches(connections)(s)
	if err != nil {
		return nil, fmt.Errorf("neighbour: %w", err)
	}
	loud, err := virtualBenches(1)(s)
	if err != nil {
		return nil, fmt.Errorf("neighbour: %w", err)
	}
	// So many steps that a dozen, not the slowest three, say what 99 of 100 do not exceed.
	// They go round the benches, so that no limit stops the quiet ones.
	const rounds, each = 11, 20 * connections
	n := new(neighbour)
	var alone, beside, ratios []float64
	for range rounds {
		a, err := p99(s, quiet, each)
		if err != nil {
			return nil, fmt.Errorf("neighbour: alone: %w", err)
		}
		stop, sent := new(atomic.Bool), make(chan error, 1)
		go func() { sent <- n.shout(s, loud[0], stop) }()
		b, err := p99(s, quiet, each)
		stop.Store(true)
		if err := errors.Join(err, <-sent); err != nil {
			return nil, fmt.Errorf("neighbour: beside: %w", err)
		}
		alone, beside, ratios = append(alone, a), append(beside, b), append(ratios, b/a)
	}
	n.Alone, n.Beside, n.OfAlone = median(alone), median(beside), median(ratios)
	return n, nil
}

// p99 takes steps one after another, and returns what 99 of 100 did not exceed, in
// milliseconds.
func p99(s *server, targets []*target, steps int) (float64, error) {
	w := worker{client: client{addr: s.addr, deadline: time.Now().Add(patience)}, targets: targets}
	defer w.client.close()
	if err := w.work(time.Time{}, steps); err != nil {
		return 0, err
	}
	slices.Sort(w.latencies)
	return burst{latencies: w.latencies}.quantile(0.99), nil
}

// shout restarts the server of a bench and sends a thousand requests, over and over.
func (n *neighbour) shout(s *server, t *target, stop *atomic.Bool) error {
	c := client{addr: s.addr, deadline: time.Now().Add(patience)}
	defer c.close()
	for i := 0; !stop.Load(); i++ {
		path, form := t.path, "op=set&key=n&value=1"
		if i%1000 == 0 {
			path, form = "/en/lab/server", "do=restart"
		}
		a, err := c.ask(path, t.cookie, []byte(form))
		if err != nil {
			return err
		}
		if a.status != http.StatusOK && a.status != http.StatusTooManyRequests {
			return fmt.Errorf("the loud bench was answered with %d: %.300q", a.status, a.body)
		}
		n.Loud++
	}
	return nil
}
