package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/sessionlab/sessionlab/session/sqlbackend"
)

// A group is one connection that all writes share, and those small reads that
// come while it does not write. It needs no goroutine of its own: a caller that
// finds nobody leading leads, and runs the functions of all callers that have
// queued up by then, reads in one transaction and writes in another. Who comes
// meanwhile waits, and one of them leads next.
//
// What makes this worth while is that a transaction costs several times what the
// statements in it do, and that a connection has to read its pages again after
// another one has written.
type group struct {
	conn    *conn         // the leader's
	timeout time.Duration // of the wait for the file's lock

	mu      sync.Mutex
	leader  *call // nil if nobody waits and nothing runs
	writing bool  // the leader writes, or waits for the file's lock
	reads   []*call
	writes  []*call // a leader that writes is the first
}

// A call is a function that waits to be run.
type call struct {
	f     func(sqlbackend.Conn) error
	write bool
	err   error
	wake  chan bool // receives once: whether it must lead now, or else is done
}

// errWriting tells that a read would have to wait for a write.
var errWriting = errors.New("sqlite: writing")

// do runs f, alone or with others.
func (g *group) do(ctx context.Context, write bool, f func(sqlbackend.Conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c := &call{f: f, write: write, wake: make(chan bool, 1)}
	lead, err := g.join(c)
	if err != nil {
		return err
	}
	if !lead {
		select {
		case lead = <-c.wake:
		case <-ctx.Done():
			g.leave(c)
			return ctx.Err()
		}
	}
	if lead && !g.lead(ctx, c) {
		g.leave(c)
		return fmt.Errorf("%w: %w", ErrBusy, ctx.Err()) // which it waited for
	}
	if p, ok := c.err.(panicked); ok {
		panic(p.value)
	}
	return c.err
}

// join queues c up, and reports whether it leads.
func (g *group) join(c *call) (lead bool, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case c.write:
		g.writes = append(g.writes, c)
	case g.writing:
		return false, errWriting
	default:
		g.reads = append(g.reads, c)
	}
	if g.leader == nil {
		g.leader = c
	}
	return g.leader == c, nil
}

// leave takes c, whose context has ended, out of its queue, unless it is being
// run. If c is the leader, or has just been told to lead, the next leads.
func (g *group) leave(c *call) {
	is := func(other *call) bool { return other == c }
	g.mu.Lock()
	defer g.mu.Unlock()
	g.reads = slices.DeleteFunc(g.reads, is)
	g.writes = slices.DeleteFunc(g.writes, is)
	if g.leader == c {
		g.pass()
	}
}

// pass ends the lead of the caller, who holds g.mu.
func (g *group) pass() {
	g.leader, g.writing = nil, false
	switch {
	case len(g.writes) > 0:
		g.leader = g.writes[0]
	case len(g.reads) > 0:
		g.leader = g.reads[0]
	default:
		return
	}
	g.leader.wake <- true
}

// run runs c.f. Its panic must not end the goroutine of the leader, but its own.
func (c *call) run(conn *conn) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = panicked{v}
		}
	}()
	return c.f(conn)
}

// panicked is the error of a function that panicked.
type panicked struct{ value any }

func (panicked) Error() string { return "sqlite: panic in a transaction" }
