package redisbackend

import (
	"context"
	"errors"
	"time"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/redisbackend/redisconn"
)

// system is what traces call a store that this package keeps.
const system = "redis"

// run runs f as [redisconn.Do] does. The trace of ctx is told, on the caller's
// goroutine, of the commands that f ran.
func run[T any](ctx context.Context, conn *redisconn.Conn, f func(*call) (T, error)) (T, error) {
	trace := session.ContextTrace(ctx)
	type outcome struct {
		result T
		told   []session.QueryInfo
		err    error
	}
	done, err := redisconn.Do(ctx, conn, func(client rueidis.Client) (o outcome, err error) {
		c := call{conn: client, watched: trace != nil && trace.Query != nil}
		o.result, o.err = f(&c)
		o.told = c.told
		return o, nil
	})
	for _, info := range done.told {
		trace.Query(info)
	}
	var away *redisconn.DialError
	switch {
	case errors.As(err, &away):
		err = fault(away.Err)
	case err == nil:
		err = done.err
	}
	return done.result, err
}

// A call is one operation of a Backend under way: it runs commands, and notes
// them if somebody watches.
type call struct {
	conn    rueidis.Client
	watched bool
	told    []session.QueryInfo
}

// do runs one command. What follows is shown after it.
func (c *call) do(cmd rueidis.Completed, follows string) rueidis.RedisResult {
	if !c.watched {
		return c.conn.Do(context.Background(), cmd)
	}
	text := commandLine(cmd.Commands()) + follows
	start := time.Now()
	res := c.conn.Do(context.Background(), cmd)
	c.told = append(c.told, session.QueryInfo{System: system, Text: text, Took: time.Since(start), Err: res.Error()})
	return res
}

// all runs several commands at once.
func (c *call) all(cmds []rueidis.Completed) []rueidis.RedisResult {
	if !c.watched {
		return c.conn.DoMulti(context.Background(), cmds...)
	}
	texts := make([]string, len(cmds))
	for i, cmd := range cmds {
		texts[i] = commandLine(cmd.Commands())
	}
	start := time.Now()
	results := c.conn.DoMulti(context.Background(), cmds...)
	took := time.Since(start)
	for i, res := range results {
		c.told = append(c.told, session.QueryInfo{System: system, Text: texts[i], Took: took, Err: res.Error()})
	}
	return results
}

// rows notes how many records the last command found or changed. The index is no
// record: the commands that keep it have none.
func (c *call) rows(n int64) {
	if c.watched {
		c.told[len(c.told)-1].Rows = n
	}
}
