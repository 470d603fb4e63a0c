package redisbackend_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/redisbackend"
	"github.com/sessionlab/sessionlab/session/sessiontest"
)

func usageIs(t *testing.T, r session.Ranger, now time.Time, prefix string, want session.Usage) {
	t.Helper()
	if got, err := r.Usage(t.Context(), prefix, now); got != want || err != nil {
		t.Errorf("Usage(%q) = %+v, %v; want %+v", prefix, got, err, want)
	}
}

func TestTheIndexForgetsWhatHasExpiredAndThenItself(t *testing.T) {
	s := empty(t)
	clock := sessiontest.NewClock(epoch)
	b := open(t, s.URL)
	for i := range 250 { // more than a script forgets at a time
		must(t, b.Save(t.Context(), fmt.Sprintf("session:a:%d", i), hour("v", 0), clock.Now()))
	}
	late := hour("late", 0)
	late.Expires = epoch.Add(2 * time.Hour)
	must(t, b.Save(t.Context(), "session:a:late", late, clock.Now()))
	usageIs(t, b, clock.Now(), "session:a:", session.Usage{Sessions: 251, Bytes: 254})

	clock.Advance(time.Hour)
	usageIs(t, b, clock.Now(), "session:a:", session.Usage{Sessions: 1, Bytes: 4})
	const expires = "session-index:{=session:a:}:expires"
	if n, err := hand(t, s, "ZCARD", expires).AsInt64(); n != 1 || err != nil {
		t.Errorf("the index has %d names, %v; want the live one", n, err)
	}
	if ms, err := hand(t, s, "PTTL", expires).AsInt64(); ms <= 0 || ms > time.Hour.Milliseconds() || err != nil {
		t.Errorf("the index will be kept for %d ms, %v; want that of its last session, an hour", ms, err)
	}
	clock.Advance(time.Hour - time.Second)
	part := hour("v", 0)
	part.Expires = epoch.Add(2*time.Hour + time.Millisecond)
	must(t, b.Save(t.Context(), "session:a:part", part, clock.Now()))
	clock.Advance(time.Second) // the last millisecond of the one begins
	usageIs(t, b, clock.Now(), "session:a:", session.Usage{Sessions: 1, Bytes: 1})
	clock.Advance(time.Second)
	usageIs(t, b, clock.Now(), "session:", session.Usage{})
	if keys, err := hand(t, s, "KEYS", "session-index*").AsStrSlice(); len(keys) > 0 || err != nil {
		t.Errorf("the index still has %q, %v", keys, err)
	}
}

func TestASaveAndADeleteAreSeenByUsageAtOnce(t *testing.T) {
	b := open(t, empty(t).URL)
	must(t, b.Save(t.Context(), "session:a:1", hour("12345", 0), epoch))
	must(t, b.Save(t.Context(), "session:a:1", hour("123", 1), epoch))
	must(t, b.Save(t.Context(), "session:b:1", hour("1234567", 0), epoch))
	usageIs(t, b, epoch, "session:a:", session.Usage{Sessions: 1, Bytes: 3})
	usageIs(t, b, epoch, "session:", session.Usage{Sessions: 2, Bytes: 10})
	must(t, b.Delete(t.Context(), "session:a:1", 2))
	usageIs(t, b, epoch, "session:a:", session.Usage{})
	must(t, b.Delete(t.Context(), "session:b:1", 0))
	usageIs(t, b, epoch, "session:", session.Usage{})
}

func TestTheIndexNeitherHidesNorRevivesASession(t *testing.T) {
	s := empty(t)
	b := open(t, s.URL)
	must(t, b.Save(t.Context(), "session:a:gone", hour("v", 0), epoch))
	must(t, b.Save(t.Context(), "session:a:1", hour("v", 0), epoch))
	hand(t, s, "DEL", "session:a:gone")
	visits := func(want int) {
		t.Helper()
		n := 0
		if err := b.Range(t.Context(), "session:a:", epoch, func(string, session.Record) bool { n++; return true }); n != want || err != nil {
			t.Errorf("Range makes %d visits, %v; want %d", n, err, want)
		}
	}
	visits(1)
	usageIs(t, b, epoch, "session:a:", session.Usage{Sessions: 1, Bytes: 1})

	hand(t, s, "DEL", "session-index", "session-index:{=session:a:}:expires", "session-index:{=session:a:}:bytes")
	if rec, err := b.Load(t.Context(), "session:a:1", epoch); string(rec.Values) != "v" || err != nil {
		t.Errorf("Load without an index = %q, %v; want %q", rec.Values, err, "v")
	}
	visits(0)
	must(t, b.Save(t.Context(), "session:a:1", hour("w, longer", 1), epoch))
	visits(1)
	usageIs(t, b, epoch, "session:", session.Usage{Sessions: 1, Bytes: 9})

	hand(t, s, "SET", "session-index:{=session:a:}:expires", "of another program")
	must(t, b.Save(t.Context(), "session:a:1", hour("v", 2), epoch))
	if rec, err := b.Load(t.Context(), "session:a:1", epoch); rec.Version != 3 || err != nil {
		t.Errorf("Load with a broken index = version %d, %v; want 3", rec.Version, err)
	}
	must(t, b.Delete(t.Context(), "session:a:1", 3))
}

// Whoever has redis-cli may delete a session. Many, and they are asked for in
// several pieces.
func TestUsageCountsWhatIsThere(t *testing.T) {
	s := empty(t)
	countsWhatIsThere(t, open(t, s.URL), func(key string) { hand(t, s, "DEL", key) })
	if n, err := hand(t, s, "ZCARD", "session-index:{=session:a:}:expires").AsInt64(); n != 1101 || err != nil {
		t.Errorf("the index has %d names, %v; want those that are there", n, err)
	}
}

func countsWhatIsThere(t *testing.T, b *redisbackend.Backend, remove func(key string)) {
	t.Helper()
	for i := range 1201 {
		must(t, b.Save(t.Context(), fmt.Sprintf("session:a:%d", i), hour("vv", 0), epoch))
	}
	must(t, b.Save(t.Context(), "session:b:1", hour("v", 0), epoch))
	for i := range 100 {
		remove(fmt.Sprintf("session:a:%d", i*12))
	}
	if u, err := b.Reckon(t.Context(), "session:a:", epoch); u.Sessions != 1201 || err != nil {
		t.Errorf("Reckon = %+v, %v; want what was saved", u, err)
	}
	for range 2 {
		usageIs(t, b, epoch, "session:a:", session.Usage{Sessions: 1101, Bytes: 2202})
		usageIs(t, b, epoch, "session:", session.Usage{Sessions: 1102, Bytes: 2203})
	}
	if u, err := b.Reckon(t.Context(), "session:a:", epoch); u.Sessions != 1101 || err != nil {
		t.Errorf("Reckon = %+v, %v; want what Usage found", u, err)
	}
}

// A limit is asked for with each new session, so its cost must not grow.
func TestReckonCostsTheSameWhateverThereIs(t *testing.T) {
	b := open(t, empty(t).URL)
	commands := func() (n int) {
		ctx := session.WithTrace(t.Context(), &session.Trace{Query: func(session.QueryInfo) { n++ }})
		if _, err := b.Reckon(ctx, "session:a:", epoch); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for i := range 200 {
		must(t, b.Save(t.Context(), fmt.Sprintf("session:a:%d", i), hour("v", 0), epoch))
		if n := commands(); n > 3 {
			t.Fatalf("Reckon takes %d commands for %d sessions", n, i+1)
		}
	}
}

func TestOneAppCostsWhatItHasWhateverOthersHave(t *testing.T) {
	s := empty(t)
	b := open(t, s.URL)
	for i := range 3 {
		must(t, b.Save(t.Context(), fmt.Sprintf("session:mine:%d", i), hour("v", 0), epoch))
	}
	work := func() (n int) {
		ctx := session.WithTrace(t.Context(), &session.Trace{Query: func(info session.QueryInfo) { n += 1 + int(info.Rows) }})
		if _, err := b.Usage(ctx, "session:mine:", epoch); err != nil {
			t.Fatal(err)
		}
		if err := b.Range(ctx, "session:mine:", epoch, func(string, session.Record) bool { return true }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := work()
	for i := range 500 {
		must(t, b.Save(t.Context(), fmt.Sprintf("session:%d:%d", i%50, i), hour("v", 0), epoch))
	}
	if after := work(); after != before {
		t.Errorf("Usage and Range take %d commands and rows among others; want %d as alone", after, before)
	}
}
