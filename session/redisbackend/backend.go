package redisbackend

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/redisbackend/redisconn"
)

// A Backend is a [session.Backend] and a [session.Ranger] that keeps its records
// in Redis. [Open] makes one; its methods may be called concurrently.
//
// Once a context is done, a method returns at once, whatever the server does; a
// command that is already on its way may still be run then.
type Backend struct {
	conn *redisconn.Conn
}

var (
	_ session.Backend = (*Backend)(nil)
	_ session.Ranger  = (*Backend)(nil)
)

// Load implements [session.Backend]. What is not a session is an [ErrUnreadable].
func (b *Backend) Load(ctx context.Context, key string, now time.Time) (session.Record, error) {
	rec, err := run(ctx, b.conn, func(c *call) (session.Record, error) {
		rec, err := recordOf(c.do(c.conn.B().Hgetall().Key(key).Build(), ""))
		if err == nil {
			c.rows(1)
		}
		if errors.Is(err, ErrUnreadable) && rec.Values == nil { // perhaps a text
			rec.Values, _ = c.do(c.conn.B().Get().Key(key).Build(), "").AsBytes()
		}
		return rec, err
	})
	if err == nil && !rec.Live(now) {
		return session.Record{}, session.Expired(rec)
	}
	return rec, err
}

// Save implements [session.Backend]. The server keeps the record until real time has
// passed its Expires, however far ahead the caller's clock is.
func (b *Backend) Save(ctx context.Context, key string, rec session.Record, now time.Time) error {
	values := len(rec.Values)
	fields := fieldsOf(rec, rec.Version+1) // copies the values, which the caller may change later
	_, err := run(ctx, b.conn, func(c *call) (struct{}, error) {
		clock := passed(now)
		left := rec.Expires.UnixMilli() - clock.UnixMilli()
		args := append([]string{strconv.FormatInt(rec.Version, 10), milliseconds(now), strconv.FormatInt(left, 10)}, fields...)
		answer, err := c.run(saveScript, []string{key}, args...).ToArray()
		switch {
		case err != nil:
			return struct{}{}, fault(err)
		case len(answer) < 3:
			return struct{}{}, session.ErrConflict
		}
		c.rows(1)
		expires, _ := answer[1].AsInt64()
		size, _ := answer[2].AsInt64()
		if rec.Version == 0 || second(expires) != second(rec.Expires.UnixMilli()) || size != int64(values) {
			c.note(clock, key, rec.Expires, values)
		}
		return struct{}{}, nil
	})
	return err
}

// Delete implements [session.Backend].
func (b *Backend) Delete(ctx context.Context, key string, version int64) error {
	_, err := run(ctx, b.conn, func(c *call) (struct{}, error) {
		var removed int64
		var err error
		if version == 0 {
			removed, err = c.do(c.conn.B().Del().Key(key).Build(), "").AsInt64()
		} else {
			removed, err = c.run(deleteScript, []string{key}, strconv.FormatInt(version, 10)).AsInt64()
		}
		if err != nil {
			return struct{}{}, fault(err)
		}
		c.rows(removed)
		if removed > 0 {
			c.forget(time.Time{}, key)
		} else if version != 0 {
			return struct{}{}, session.ErrConflict
		}
		return struct{}{}, nil
	})
	return err
}

// TTL returns how long the server will go on keeping what is stored under key, to
// the millisecond: a negative duration if forever, as nothing that this package
// stores; an error that is [session.ErrNotFound] if there is nothing. The server
// tells it by its own clock.
func (b *Backend) TTL(ctx context.Context, key string) (time.Duration, error) {
	ms, err := run(ctx, b.conn, func(c *call) (int64, error) {
		ms, err := c.do(c.conn.B().Pttl().Key(key).Build(), "").AsInt64()
		if err != nil {
			return 0, fault(err)
		}
		if ms == -2 {
			return 0, session.ErrNotFound
		}
		c.rows(1)
		return ms, nil
	})
	return time.Duration(ms) * time.Millisecond, err
}

// Footprint returns how many bytes of its memory the server says that what is
// stored under key takes: the values, the other fields, the key and what Redis
// needs to find them. It is an error that is [session.ErrNotFound] if there is
// nothing.
func (b *Backend) Footprint(ctx context.Context, key string) (int64, error) {
	return run(ctx, b.conn, func(c *call) (int64, error) {
		bytes, err := c.do(c.conn.B().MemoryUsage().Key(key).Samples(0).Build(), "").AsInt64()
		switch {
		case rueidis.IsRedisNil(err):
			return 0, session.ErrNotFound
		case err != nil:
			return 0, fault(err)
		}
		c.rows(1)
		return bytes, nil
	})
}

// Ping returns nil if the server answers, and otherwise why it does not.
func (b *Backend) Ping(ctx context.Context) error {
	_, err := run(ctx, b.conn, func(c *call) (string, error) {
		pong, err := c.do(c.conn.B().Ping().Build(), "").ToString()
		if err != nil {
			return "", fault(err)
		}
		return pong, nil
	})
	return err
}

// Close ends the connections, and waits for the methods under way, which fail.
// Later calls of any method fail too.
func (b *Backend) Close() error { return b.conn.Close() }
