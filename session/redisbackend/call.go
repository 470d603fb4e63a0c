package redisbackend

import (
	"context"
	"time"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/session"
)

// system is what traces call a store that this package keeps.
const system = "redis"

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

// rows notes how many records the last command found or changed.
func (c *call) rows(n int64) {
	if c.watched {
		c.told[len(c.told)-1].Rows = n
	}
}
