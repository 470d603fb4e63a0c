package session

import (
	"context"
	"errors"
	"time"
)

// A Backend stores encoded sessions. It knows nothing of cookies or of what a
// record means: it finds, replaces and removes bytes under a key.
//
// Methods may be called concurrently. They must not keep or modify byte slices
// that they get, and must return slices that the caller may keep. Errors are
// for system faults; a record that is not there is [ErrNotFound]. Every method
// returns soon after its context is done, with the context's error.
//
// A Backend has no clock: a record is live or not at the time now that a caller
// gives. Callers may differ: a record that has expired at one now is still live
// at an earlier one, until it is deleted, replaced or swept. A caller's clock
// may be ahead of real time. Such a caller gives its records an Expires that is
// as far ahead. So a [Sweeper], or a backend that removes records itself by
// real time, never removes one that is live to that caller. It may keep one
// that is not.
type Backend interface {
	// Load returns the record stored under key that is live at now. If there is
	// none, or it has expired, the error is [ErrNotFound] (that of [Expired] if
	// the backend still knows the record). If what is stored is not
	// a record, the error is [ErrUnreadable], with the values if they can be
	// read. Load never creates or removes anything, and accepts any key, even a
	// malformed one.
	Load(ctx context.Context, key string, now time.Time) (Record, error)

	// Save stores rec under key if the record there that is live at now has the
	// version rec.Version; version 0 means that there must be none. The stored
	// record has version rec.Version+1. If the versions differ, Save changes
	// nothing and returns [ErrConflict]. So no update is lost, and a save that
	// began before a delete never brings the record back. After a delete, only
	// a Save with version 0 can create the key again. Times are stored to the
	// millisecond.
	Save(ctx context.Context, key string, rec Record, now time.Time) error

	// Delete removes the record under key if it has the given version. If the
	// version differs, or the record is gone, Delete changes nothing and
	// returns [ErrConflict]: if several requests move a session to a new key,
	// only one succeeds. Version 0 removes any record, and is no error if there
	// is none. Delete also removes expired records.
	Delete(ctx context.Context, key string, version int64) error
}

// A Record is a session as a [Backend] keeps it. Its times are absolute.
type Record struct {
	Values  []byte    // the encoded values, as the store shows them
	Created time.Time // when the session was first stored; renewal of the id keeps it
	Renewed time.Time // when its lifetime last began to run
	Expires time.Time // from this instant on, the record is not found
	Version int64     // 1 after the first Save, and one more after each
}

// Live reports whether the record has not expired at now.
func (r Record) Live(now time.Time) bool { return now.Before(r.Expires) }

var (
	// ErrNotFound is returned by a [Backend] that holds no live record under a key.
	ErrNotFound = errors.New("session: no such record")

	// ErrConflict is returned by a [Backend] whose record has changed, or gone,
	// since the version at hand was read.
	ErrConflict = errors.New("session: the record has changed since it was read")

	// ErrUnreadable is what a session's [*Error] wraps if there is a record
	// that is not a session: somebody wrote it by hand. See [Store.Get].
	ErrUnreadable = errors.New("session: unreadable record")

	// ErrTooLarge is returned by [Store.Save] for values that encode to more
	// than [Options].MaxBytes. [CookieStore.Save] also returns it, as a
	// [*CookieTooLargeError], for values that its [Codec] cannot fit into a
	// cookie. Nothing is stored then.
	ErrTooLarge = errors.New("session: the values are too large")
)

// An ExpiredError is an [ErrNotFound] that also knows when the record expired.
// Its Record has times and version, but no values.
type ExpiredError struct{ Record Record }

func (e *ExpiredError) Error() string {
	return "session: the record expired at " + e.Record.Expires.UTC().Format(time.RFC3339)
}

// Is makes errors.Is(err, ErrNotFound) true.
func (e *ExpiredError) Is(target error) bool { return target == ErrNotFound }

// Expired returns the error by which Load tells of a record that has expired: an
// [*ExpiredError] without the record's values, or, of a forward, [ErrNotFound] alone,
// because no session ended with that.
func Expired(rec Record) error {
	if rec.Forwards() {
		return ErrNotFound
	}
	rec.Values = nil
	return &ExpiredError{Record: rec}
}

// A Sweeper is a Backend whose expired records must be removed by the caller
// from time to time, as [Sweep] does.
type Sweeper interface {
	// Sweep removes the records that have expired at now, and no others, and
	// returns how many it removed. If now is real time, it removes no record
	// that is live to a caller whose clock is ahead: see [Backend].
	Sweep(ctx context.Context, now time.Time) (removed int, err error)
}

// A Ranger is a Backend that can go through its live records.
type Ranger interface {
	// Range calls f for each record that is live at now and whose key begins with
	// prefix, in the order of the keys, until f returns false. One that cannot be read
	// is zero: it can still be deleted by its key.
	Range(ctx context.Context, prefix string, now time.Time, f func(key string, rec Record) bool) error

	// Usage returns how many records that are live at now have keys that begin with
	// prefix, and the bytes of their values.
	Usage(ctx context.Context, prefix string, now time.Time) (Usage, error)
}

// Usage is what a set of sessions costs.
type Usage struct {
	Sessions int   // live records
	Bytes    int64 // of their encoded values: a store takes more
}

// An Error reports a [Backend] that could not answer. The session is not lost:
// a handler that goes on with an empty one logs people out during an outage.
type Error struct {
	Op  string // "load", "save", "delete"
	Err error
}

func (e *Error) Error() string { return "session: " + e.Op + ": " + e.Err.Error() }

// Unwrap returns the backend's own error.
func (e *Error) Unwrap() error { return e.Err }

// Sweep calls s.Sweep each time tick sends, until ctx is done, and then returns
// nil. It gives a failed sweep to failed, and tries again at the next tick. The
// caller owns the goroutine that Sweep runs on.
func Sweep(ctx context.Context, s Sweeper, tick <-chan time.Time, failed func(error)) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case now := <-tick:
			if _, err := s.Sweep(ctx, now); err != nil && ctx.Err() == nil {
				failed(err)
			}
		}
	}
}
