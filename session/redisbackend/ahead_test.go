package redisbackend_test

import (
	"errors"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

const month = 30 * 24 * time.Hour

// A server expires by real time. Counted from a clock that is ahead, what is to
// live for a second would be gone after one, and the index with it.
func TestRedisKeepsWhatIsLiveToAClockAhead(t *testing.T) {
	s := empty(t)
	b := open(t, s.URL)
	ahead := time.Now().Add(month)
	brief := session.Record{Values: []byte("v"), Created: ahead, Renewed: ahead, Expires: ahead.Add(time.Second)}
	for version := range int64(2) {
		brief.Version = version
		must(t, b.Save(t.Context(), "session:a:k", brief, ahead))
		ttl, err := b.TTL(t.Context(), "session:a:k")
		if err != nil || ttl < month-time.Hour || ttl > month+time.Second {
			t.Errorf("TTL = %v, %v; want a month of real time", ttl, err)
		}
	}
	for _, key := range []string{"expires", "bytes"} {
		key = "session-index:{=session:a:}:" + key
		if ms, err := hand(t, s, "PTTL", key).AsInt64(); err != nil || ms < (month-time.Hour).Milliseconds() {
			t.Errorf("%s will be kept for %d ms, %v; want a month", key, ms, err)
		}
	}
	brief.Version = 0
	must(t, b.Save(t.Context(), "session:a:gone", brief, ahead))
	must(t, b.Delete(t.Context(), "session:a:gone", 1))
	usageIs(t, b, ahead, "session:a:", session.Usage{Sessions: 1, Bytes: 1})
}

// What is over to a clock ahead is still there to others, and Redis keeps it.
func TestAClockAheadTakesNothingFromOthers(t *testing.T) {
	b := open(t, empty(t).URL)
	now := time.Now()
	ahead := now.Add(month)
	rec := session.Record{Values: []byte("v"), Created: now, Renewed: now, Expires: now.Add(time.Hour)}
	must(t, b.Save(t.Context(), "session:a:k", rec, now))

	var expired *session.ExpiredError
	if _, err := b.Load(t.Context(), "session:a:k", ahead); !errors.As(err, &expired) {
		t.Errorf("Load a month ahead = %v; want that it has expired", err)
	}
	for range 2 { // the index forgets nothing and stays in the directory
		usageIs(t, b, ahead, "session:", session.Usage{})
		usageIs(t, b, now, "session:", session.Usage{Sessions: 1, Bytes: 1})
		if u, err := b.Reckon(t.Context(), "session:a:", ahead); u.Sessions != 0 || err != nil {
			t.Errorf("Reckon a month ahead = %+v, %v; want none", u, err)
		}
	}
	if ttl, err := b.TTL(t.Context(), "session:a:k"); err != nil || ttl < 50*time.Minute {
		t.Errorf("TTL = %v, %v; want an hour", ttl, err)
	}
}
