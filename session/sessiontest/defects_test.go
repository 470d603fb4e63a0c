package sessiontest

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

func TestSuiteNoticesDefects(t *testing.T) {
	for _, d := range defects {
		t.Run(d.name, func(t *testing.T) {
			for _, check := range backendChecks {
				if check.name != d.noticed {
					continue
				}
				r := record(t, func(t testing.TB) {
					check.run(start(t, func(_ testing.TB, now func() time.Time) session.Backend {
						b := d.broken()
						b.Memory = session.NewMemory(now)
						return b
					}))
				})
				if !r.Failed() {
					t.Errorf("the check %q passes", d.noticed)
				}
				t.Log(r.message()) // should tell the defect
				return
			}
			t.Fatalf("there is no check %q", d.noticed)
		})
	}
}

// defects are ways to break the contract, and a check that must notice each.
var defects = []struct {
	name    string
	noticed string
	broken  func() *broken
}{
	{"Load creates what it does not find", "a key that was never saved is not found and not created", func() *broken {
		return &broken{load: func(m *session.Memory, ctx context.Context, key string) (session.Record, error) {
			rec, err := m.Load(ctx, key)
			if err == session.ErrNotFound {
				m.Save(ctx, key, session.Record{Expires: epoch.Add(time.Hour)})
			}
			return rec, err
		}}
	}},
	{"Load trims keys", "any key of 200 bytes can be saved, and is no other", func() *broken {
		return &broken{load: func(m *session.Memory, ctx context.Context, key string) (session.Record, error) {
			return m.Load(ctx, strings.TrimSpace(key))
		}}
	}},
	{"keys are folded", "any key of 200 bytes can be saved, and is no other", func() *broken {
		return &broken{
			load: func(m *session.Memory, ctx context.Context, key string) (session.Record, error) {
				return m.Load(ctx, strings.ToLower(key))
			},
			save: func(m *session.Memory, ctx context.Context, key string, rec session.Record) error {
				return m.Save(ctx, strings.ToLower(key), rec)
			},
		}
	}},
	{"values end at a NUL", "values come back byte for byte", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record) error {
			rec.Values, _, _ = bytes.Cut(rec.Values, []byte{0})
			return m.Save(ctx, key, rec)
		}}
	}},
	{"values are made valid UTF-8", "values come back byte for byte", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record) error {
			rec.Values = bytes.ToValidUTF8(rec.Values, []byte("?"))
			return m.Save(ctx, key, rec)
		}}
	}},
	{"the expiry is not replaced", "a save replaces values and times", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record) error {
			if old, err := m.Load(ctx, key); err == nil {
				rec.Expires = old.Expires
			}
			return m.Save(ctx, key, rec)
		}}
	}},
	{"times are cut to the second", "a save replaces values and times", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record) error {
			rec.Expires = rec.Expires.Truncate(time.Second)
			return m.Save(ctx, key, rec)
		}}
	}},
	{"Save keeps the slice, Load gives it out", "byte slices are not shared", keepSlices},
	{"Save ignores versions", "a save needs the version that is stored", func() *broken {
		return &broken{save: overwrite}
	}},
	{"Save ignores version 0", "a first save finds a live record in its way", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record) error {
			if rec.Version == 0 {
				return overwrite(m, ctx, key, rec)
			}
			return m.Save(ctx, key, rec)
		}}
	}},
	{"a refused Save stores nevertheless", "of two saves from one read the second is refused", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record) error {
			err := m.Save(ctx, key, rec)
			if errors.Is(err, session.ErrConflict) {
				overwrite(m, ctx, key, rec)
			}
			return err
		}}
	}},
	{"a late Save brings a record back", "a late save does not bring a deleted record back", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record) error {
			if _, err := m.Load(ctx, key); errors.Is(err, session.ErrNotFound) {
				rec.Version = 0
			}
			return m.Save(ctx, key, rec)
		}}
	}},
	{"versions are checked before the write, not with it", "no concurrent update is lost", checkThenAct},
	{"Delete removes all of a prefix", "a delete removes its record only", func() *broken {
		return &broken{delete: func(m *session.Memory, ctx context.Context, key string, version int64) error {
			err := m.Delete(ctx, key, version)
			m.Range(ctx, key, func(key string, _ session.Record) bool {
				m.Delete(ctx, key, 0)
				return true
			})
			return err
		}}
	}},
	{"Delete ignores versions", "a delete needs the version that is stored", func() *broken {
		return &broken{delete: func(m *session.Memory, ctx context.Context, key string, _ int64) error {
			return m.Delete(ctx, key, 0)
		}}
	}},
	{"Delete fails if there is nothing", "any key can be asked for and deleted", func() *broken {
		return &broken{delete: func(m *session.Memory, ctx context.Context, key string, version int64) error {
			if _, err := m.Load(ctx, key); err != nil {
				return err
			}
			return m.Delete(ctx, key, version)
		}}
	}},
	{"an expired record is found for a second more", "a record is not found from the instant it expires", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record) error {
			rec.Expires = rec.Expires.Add(time.Second)
			return m.Save(ctx, key, rec)
		}}
	}},
	{"an expired record is found for a millisecond more", "a record is not found from the instant it expires", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record) error {
			rec.Expires = rec.Expires.Add(time.Millisecond)
			return m.Save(ctx, key, rec)
		}}
	}},
	{"an expired record is in the way of a new one", "an expired record can be created again but not updated", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record) error {
			var expired *session.ExpiredError
			if _, err := m.Load(ctx, key); errors.As(err, &expired) {
				return session.ErrConflict
			}
			return m.Save(ctx, key, rec)
		}}
	}},
	{"an expired record can be updated", "an expired record can be created again but not updated", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record) error {
			var expired *session.ExpiredError
			if _, err := m.Load(ctx, key); errors.As(err, &expired) && rec.Version == expired.Record.Version {
				rec.Version = 0
			}
			return m.Save(ctx, key, rec)
		}}
	}},
	{"Sweep removes nothing", "a sweep removes what has expired and nothing else", func() *broken {
		return &broken{sweep: func(*session.Memory, context.Context, time.Time) (int, error) { return 0, nil }}
	}},
	{"Sweep removes the living", "a sweep removes what has expired and nothing else", func() *broken {
		return &broken{sweep: func(m *session.Memory, ctx context.Context, now time.Time) (int, error) {
			return m.Sweep(ctx, now.Add(24*time.Hour))
		}}
	}},
	{"Sweep goes by another clock", "a sweep goes by the time it is given", func() *broken {
		return &broken{sweep: func(m *session.Memory, ctx context.Context, now time.Time) (int, error) {
			return m.Sweep(ctx, now.Add(2*time.Hour))
		}}
	}},
	{"Sweep removes one", "a sweep copes with many", func() *broken {
		return &broken{sweep: func(m *session.Memory, ctx context.Context, now time.Time) (int, error) {
			n, err := m.Sweep(ctx, now)
			return min(n, 500), err
		}}
	}},
	{"Range ignores the prefix", "a range is ordered, live and within its prefix", func() *broken {
		return &broken{rangeAll: func(m *session.Memory, ctx context.Context, _ string, f func(string, session.Record) bool) error {
			return m.Range(ctx, "", f)
		}}
	}},
	{"Range ends after a page", "a range is ordered, live and within its prefix", func() *broken {
		return &broken{rangeAll: func(m *session.Memory, ctx context.Context, prefix string, f func(string, session.Record) bool) error {
			n := 0
			return m.Range(ctx, prefix, func(key string, rec session.Record) bool {
				n++
				return n <= 100 && f(key, rec)
			})
		}}
	}},
	{"Range does not stop", "a range stops when told", func() *broken {
		return &broken{rangeAll: func(m *session.Memory, ctx context.Context, prefix string, f func(string, session.Record) bool) error {
			return m.Range(ctx, prefix, func(key string, rec session.Record) bool {
				f(key, rec)
				return true
			})
		}}
	}},
	{"Usage counts runes", "usage counts live records within the prefix", func() *broken {
		return &broken{usage: func(m *session.Memory, ctx context.Context, prefix string) (session.Usage, error) {
			var u session.Usage
			err := m.Range(ctx, prefix, func(_ string, rec session.Record) bool {
				u.Sessions++
				u.Bytes += int64(len([]rune(string(rec.Values))))
				return true
			})
			return u, err
		}}
	}},
	{"a done context is ignored", "a context that is done ends every method", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record) error {
			return m.Save(context.WithoutCancel(ctx), key, rec)
		}}
	}},
	{"a trace is not told", "a trace is told of every command", func() *broken {
		return &broken{load: func(m *session.Memory, ctx context.Context, key string) (session.Record, error) {
			return m.Load(session.WithTrace(context.Background(), &session.Trace{}), key)
		}}
	}},
}
