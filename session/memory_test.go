package session_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sessiontest"
)

func newMemory(testing.TB) session.Backend { return session.NewMemory() }

func TestMemoryIsABackend(t *testing.T) { sessiontest.TestBackend(t, newMemory) }

func TestMemoryKeepsAnyRecord(t *testing.T) {
	ctx := context.Background()
	for _, rec := range []session.Record{
		{Values: []byte{}, Created: time.UnixMilli(0), Renewed: time.UnixMilli(-1), Expires: start, Version: 0},
		{Values: []byte(strings.Repeat("x", 1<<20)), Created: start, Renewed: start, Expires: time.UnixMilli(1 << 52)},
		{Values: []byte("\x00\xff\x80"), Created: time.UnixMilli(-1 << 50), Renewed: start, Expires: start.Add(time.Second)},
	} {
		m := session.NewMemory()
		for _, key := range []string{"", "k", strings.Repeat("\xff", 300)} {
			if err := m.Save(ctx, key, rec, start.Add(-time.Second)); err != nil {
				t.Fatal(err)
			}
			got, err := m.Load(ctx, key, start.Add(-time.Second))
			if err != nil || string(got.Values) != string(rec.Values) || got.Version != 1 ||
				!got.Created.Equal(rec.Created) || !got.Renewed.Equal(rec.Renewed) || !got.Expires.Equal(rec.Expires) {
				t.Errorf("Load(%.9q) = %.99v, %v; want %.99v", key, got, err, rec)
			}
		}
	}
}

func TestDeleteOfAVersionTellsWhetherItWasThere(t *testing.T) {
	ctx := context.Background()
	m := session.NewMemory()
	if err := m.Save(ctx, "k", session.Record{Expires: start.Add(time.Second)}, start); err != nil {
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

// A flood of new sessions costs the oldest ones, and no more memory.
func TestAFullMemoryLosesWhatWasIdleLongest(t *testing.T) {
	ctx := context.Background()
	now := start
	m := session.NewMemory()
	m.Max = 1000
	save := func(i int, version int64) error {
		now = now.Add(time.Millisecond)
		return m.Save(ctx, "k"+strconv.Itoa(i), session.Record{Renewed: now, Expires: now.Add(time.Hour), Version: version}, now)
	}
	const made = 3000
	for i := range made {
		if err := save(i, 0); err != nil {
			t.Fatal(err)
		}
		if i == m.Max-1 {
			if err := save(i, 1); err != nil || m.Evicted() != 0 {
				t.Fatalf("saving a record again = %v, and %d had to go; want none", err, m.Evicted())
			}
		}
	}
	usage, err := m.Usage(ctx, "", now)
	if err != nil || usage.Sessions != m.Max || m.Evicted() != int64(made-m.Max) {
		t.Errorf("%d sessions, %d gone, %v; want %d and %d", usage.Sessions, m.Evicted(), err, m.Max, made-m.Max)
	}
	for i := made - m.Max/10; i < made; i++ { // that one of these went is as good as impossible
		if _, err := m.Load(ctx, "k"+strconv.Itoa(i), now); err != nil {
			t.Errorf("Load of session %d of %d = %v", i, made, err)
		}
	}
}

// Keys are kept in groups, which prefixes need not respect.
func TestMemoryFindsKeysByAnyPrefix(t *testing.T) {
	ctx := context.Background()
	m := session.NewMemory()
	keys := []string{"", ":", "a", "a:", "a:b", "a:bc", "a:b:c", "a:b:d", "ab:c", "b:a:b"}
	for i, key := range keys {
		if err := m.Save(ctx, key, session.Record{Values: make([]byte, i), Expires: start.Add(time.Second)}, start); err != nil {
			t.Fatal(err)
		}
	}
	for _, prefix := range append(keys, "a:b:", "x", "a:x", "b:") {
		var want, got []string
		var bytes int64
		for i, key := range keys { // which are in order
			if strings.HasPrefix(key, prefix) {
				want = append(want, key)
				bytes += int64(i)
			}
		}
		err := m.Range(ctx, prefix, start, func(key string, _ session.Record) bool {
			got = append(got, key)
			return true
		})
		slices.Sort(want)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("Range(%q) = %q, %v; want %q", prefix, got, err, want)
		}
		if u, err := m.Usage(ctx, prefix, start); err != nil || u != (session.Usage{Sessions: len(want), Bytes: bytes}) {
			t.Errorf("Usage(%q) = %v, %v; want %d sessions of %d bytes", prefix, u, err, len(want), bytes)
		}
	}
}

// Who fills the memory pays for it, and not who was there before.
func TestAFullMemoryTakesFromTheLargestGroup(t *testing.T) {
	ctx := context.Background()
	m := session.NewMemory()
	m.Max = 500
	for i := range 2000 {
		for key, often := range map[string]int{"small:" + strconv.Itoa(i): 200, "large:" + strconv.Itoa(i): 1} {
			if i%often != 0 {
				continue
			}
			if err := m.Save(ctx, key, session.Record{Renewed: start.Add(time.Duration(i)), Expires: start.Add(time.Second)}, start); err != nil {
				t.Fatal(err)
			}
		}
	}
	for prefix, want := range map[string]int{"small:": 10, "large:": m.Max - 10} {
		if u, err := m.Usage(ctx, prefix, start); err != nil || u.Sessions != want {
			t.Errorf("%s has %d sessions, %v; want %d", prefix, u.Sessions, err, want)
		}
	}
}
