package session

import (
	"errors"
	"net/http"
	"time"

	"github.com/gorilla/sessions"
)

// write saves data under the session's id, or under a new one.
func (o *opened) write(r *http.Request, s *sessions.Session, data []byte, lifetime time.Duration) error {
	now := o.opt.Now()
	rec := Record{Values: data, Created: o.rec.Created, Renewed: now, Version: o.rec.Version}
	if rec.Version == 0 {
		rec.Created = now
	}
	rec.Expires = o.expiry(rec, lifetime, now)
	if rec.Version > 0 && !o.renewed(s) {
		return o.put(r, o.id, rec, now)
	}
	id, err := newID(o.opt.Rand)
	if err != nil {
		return err
	}
	trace := o.trace
	if rec.Version == 0 {
		call(trace.IDMade, id)
		if err := o.put(r, id, rec, now); err != nil {
			return err
		}
	} else {
		call(trace.IDRenewed, RenewedInfo{Old: o.id, New: id})
		if err := o.move(r, id, rec, now); err != nil {
			return err
		}
	}
	s.ID = id
	return nil
}

// move saves rec under a new id and retires the record under the old one. It
// removes the old one last, and only if nobody changed or removed it. So after
// a failure in between the old id is still valid, a session that ended in the
// meantime stays ended, and if several requests renew one session, only one
// succeeds.
func (o *opened) move(r *http.Request, id string, rec Record, now time.Time) error {
	old := *o
	rec.Version = 0
	if err := o.put(r, id, rec, now); err != nil {
		return err
	}
	err := o.retire(r, old.id, old.rec.Version, now)
	if errors.Is(err, ErrConflict) {
		_ = o.delete(r, id, 0) // nobody was told this id: if it stays, it expires
	}
	if err != nil {
		o.id, o.key, o.rec = old.id, old.key, old.rec
	}
	return err
}

// remove deletes the record, if there is one, and the cookie.
func (o *opened) remove(r *http.Request, w http.ResponseWriter, s *sessions.Session) error {
	call(o.trace.Emptied, o.id)
	if o.rec.Version > 0 || o.unreadable() {
		if err := o.delete(r, o.id, 0); err != nil {
			return err
		}
	}
	o.id, o.rec, o.err, o.modified = "", Record{}, nil, false
	s.ID, s.IsNew = "", true
	o.putCookie(w, s, "", time.Time{})
	return nil
}

// put saves rec and remembers it.
func (o *opened) put(r *http.Request, id string, rec Record, now time.Time) error {
	trace := o.trace
	key := o.keyOf(id)
	call(trace.SaveStart, key)
	err := o.backend.Save(r.Context(), key, rec, now)
	if err == nil {
		rec.Version++
		o.id, o.key, o.rec = id, key, rec
	}
	call(trace.SaveDone, SaveInfo{Key: key, Record: rec, Err: err})
	return backendError("save", err)
}

// retire removes the record under an id that was renewed to o's present one, or
// puts a forward in its place.
func (o *opened) retire(r *http.Request, id string, version int64, now time.Time) error {
	if o.opt.RenewGrace <= 0 {
		return o.delete(r, id, version)
	}
	return o.deleting(id, func(key string) error {
		return o.backend.Save(r.Context(), key, o.forwarding(id, o.id, version, now), now)
	})
}

func (o *opened) delete(r *http.Request, id string, version int64) error {
	return o.deleting(id, func(key string) error { return o.backend.Delete(r.Context(), key, version) })
}

// deleting calls run to delete what is stored under id, and the trace's hooks around it.
func (o *opened) deleting(id string, run func(key string) error) error {
	trace := o.trace
	key := o.keyOf(id)
	call(trace.DeleteStart, key)
	err := run(key)
	call(trace.DeleteDone, DeleteInfo{Key: key, Err: err})
	return backendError("delete", err)
}

// keyOf is Key, which is known of the session's own id.
func (o *opened) keyOf(id string) string {
	if id == o.id {
		return o.key
	}
	return o.Key(id)
}

// backendError wraps err, unless it is nil or a conflict, which is not a fault.
func backendError(op string, err error) error {
	if err == nil || errors.Is(err, ErrConflict) {
		return err
	}
	return &Error{Op: op, Err: err}
}
