package redisbackend

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// directory is the key of a sorted set of all families that may have sessions.
const directory = "session-index"

// split cuts a key into its family, up to the last colon, and its name in it.
func split(key string) (family, name string) {
	i := strings.LastIndexByte(key, ':') + 1
	return key[:i], key[i:]
}

// indexOf returns the keys of a family's index: a sorted set of names by the
// second in which they expire, and a hash of their bytes. What is between the
// braces, and never empty, keeps the two on one server of a cluster.
func indexOf(family string) []string {
	return []string{expiresOf(family), directory + ":{=" + family + "}:bytes"}
}

func expiresOf(family string) string { return directory + ":{=" + family + "}:expires" }

// second returns the first whole second at which what expires then has expired.
// The index goes by it, so that many saves in one second are one entry to it.
func second(ms int64) int64 { return (ms + 999) / 1000 }

// passed returns the time by which Redis and the index give up what has expired. It
// is real time, so that a caller whose clock is ahead takes nothing from one whose
// clock is not; but the caller's where that is behind, as in tests.
func passed(now time.Time) time.Time {
	if clock := time.Now(); clock.Before(now) {
		return clock
	}
	return now
}

// note tells the index of a session that was saved. That it cannot is no failure
// of the save.
func (c *call) note(clock time.Time, key string, expires time.Time, bytes int) {
	family, name := split(key)
	at := strconv.FormatInt(second(expires.UnixMilli()), 10)
	u, _, err := c.index(clock, family, name, at, strconv.Itoa(bytes))
	if err != nil || u.Sessions > 1 {
		return
	}
	c.do(c.conn.B().Zadd().Key(directory).ScoreMember().ScoreMember(0, family).Build(), "")
}

// forget tells the index of a session that has gone. As in index, clock may be zero.
func (c *call) forget(clock time.Time, key string) {
	family, name := split(key)
	c.index(clock, family, name)
}

// index runs the script of that name for a family, which it rids of what has expired
// by clock, unless that is zero. It returns what the family costs, and how many
// sessions that had expired were still part of that before.
func (c *call) index(clock time.Time, family string, args ...string) (u session.Usage, expired int64, err error) {
	args = append([]string{seconds(clock)}, args...)
	answer, err := c.run(indexScript, indexOf(family), args...).AsIntSlice()
	switch {
	case err != nil:
		return u, 0, fault(err)
	case len(answer) != 3:
		return u, 0, fmt.Errorf("redisbackend: %s answers %v", indexScript.name, answer)
	}
	return session.Usage{Sessions: int(answer[0]), Bytes: max(0, answer[1])}, answer[2], nil
}

// dead returns how much of what a family costs is for sessions that have expired
// at now, but not by the clock that the index goes by.
func (c *call) dead(now time.Time, family string) (u session.Usage, err error) {
	answer, err := c.run(deadScript, indexOf(family), seconds(now)).AsIntSlice()
	switch {
	case err != nil:
		return u, fault(err)
	case len(answer) != 2:
		return u, fmt.Errorf("redisbackend: %s answers %v", deadScript.name, answer)
	}
	return session.Usage{Sessions: int(answer[0]), Bytes: answer[1]}, nil
}

// seconds is a time as the scripts of the index have it, 0 for the zero time.
func seconds(t time.Time) string {
	if t.IsZero() {
		return "0"
	}
	return strconv.FormatInt(t.Unix(), 10)
}

// families returns the families of keys that begin with prefix, in order: the one
// that it is in, and those whose own names begin with it.
func (b *Backend) families(ctx context.Context, prefix string) ([]string, error) {
	all, err := run(ctx, b.conn, func(c *call) ([]string, error) {
		cmd := c.conn.B().Zrangebylex().Key(directory).Min("[" + prefix).Max(beyond(prefix)).Build()
		all, err := c.do(cmd, "").AsStrSlice()
		if err != nil {
			return nil, fault(err)
		}
		return all, nil
	})
	if own, _ := split(prefix); err == nil && !slices.Contains(all, own) {
		all = append(all, own)
	}
	return all, err
}

// beyond returns where a range by names ends that begins with prefix.
func beyond(prefix string) string {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] < 0xff {
			return "(" + prefix[:i] + string([]byte{prefix[i] + 1})
		}
	}
	return "+"
}

// usage returns what a family costs at now, by its index, which it rids of what has
// expired.
func (b *Backend) usage(ctx context.Context, family string, now time.Time) (session.Usage, error) {
	clock := passed(now)
	for {
		var expired int64
		u, err := run(ctx, b.conn, func(c *call) (u session.Usage, err error) {
			u, expired, err = c.index(clock, family)
			if err == nil && u.Sessions == 0 {
				c.do(c.conn.B().Zrem().Key(directory).Member(family).Build(), "")
			}
			if err == nil && u.Sessions > 0 && clock.Before(now) {
				var dead session.Usage
				dead, err = c.dead(now, family)
				u.Sessions -= dead.Sessions
				u.Bytes -= dead.Bytes
			}
			return u, err
		})
		if err != nil || expired == 0 {
			return u, err
		}
	}
}
