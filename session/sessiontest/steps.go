package sessiontest

import (
	"bytes"
	"errors"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// record returns a record that lives for an hour.
func (t *try) record(values string, version int64) session.Record {
	now := t.clock.Now()
	return session.Record{
		Values:  []byte(values),
		Created: now.Add(-time.Minute),
		Renewed: now,
		Expires: now.Add(time.Hour),
		Version: version,
	}
}

// save saves a record that must be accepted.
func (t *try) save(key, values string, version int64) {
	t.Helper()
	if err := t.backend.Save(t.ctx, key, t.record(values, version), t.clock.Now()); err != nil {
		t.Fatalf("Save(%s, version %d) = %v; want nil", name(key), version, err)
	}
}

// refused saves a record that must be refused.
func (t *try) refused(key string, version int64) {
	t.Helper()
	err := t.backend.Save(t.ctx, key, t.record("refused", version), t.clock.Now())
	if !errors.Is(err, session.ErrConflict) {
		t.Fatalf("Save(%s, version %d) = %v; want %v", name(key), version, err, session.ErrConflict)
	}
}

// found loads a record that must be there.
func (t *try) found(key, values string, version int64) session.Record {
	t.Helper()
	rec, err := t.backend.Load(t.ctx, key, t.clock.Now())
	if err != nil {
		t.Fatalf("Load(%s) = %v; want a record", name(key), err)
	}
	if !bytes.Equal(rec.Values, []byte(values)) {
		t.Fatalf("Load(%s) has values %s; want %s", name(key), name(string(rec.Values)), name(values))
	}
	if rec.Version != version {
		t.Fatalf("Load(%s) has version %d; want %d", name(key), rec.Version, version)
	}
	return rec
}

// missing loads a record that must not be there.
func (t *try) missing(key string) {
	t.Helper()
	rec, err := t.backend.Load(t.ctx, key, t.clock.Now())
	if !errors.Is(err, session.ErrNotFound) {
		t.Fatalf("Load(%s) = %v; want %v", name(key), err, session.ErrNotFound)
	}
	if rec.Values != nil || rec.Version != 0 {
		t.Fatalf("Load(%s) returns a record with the error", name(key))
	}
}

// deleted deletes a record, which must succeed.
func (t *try) deleted(key string, version int64) {
	t.Helper()
	if err := t.backend.Delete(t.ctx, key, version); err != nil {
		t.Fatalf("Delete(%s, version %d) = %v; want nil", name(key), version, err)
	}
}

// conflicting deletes a version that is not there, which must be refused.
func (t *try) conflicting(key string, version int64) {
	t.Helper()
	if err := t.backend.Delete(t.ctx, key, version); !errors.Is(err, session.ErrConflict) {
		t.Fatalf("Delete(%s, version %d) = %v; want %v", name(key), version, err, session.ErrConflict)
	}
}

// sameTimes checks that got has the times of want, to the millisecond.
func (t *try) sameTimes(got, want session.Record) {
	t.Helper()
	for _, c := range []struct {
		name      string
		got, want time.Time
	}{
		{"Created", got.Created, want.Created},
		{"Renewed", got.Renewed, want.Renewed},
		{"Expires", got.Expires, want.Expires},
	} {
		if c.got.Sub(c.want).Abs() >= time.Millisecond {
			t.Errorf("%s = %v; want %v", c.name, c.got, c.want)
		}
	}
}
