package redisbackend_test

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/redisbackend"
)

// epoch is a whole second, and the time of tests in which it does not pass.
var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// hour is a record that expires an hour after epoch.
func hour(values string, version int64) session.Record {
	return session.Record{
		Values: []byte(values), Created: epoch, Renewed: epoch, Expires: epoch.Add(time.Hour), Version: version,
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestASessionIsAHashThatRedisExpires(t *testing.T) {
	s := empty(t)
	b := open(t, s.URL)
	must(t, b.Save(t.Context(), "session:k", hour(`{"user":"安娜"}`, 0), epoch))
	must(t, b.Save(t.Context(), "session:k", hour(`{"user":"安"}`, 1), epoch))

	got, err := hand(t, s, "HGETALL", "session:k").AsStrMap()
	want := map[string]string{
		"data": `{"user":"安"}`, "version": "2",
		"created": "1767225600000", "renewed": "1767225600000", "expires": "1767229200000",
	}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("HGETALL = %v, %v; want %v", got, err, want)
	}
	ttl, err := b.TTL(t.Context(), "session:k")
	if err != nil || ttl > time.Hour || ttl < 59*time.Minute {
		t.Errorf("TTL = %v, %v; want an hour", ttl, err)
	}
	if _, err := b.TTL(t.Context(), "session:other"); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("TTL of nothing = %v; want %v", err, session.ErrNotFound)
	}
	bytes, err := b.Footprint(t.Context(), "session:k")
	if said, _ := hand(t, s, "MEMORY", "USAGE", "session:k", "SAMPLES", "0").AsInt64(); err != nil || bytes != said || bytes < 50 {
		t.Errorf("Footprint = %d, %v; want the %d bytes that Redis says it takes", bytes, err, said)
	}
	if _, err := b.Footprint(t.Context(), "session:other"); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("Footprint of nothing = %v; want %v", err, session.ErrNotFound)
	}
	hand(t, s, "PERSIST", "session:k")
	if ttl, err := b.TTL(t.Context(), "session:k"); err != nil || ttl >= 0 {
		t.Errorf("TTL of a persistent key = %v, %v; want less than 0", ttl, err)
	}
}

func TestAnUnreadableRecordIsAnErrorOfItsOwn(t *testing.T) {
	s := empty(t)
	b := open(t, s.URL)
	must(t, b.Save(t.Context(), "session:sound", hour("v", 0), epoch))
	for _, c := range []struct {
		name  string
		spoil []string
		save  error  // of version 1
		shows string // what there is of the values
	}{
		{"a string", []string{"SET", "session:k", "x"}, redisbackend.ErrUnreadable, "x"},
		{"a list", []string{"RPUSH", "session:k", "x"}, redisbackend.ErrUnreadable, ""},
		{"a foreign hash", []string{"HSET", "session:k", "name", "x"}, session.ErrConflict, ""},
		{"no data", []string{"HDEL", "session:k", "data"}, nil, ""},
		{"no expires", []string{"HDEL", "session:k", "expires"}, nil, "v"},
		{"a word for a time", []string{"HSET", "session:k", "expires", "tomorrow"}, nil, "v"},
		{"a broken version", []string{"HSET", "session:k", "version", "1.5"}, session.ErrConflict, "v"},
	} {
		t.Run(c.name, func(t *testing.T) {
			must(t, b.Delete(t.Context(), "session:k", 0))
			visited := []string{"session:sound"} // and nothing that somebody else made
			if c.spoil[0][0] == 'H' && c.spoil[2] != "name" {
				must(t, b.Save(t.Context(), "session:k", hour("v", 0), epoch))
				visited = []string{"session:k", "session:sound"}
			}
			hand(t, s, c.spoil...)
			rec, err := b.Load(t.Context(), "session:k", epoch)
			if !errors.Is(err, redisbackend.ErrUnreadable) || !errors.Is(err, session.ErrUnreadable) || string(rec.Values) != c.shows || rec.Version != 0 {
				t.Errorf("Load = %+v, %v; want %v, and %q", rec, err, redisbackend.ErrUnreadable, c.shows)
			}
			var keys []string
			err = b.Range(t.Context(), "session:", epoch, func(key string, rec session.Record) bool {
				keys = append(keys, key)
				if zero := rec.Expires.IsZero() && rec.Values == nil; zero != (key == "session:k") {
					t.Errorf("Range gives %q as %+v", key, rec)
				}
				return true
			})
			if err != nil || !slices.Equal(keys, visited) {
				t.Errorf("Range visits %q, %v; want %q", keys, err, visited)
			}
			if err := b.Save(t.Context(), "session:k", hour("w", 1), epoch); !errors.Is(err, c.save) {
				t.Errorf("Save = %v; want %v", err, c.save)
			}
			must(t, b.Delete(t.Context(), "session:k", 0))
			if _, err := b.Load(t.Context(), "session:k", epoch); !errors.Is(err, session.ErrNotFound) {
				t.Errorf("Load after Delete = %v; want %v", err, session.ErrNotFound)
			}
		})
	}
}
