package redisbackend

import (
	"fmt"
	"strconv"
	"time"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/session"
)

// ErrUnreadable is returned for a key that holds something other than a session
// as this package writes them, such as a key of another program or a hash that
// was edited by hand. It is a [session.ErrUnreadable].
var ErrUnreadable = fmt.Errorf("redisbackend: %w", session.ErrUnreadable)

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
// alone. With an ErrUnreadable it returns the values at most.
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
		return session.Record{Values: rec.Values}, bad
	}
	return rec, nil
}
