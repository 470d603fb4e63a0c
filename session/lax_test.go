package session_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// A lax backend knows no time: to it, every record is live for ever.
type lax struct{ session.Backend }

func (l lax) Load(ctx context.Context, key string, _ time.Time) (session.Record, error) {
	return l.Backend.Load(ctx, key, time.Time{})
}

func TestAStoreRefusesWhatALaxBackendTakesForLive(t *testing.T) {
	for _, test := range []struct {
		limit  session.Limit
		adjust func(*session.Options)
	}{
		{session.LimitLifetime, func(*session.Options) {}},
		{session.LimitIdle, func(o *session.Options) { o.Idle = time.Minute }},
		{session.LimitAbsolute, func(o *session.Options) { o.Absolute = time.Minute }},
	} {
		t.Run(string(test.limit), func(t *testing.T) {
			// What the store tells of a backend that keeps the contract is what it
			// tells of one that does not.
			var told [2][]string
			for i, wrap := range []func(session.Backend) session.Backend{
				func(b session.Backend) session.Backend { return b },
				func(b session.Backend) session.Backend { return lax{b} },
			} {
				st := newSite(t, func(o *session.Options) { o.Lifetime = time.Hour; test.adjust(o) })
				st.store = session.New(wrap(st.memory), st.options)
				st.update(set("uname", "momo"))
				old := st.cookie()
				var expires time.Time
				for _, rec := range st.records() {
					expires = rec.Expires
				}

				st.clock.advance(expires.Sub(start) - time.Millisecond)
				if got := st.values(); got["uname"] != "momo" {
					t.Errorf("a millisecond before its end the session holds %v; want momo", got)
				}
				st.clock.advance(time.Millisecond)
				st.traced(&told[i], read)
				if got := st.values(); len(got) != 0 {
					t.Fatalf("at its end the session holds %v", got) // which no save could change
				}
				st.update(set("n", 1))
				if st.cookie() == old {
					t.Error("the id of an expired session was used again")
				}
			}
			if want := "expired " + string(test.limit); !slices.Equal(told[1], told[0]) || !slices.Contains(told[0], want) {
				t.Errorf("a trace is told\n%q; want\n%q, and %q among it", told[1], told[0], want)
			}
		})
	}
}

// The same records, asked for by stores whose clocks differ.
func TestAStoreGoesByItsOwnClockOverASharedBackend(t *testing.T) {
	st := newSite(t, func(o *session.Options) { o.Lifetime = time.Hour })
	st.update(set("uname", "momo"))
	cookie := st.cookie()
	now := st.store
	ahead := st.options
	ahead.Now = func() time.Time { return st.clock.Now().Add(time.Hour) }
	st.store = session.New(st.memory, ahead)
	if got := st.values(cookie); len(got) != 0 {
		t.Errorf("an hour ahead the session holds %v; want that it has expired", got)
	}
	st.store = now
	if got := st.values(cookie); got["uname"] != "momo" {
		t.Errorf("without that hour the session holds %v; want momo", got)
	}
}
