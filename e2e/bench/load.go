package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// connections is how many clients there are at a time.
const connections = 64

// A target is a session of its own: what is asked for, and what must come back.
type target struct {
	*kind
	path, verify string
	cookie       []byte
	n            int // steps so far
}

// A kind is a way to take a step.
type kind struct {
	step    string                        // the path
	fields  string                        // what a form has before the counter
	form    bool                          // whether it posts the counter, rather than has the server count
	shows   func(body []byte, n int) bool // whether it is the answer to step n
	verify  string                        // the path that shows the last value; "": each step did
	session bool                          // whether a cookie must come
	accept  string                        // header lines that say what is taken; "" for anything
}

// at returns a target below base, which does not end in a slash.
func (k *kind) at(base string) *target {
	t := &target{kind: k, path: base + k.step}
	if k.verify != "" {
		t.verify = base + k.verify
	}
	return t
}

// A burst is what happened in an instant of load.
type burst struct {
	steps     int
	took      time.Duration
	cpu       time.Duration // of the server
	latencies []time.Duration
}

// load has clients take steps, one after another on each connection, until the
// time is over or each has taken so many. Connection i uses the targets i, i+64,
// and so on. Any answer but the right one ends it with an error.
func load(s *server, targets []*target, seconds float64, each int) (burst, error) {
	var b burst
	before, err := cpuTime(s.cmd.Process.Pid)
	if err != nil {
		return b, err
	}
	start := time.Now()
	stop := start.Add(time.Duration(seconds * float64(time.Second)))
	end := stop.Add(patience + time.Duration(each)*patience/100)
	var all [connections]worker
	var wg sync.WaitGroup
	for i := range all {
		w := &all[i]
		w.client = client{addr: s.addr, deadline: end, spins: true}
		for j := i; j < len(targets); j += connections {
			w.targets = append(w.targets, targets[j])
		}
		wg.Go(func() { w.err = w.work(stop, each) })
	}
	wg.Wait()
	b.took = time.Since(start)
	after, err := cpuTime(s.cmd.Process.Pid)
	if err != nil {
		return b, err
	}
	b.cpu = after - before
	var errs []error
	for i := range all {
		all[i].client.close()
		b.latencies = append(b.latencies, all[i].latencies...)
		if all[i].err != nil {
			errs = append(errs, all[i].err)
		}
	}
	b.steps = len(b.latencies)
	slices.Sort(b.latencies)
	if len(errs) > 0 {
		return b, fmt.Errorf("%d of %d clients failed, one with: %w\n%s", len(errs), connections, errs[0], s.output.tail())
	}
	return b, nil
}

// A worker is one client with its sessions.
type worker struct {
	client    client
	targets   []*target
	latencies []time.Duration
	form      []byte
	err       error
}

func (w *worker) work(stop time.Time, each int) error {
	if len(w.targets) == 0 {
		return nil
	}
	now := time.Now()
	for i := 0; each > 0 && i < each || each == 0 && now.Before(stop); i++ {
		if err := w.step(w.targets[i%len(w.targets)]); err != nil {
			return err
		}
		start := now
		now = time.Now()
		w.latencies = append(w.latencies, now.Sub(start))
	}
	return nil
}

// step takes one step and checks that it was one.
func (w *worker) step(t *target) error {
	w.form = w.form[:0]
	if t.form {
		w.form = appendCounter(append(append(w.form, t.fields...), "key=n&value="...), int64(t.n+1))
	}
	w.client.accept = t.accept
	a, err := w.client.ask(t.path, t.cookie, w.form)
	if err != nil {
		return err
	}
	t.n++
	if a.status != http.StatusOK || !t.shows(a.body, t.n) {
		return fmt.Errorf("step %d was answered with %d: %.300q", t.n, a.status, a.body)
	}
	if a.cookie != nil {
		t.cookie = append(t.cookie[:0], a.cookie...)
	}
	if t.session && len(t.cookie) == 0 {
		return errors.New("there is no session")
	}
	return nil
}

// check reads back what the last step of a target left.
func (t *target) check(s *server) error {
	if t.verify == "" || t.n == 0 {
		return nil
	}
	c := client{addr: s.addr, deadline: time.Now().Add(patience)}
	defer c.close()
	a, err := c.ask(t.verify, t.cookie, nil)
	if err != nil {
		return err
	}
	if a.status != http.StatusOK || !bytes.Contains(a.body, resultOf(t.n)) {
		return fmt.Errorf("%s: read back after step %d: status %d: %.300q", t.verify, t.n, a.status, a.body)
	}
	t.n++ // that was a step too
	return nil
}

// resultOf is what a JSON answer says of the counter.
func resultOf(n int) []byte {
	return append(appendCounter([]byte(`"result":"`), int64(n)), '"')
}
