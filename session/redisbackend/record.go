package redisbackend

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/session"
)

// ErrUnreadable is returned for a key that holds something other than a session
// as this package writes them, such as a key of another program or a hash that
// was edited by hand. Delete with version 0 removes it.
var ErrUnreadable = errors.New("redisbackend: unreadable record")

// fieldsOf returns the fields of the hash that stands for rec at the given
// version, each name before its value.
func fieldsOf(rec session.Record, version int64) []string {
	return []string{
		"data", string(rec.Values),
		"created", milliseconds(rec.Created),
		"renewed", milliseconds(rec.Renewed),
		"expires", milliseconds(rec.Expires),
		"version", strconv.FormatInt(version, 10),
	}
}

func milliseconds(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }

// recordOf reads the answer to an HGETALL. Fields that it does not know it leaves
// alone.
func recordOf(res rueidis.RedisResult) (session.Record, error) {
	fields, err := res.AsStrMap()
	if err != nil {
		return session.Record{}, fault(err)
	}
	if len(fields) == 0 {
		return session.Record{}, session.ErrNotFound
	}
	data, found := fields["data"]
	if !found {
		return session.Record{}, fmt.Errorf("%w: no field data", ErrUnreadable)
	}
	rec := session.Record{Values: []byte(data)}
	var bad error
	number := func(name string) int64 {
		n, err := strconv.ParseInt(fields[name], 10, 64)
		if err != nil && bad == nil {
			bad = fmt.Errorf("%w: no number in the field %s", ErrUnreadable, name)
		}
		return n
	}
	instant := func(name string) time.Time { return time.UnixMilli(number(name)).UTC() }
	rec.Created, rec.Renewed, rec.Expires = instant("created"), instant("renewed"), instant("expires")
	rec.Version = number("version")
	if bad != nil {
		return session.Record{}, bad
	}
	return rec, nil
}

// fault is an error of the server or of the way to it. A time that was up was not
// that of the caller's context.
func fault(err error) error {
	e, said := rueidis.IsRedisErr(err)
	switch {
	case said && strings.Contains(e.Error(), "WRONGTYPE"):
		return fmt.Errorf("%w: the key holds no hash", ErrUnreadable)
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded):
		return errSilent
	}
	return fmt.Errorf("redisbackend: %w", err)
}

var errSilent = errors.New("redisbackend: the server does not answer")
