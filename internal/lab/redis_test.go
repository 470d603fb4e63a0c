package lab

import (
	"fmt"
	"testing"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/stores"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/redisbackend"
	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

// onRedis has a lab keep the sessions of "sqlite" in a Redis server.
func onRedis(t *testing.T) func(*Options) {
	server := servers.Redis(t)
	return func(o *Options) {
		b, err := redisbackend.Open(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := b.Close(); err != nil {
				t.Error(err)
			}
		})
		o.Stores["sqlite"] = stores.Open("sqlite", "", b)
	}
}

// Redis keeps an index beside the records, which counts all sessions of an app.
func TestADeleteOnRedisTellsTheOneRecordItRemoved(t *testing.T) {
	l, _, _ := newLab(onRedis(t))
	s := owner()
	b := enter(t, l, l.BenchID(s, 0))
	set := func(_ *Recording, s *sessions.Session) error { session.Set(s, "a", "b"); return nil }
	empty := func(_ *Recording, s *sessions.Session) error { session.Clear(s); return nil }
	for others := range 3 {
		recorded := record(t, l, b, "", set)
		recorded = record(t, l, b, recorded.After.Cookie.Raw, empty)
		told := ""
		for _, e := range recorded.Events {
			if e.Kind == step.DeleteDone {
				told = e.Detail
			}
		}
		if told != "1 row" {
			t.Errorf("with %d other sessions, a deletion tells %q in %s; want %q", others, told, fmt.Sprint(recorded.Events), "1 row")
		}
		record(t, l, b, "", set)
	}
}

func TestRedisTellsWhatASessionTakesInAll(t *testing.T) {
	l, _, _ := newLab(onRedis(t))
	s := owner()
	b := enter(t, l, l.BenchID(s, 0))
	if bytes, err := b.Footprint(t.Context()); bytes != 0 || err != nil {
		t.Errorf("Footprint without a session = %d, %v; want 0", bytes, err)
	}
	record(t, l, b, "", func(_ *Recording, s *sessions.Session) error { session.Set(s, "a", "b"); return nil })
	usage, err := b.Usage(t.Context())
	if err != nil || usage.Bytes != int64(len(`{"a":"b"}`)) {
		t.Errorf("Usage = %+v, %v; want the bytes of the values", usage, err)
	}
	if bytes, err := b.Footprint(t.Context()); bytes < 10*usage.Bytes || err != nil {
		t.Errorf("Footprint = %d, %v; want much more than the %d of the values", bytes, err, usage.Bytes)
	}
}
