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
					check.run(start(t, func(testing.TB) session.Backend {
						b := d.broken()
						b.Memory = session.NewMemory()
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
		return &broken{load: func(m *session.Memory, ctx context.Context, key string, now time.Time) (session.Record, error) {
			rec, err := m.Load(ctx, key, now)
			if err == session.ErrNotFound {
				m.Save(ctx, key, session.Record{Expires: epoch.Add(time.Hour)}, now)
			}
			return rec, err
		}}
	}},
	{"Load trims keys", "any key of 200 bytes can be saved, and is no other", func() *broken {
		return &broken{load: func(m *session.Memory, ctx context.Context, key string, now time.Time) (session.Record, error) {
			return m.Load(ctx, strings.TrimSpace(key), now)
		}}
	}},
	{"keys are folded", "any key of 200 bytes can be saved, and is no other", func() *broken {
		return &broken{
			load: func(m *session.Memory, ctx context.Context, key string, now time.Time) (session.Record, error) {
				return m.Load(ctx, strings.ToLower(key), now)
			},
			save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
				return m.Save(ctx, strings.ToLower(key), rec, now)
			},
		}
	}},
	{"values end at a NUL", "values come back byte for byte", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			rec.Values, _, _ = bytes.Cut(rec.Values, []byte{0})
			return m.Save(ctx, key, rec, now)
		}}
	}},
	{"values are made valid UTF-8", "values come back byte for byte", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			rec.Values = bytes.ToValidUTF8(rec.Values, []byte("?"))
			return m.Save(ctx, key, rec, now)
		}}
	}},
	{"the expiry is not replaced", "a save replaces values and times", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			if old, err := m.Load(ctx, key, now); err == nil {
				rec.Expires = old.Expires
			}
			return m.Save(ctx, key, rec, now)
		}}
	}},
	{"times are cut to the second", "a save replaces values and times", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			rec.Expires = rec.Expires.Truncate(time.Second)
			return m.Save(ctx, key, rec, now)
		}}
	}},
	{"Save keeps the slice, Load gives it out", "byte slices are not shared", keepSlices},
	{"Save ignores versions", "a save needs the version that is stored", func() *broken {
		return &broken{save: overwrite}
	}},
	{"Save ignores version 0", "a first save finds a live record in its way", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			if rec.Version == 0 {
				return overwrite(m, ctx, key, rec, now)
			}
			return m.Save(ctx, key, rec, now)
		}}
	}},
	{"a refused Save stores nevertheless", "of two saves from one read the second is refused", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			err := m.Save(ctx, key, rec, now)
			if errors.Is(err, session.ErrConflict) {
				overwrite(m, ctx, key, rec, now)
			}
			return err
		}}
	}},
	{"a late Save brings a record back", "a late save does not bring a deleted record back", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			if _, err := m.Load(ctx, key, now); errors.Is(err, session.ErrNotFound) {
				rec.Version = 0
			}
			return m.Save(ctx, key, rec, now)
		}}
	}},
	{"versions are checked before the write, not with it", "no concurrent update is lost", checkThenAct},
	{"a Save over a record deletes it", "of requests that come late for a renewal only a log-in of the same user finds the session", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			if rec.Forwards() {
				return m.Delete(ctx, key, rec.Version)
			}
			return m.Save(ctx, key, rec, now)
		}}
	}},
	{"a Save over a record ignores versions", "log-ins at once end with one session and lose nothing", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			if rec.Version > 0 {
				return overwrite(m, ctx, key, rec, now)
			}
			return m.Save(ctx, key, rec, now)
		}}
	}},
	{"Delete removes all of a prefix", "a delete removes its record only", func() *broken {
		return &broken{delete: func(m *session.Memory, ctx context.Context, key string, version int64) error {
			err := m.Delete(ctx, key, version)
			m.Range(ctx, key, epoch, func(key string, _ session.Record) bool {
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
			if _, err := m.Load(ctx, key, epoch); err != nil {
				return err
			}
			return m.Delete(ctx, key, version)
		}}
	}},
	{"an expired record is found for a second more", "a record is not found from the instant it expires", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			rec.Expires = rec.Expires.Add(time.Second)
			return m.Save(ctx, key, rec, now)
		}}
	}},
	{"an expired record is found for a millisecond more", "a record is not found from the instant it expires", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			rec.Expires = rec.Expires.Add(time.Millisecond)
			return m.Save(ctx, key, rec, now)
		}}
	}},
	{"an expired record goes when it is asked for", "a record is live or not at the time that is asked about", func() *broken {
		return &broken{load: func(m *session.Memory, ctx context.Context, key string, now time.Time) (session.Record, error) {
			rec, err := m.Load(ctx, key, now)
			if err != nil {
				m.Delete(ctx, key, 0)
			}
			return rec, err
		}}
	}},
	{"Load goes by real time", "a record is live or not at the time that is asked about", func() *broken {
		return &broken{load: func(m *session.Memory, ctx context.Context, key string, _ time.Time) (session.Record, error) {
			return m.Load(ctx, key, time.Now())
		}}
	}},
	{"Save goes by real time", "a record is live or not at the time that is asked about", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, _ time.Time) error {
			return m.Save(ctx, key, rec, time.Now())
		}}
	}},
	{"Range goes by real time", "a record is live or not at the time that is asked about", func() *broken {
		return &broken{rangeAll: func(m *session.Memory, ctx context.Context, prefix string, _ time.Time, f func(string, session.Record) bool) error {
			return m.Range(ctx, prefix, time.Now(), f)
		}}
	}},
	{"Usage goes by the latest time it was given", "a record is live or not at the time that is asked about", func() *broken {
		var latest time.Time
		return &broken{usage: func(m *session.Memory, ctx context.Context, prefix string, now time.Time) (session.Usage, error) {
			if now.After(latest) {
				latest = now
			}
			return m.Usage(ctx, prefix, latest)
		}}
	}},
	{"Sweep removes what will expire", "a sweep at real time leaves what a clock ahead takes for live", func() *broken {
		return &broken{sweep: func(m *session.Memory, ctx context.Context, now time.Time) (int, error) {
			return m.Sweep(ctx, now.Add(2*365*24*time.Hour))
		}}
	}},
	{"an expired record is in the way of a new one", "an expired record can be created again but not updated", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			var expired *session.ExpiredError
			if _, err := m.Load(ctx, key, now); errors.As(err, &expired) {
				return session.ErrConflict
			}
			return m.Save(ctx, key, rec, now)
		}}
	}},
	{"an expired record can be updated", "an expired record can be created again but not updated", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			var expired *session.ExpiredError
			if _, err := m.Load(ctx, key, now); errors.As(err, &expired) && rec.Version == expired.Record.Version {
				rec.Version = 0
			}
			return m.Save(ctx, key, rec, now)
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
		return &broken{rangeAll: func(m *session.Memory, ctx context.Context, _ string, now time.Time, f func(string, session.Record) bool) error {
			return m.Range(ctx, "", now, f)
		}}
	}},
	{"Range ends after a page", "a range is ordered, live and within its prefix", func() *broken {
		return &broken{rangeAll: func(m *session.Memory, ctx context.Context, prefix string, now time.Time, f func(string, session.Record) bool) error {
			n := 0
			return m.Range(ctx, prefix, now, func(key string, rec session.Record) bool {
				n++
				return n <= 100 && f(key, rec)
			})
		}}
	}},
	{"Range does not stop", "a range stops when told", func() *broken {
		return &broken{rangeAll: func(m *session.Memory, ctx context.Context, prefix string, now time.Time, f func(string, session.Record) bool) error {
			return m.Range(ctx, prefix, now, func(key string, rec session.Record) bool {
				f(key, rec)
				return true
			})
		}}
	}},
	{"Usage counts runes", "usage counts live records within the prefix", func() *broken {
		return &broken{usage: func(m *session.Memory, ctx context.Context, prefix string, now time.Time) (session.Usage, error) {
			var u session.Usage
			err := m.Range(ctx, prefix, now, func(_ string, rec session.Record) bool {
				u.Sessions++
				u.Bytes += int64(len([]rune(string(rec.Values))))
				return true
			})
			return u, err
		}}
	}},
	{"a done context is ignored", "a context that is done ends every method", func() *broken {
		return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			return m.Save(context.WithoutCancel(ctx), key, rec, now)
		}}
	}},
	{"a trace is not told", "a trace is told of every command", func() *broken {
		return &broken{load: func(m *session.Memory, ctx context.Context, key string, now time.Time) (session.Record, error) {
			return m.Load(session.WithTrace(context.Background(), &session.Trace{}), key, now)
		}}
	}},
}
