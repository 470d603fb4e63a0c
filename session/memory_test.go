package session_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sessiontest"
)

func newMemory(_ testing.TB, now func() time.Time) session.Backend { return session.NewMemory(now) }

func TestMemoryIsABackend(t *testing.T) { sessiontest.TestBackend(t, newMemory) }

func TestMemoryKeepsAnyRecord(t *testing.T) {
	ctx := context.Background()
	for _, rec := range []session.Record{
		{Values: []byte{}, Created: time.UnixMilli(0), Renewed: time.UnixMilli(-1), Expires: start, Version: 0},
		{Values: []byte(strings.Repeat("x", 1<<20)), Created: start, Renewed: start, Expires: time.UnixMilli(1 << 52)},
		{Values: []byte("\x00\xff\x80"), Created: time.UnixMilli(-1 << 50), Renewed: start, Expires: start.Add(time.Second)},
	} {
		m := session.NewMemory(func() time.Time { return start.Add(-time.Second) })
		for _, key := range []string{"", "k", strings.Repeat("\xff", 300)} {
			if err := m.Save(ctx, key, rec); err != nil {
				t.Fatal(err)
			}
			got, err := m.Load(ctx, key)
			if err != nil || string(got.Values) != string(rec.Values) || got.Version != 1 ||
				!got.Created.Equal(rec.Created) || !got.Renewed.Equal(rec.Renewed) || !got.Expires.Equal(rec.Expires) {
				t.Errorf("Load(%.9q) = %.99v, %v; want %.99v", key, got, err, rec)
			}
		}
	}
}

func TestDeleteOfAVersionTellsWhetherItWasThere(t *testing.T) {
	ctx := context.Background()
	m := session.NewMemory(func() time.Time { return start })
	if err := m.Save(ctx, "k", session.Record{Expires: start.Add(time.Second)}); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		version int64
		want    error
	}{{2, session.ErrConflict}, {1, nil}, {1, session.ErrConflict}, {0, nil}} {
		if err := m.Delete(ctx, "k", test.version); err != test.want {
			t.Errorf("Delete of version %d = %v; want %v", test.version, err, test.want)
		}
	}
}

// A sweeper that fails at first.
type sweeper struct {
	cancel context.CancelFunc
	swept  []time.Time
}

func (s *sweeper) Sweep(ctx context.Context, now time.Time) (int, error) {
	s.swept = append(s.swept, now)
	if len(s.swept) == 1 {
		return 0, errors.New("locked")
	}
	s.cancel()
	return 1, ctx.Err()
}

func TestSweepGoesOnAfterAFailureUntilItsContextIsDone(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := &sweeper{cancel: cancel}
	tick := make(chan time.Time, 2)
	tick <- start
	tick <- start.Add(time.Minute)
	var failures []error
	err := session.Sweep(ctx, s, tick, func(err error) { failures = append(failures, err) })
	if err != nil || len(s.swept) != 2 || len(failures) != 1 {
		t.Errorf("Sweep = %v; swept at %v, failures %v; want nil, two, one", err, s.swept, failures)
	}
}
