package sqlite

import (
	"context"
	"runtime"
)

// lead runs what is queued: reads, and then, if c is a write, writes. It returns
// false if ctx ended before c could be run.
func (g *group) lead(ctx context.Context, c *call) bool {
	runtime.Gosched() // who is about to queue up had better join in

	g.mu.Lock()
	reads := g.reads
	g.reads, g.writing = nil, c.write
	g.mu.Unlock()
	g.read(reads)
	wake(reads, c)

	var writes []*call
	if c.write {
		err := g.begin(ctx.Done())
		if err == errAbandoned {
			return false
		}
		g.mu.Lock()
		writes, g.writes = g.writes, nil
		g.mu.Unlock()
		if err == nil {
			g.write(writes)
		} else {
			fail(writes, err)
		}
	}

	g.mu.Lock()
	g.pass()
	g.mu.Unlock()
	wake(writes, c)
	return true
}

// read runs batch in one transaction, for the sake of speed only.
func (g *group) read(batch []*call) {
	together := false
	if len(batch) > 1 {
		_, err := g.conn.Exec("BEGIN")
		together = err == nil
	}
	for _, c := range batch {
		c.err = c.run(g.conn)
	}
	if together {
		g.conn.Exec("ROLLBACK") // there is nothing to commit
	}
}

// write runs batch in the transaction that has begun, or one by one if that
// fails.
func (g *group) write(batch []*call) {
	if g.finish(batch) == nil || len(batch) == 1 {
		return
	}
	for i := range batch {
		if err := g.begin(nil); err != nil {
			fail(batch[i:], err)
			return
		}
		g.finish(batch[i : i+1])
	}
}

// finish runs batch up to the first error, commits, and sets the errors of batch.
func (g *group) finish(batch []*call) (err error) {
	for _, c := range batch {
		if c.err = c.run(g.conn); c.err != nil {
			g.conn.Exec("ROLLBACK") // SQLite may have done so itself
			return c.err
		}
	}
	if _, err = g.conn.Exec("COMMIT"); err != nil {
		g.conn.Exec("ROLLBACK")
		fail(batch, err)
	}
	return err
}

func fail(batch []*call, err error) {
	for _, c := range batch {
		c.err = err
	}
}

// wake tells the callers of batch that they are done, except the leader.
func wake(batch []*call, leader *call) {
	for _, c := range batch {
		if c != leader {
			c.wake <- false
		}
	}
}
