package session

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/gorilla/sessions"
)

// opened is the sessions.Store of a session of a Store: the Store, and the
// state of the session when it was opened. The state is not among the values,
// because clearing them would clear it.
type opened struct {
	*Store
	visit
	id    string // in the cookie; empty: not stored yet
	key   string // in the backend
	rec   Record // as last read or written; zero: not stored yet
	plain bool   // the record's values are written as encodeValues would
	err   error  // why the backend could not answer

	cookie string // as it came, if it is good to be sent again

	next     string // the id that took the place of the one that came: see forward
	rejoined bool   // by LogIn, whatever the id is by now
}

// idFrom returns the id of a cookie that verifies, or "".
func (o *opened) idFrom(r *http.Request, name string) string {
	value, found := CookieValue(r, name)
	call(o.trace.CookieRead, CookieInfo{Name: name, Value: value, Found: found})
	if !found {
		return ""
	}
	v := o.Inspect(name, value)
	call(o.trace.Verified, v)
	if !v.Valid {
		return ""
	}
	if v.Key == 0 {
		o.cookie = value
	}
	return v.ID
}

// load makes s the session that the backend has now for id, or a new one.
func (o *opened) load(ctx context.Context, s *sessions.Session, id string) {
	trace := o.trace
	o.id, o.rec, o.err, o.next = "", Record{}, nil, ""
	var failed error
	if id != "" {
		key := o.Key(id)
		call(trace.LoadStart, key)
		now := o.opt.Now()
		var rec Record
		rec, failed = o.stored(ctx, key, now)
		call(trace.LoadDone, LoadInfo{Key: key, Record: rec, Err: failed})
		if o.usable(rec, failed, now, trace) {
			o.id, o.key, o.rec = id, key, rec
		} else if o.unreadable() {
			o.id, o.key = id, key
		}
		if moved := (*renewedError)(nil); failed != nil && errors.As(failed, &moved) {
			o.next = forwardTo(id, moved.values)
		}
	}
	o.fill(s)
	s.IsNew = o.id == ""
	switch {
	case o.err == nil:
		call(trace.Opened, OpenedInfo{ID: o.id, IsNew: s.IsNew, Values: len(s.Values)})
	case failed == nil:
		call(trace.Unreadable, UnreadableInfo{Key: o.key, Err: o.err})
	}
}

// stored returns what the backend has under key. The Store checks itself
// whether that has expired, and whether it is a session.
func (st *Store) stored(ctx context.Context, key string, now time.Time) (Record, error) {
	rec, err := st.backend.Load(ctx, key, now)
	if err == nil && !rec.Live(now) {
		return Record{}, Expired(rec)
	}
	if err == nil && rec.Forwards() {
		return Record{}, &renewedError{rec.Values}
	}
	return rec, err
}

// fill sets s to what the record says, and drops any changes.
func (o *opened) fill(s *sessions.Session) {
	o.reset(s, o.opt.Cookie)
	var err error
	if o.plain, err = decodeValues(o.rec.Values, s.Values); err != nil {
		clear(s.Values)
		o.rec, o.err = Record{}, &Error{Op: "load", Err: unreadable{err}}
	}
	s.ID = o.id
}

// unreadable reports whether the session has a record that can be deleted, and
// nothing else.
func (o *opened) unreadable() bool { return errors.Is(o.err, ErrUnreadable) }

// unreadable is an [ErrUnreadable] that tells what is wrong with the values.
type unreadable struct{ error }

func (e unreadable) Error() string        { return ErrUnreadable.Error() + ": " + e.error.Error() }
func (e unreadable) Unwrap() error        { return e.error }
func (e unreadable) Is(target error) bool { return target == ErrUnreadable }

// usable reports whether Load found a record that may still be used.
func (o *opened) usable(rec Record, err error, now time.Time, trace *Trace) bool {
	if err != nil {
		var expired *ExpiredError
		switch {
		case errors.As(err, &expired):
			was := expired.Record
			limit := o.limitOf(was)
			call(trace.Expired, ExpiredInfo{Limit: limit, Expired: was.Expires, Allowed: o.allowed(limit, was)})
		case !errors.Is(err, ErrNotFound):
			o.err = &Error{Op: "load", Err: err}
		}
		return false
	}
	limit, at := o.limitAt(rec, now)
	if limit != "" {
		allowed := o.opt.Lifetime
		if limit == LimitAbsolute {
			allowed = o.opt.Absolute
		}
		call(trace.Expired, ExpiredInfo{Limit: limit, Expired: at, Allowed: allowed})
	}
	return limit == ""
}
