package session

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/sessions"
)

// Save stores s if it changed and writes its Set-Cookie, by Flask's rules:
//
//   - nothing is created until there is a value; a session emptied by this
//     request is deleted together with its cookie;
//   - the cookie is sent when the session changed, and on every response when it
//     is permanent and Options.RefreshEachRequest is on;
//   - Vary: Cookie says that the answer depends on the session.
//
// gorilla's own ways work too. Assigning to s.Values is a change if it makes one.
// An s.Options.MaxAge below 0 deletes the session; above 0 it is the life, in
// seconds, of the cookie sent by this request and of its record, if that is
// shorter than the limits; 0, which each request starts with, leaves it to the
// permanent flag.
//
// Call Save before the first byte of the body: net/http does not tell whether
// the header has been sent, and a cookie that is set later is not sent. The
// status does not matter: like Flask, and unlike Django, Save also saves for a
// response with status 500. Save returns [ErrConflict] if another request
// changed the record in the meantime (see [Store.Update]), [ErrRenewed] if one
// gave it a new id, an [*Error] if the backend could not answer, [ErrTooLarge],
// or the error of a value that cannot be encoded. With an error, no cookie is
// set. A session that could not be opened is never saved; with an
// [ErrUnreadable] it can be deleted.
func (st *Store) Save(r *http.Request, w http.ResponseWriter, s *sessions.Session) error {
	o, ok := s.Store().(*opened)
	if !ok {
		var err error
		if o, err = st.adopt(r, s); err != nil {
			return err
		}
	}
	if o.err != nil && !(o.unreadable() && s.Options.MaxAge < 0) {
		return o.err
	}
	o.trace = traced(r.Context()) // which may be another by now
	vary(w.Header())
	return o.save(r, w, s)
}

// adopt returns the state of a session whose store is not one of ours.
func (st *Store) adopt(r *http.Request, s *sessions.Session) (*opened, error) {
	o, err := st.opened(r, s.Name())
	switch {
	case err == nil && o.session == s: // the registry was asked for it with st itself
		return o, nil
	case s.ID == "" && checkName(s.Name()) == nil: // made by sessions.NewSession, to be stored as new
		return &opened{Store: st, visit: visit{trace: &untraced}}, nil
	}
	return nil, &Error{Op: "save", Err: notOpened(s.Name())}
}

func (o *opened) save(r *http.Request, w http.ResponseWriter, s *sessions.Session) error {
	data, err := encodeValues(s.Values)
	if err != nil {
		return err
	}
	modified := o.modified || o.renewed(s) || o.differs(data)
	lifetime, _ := cookieLifetime(s, o.opt.Lifetime)
	switch fate := fateOf(s, modified); {
	case fate == absent:
		return nil
	case o.next != "":
		return ErrRenewed
	case fate == ended:
		return o.remove(r, w, s)
	case fate == unchanged:
		return o.refresh(r, w, s, lifetime)
	}
	if o.opt.MaxBytes > 0 && len(data) > o.opt.MaxBytes {
		return ErrTooLarge
	}
	return o.commit(r, w, s, data, lifetime)
}

// renewed reports whether the session is to move to a new id: see [Renew].
func (o *opened) renewed(s *sessions.Session) bool {
	return o.rec.Version > 0 && s.ID != o.id
}

// differs reports whether data, the values now, differs from the record.
func (o *opened) differs(data []byte) bool {
	if equal := bytes.Equal(data, o.rec.Values); equal || o.plain {
		return !equal
	}
	// A struct, or somebody who wrote the record by hand, may have written the
	// same values in another form.
	was := make(map[any]any)
	if _, err := decodeValues(o.rec.Values, was); err != nil {
		return true
	}
	same, err := encodeValues(was)
	return err != nil || !bytes.Equal(data, same)
}

// commit writes the record and the cookie.
func (o *opened) commit(r *http.Request, w http.ResponseWriter, s *sessions.Session, data []byte, lifetime time.Duration) error {
	if err := o.write(r, s, data, lifetime); err != nil {
		return err
	}
	var expires time.Time
	if lifetime > 0 {
		expires = o.rec.Renewed.Add(lifetime)
	}
	o.putCookie(w, s, o.cookieValue(s.Name()), expires)
	o.modified = false
	return nil
}

// refresh moves the limits of a session that did not change, if they are due to
// move. A conflict is no failure: the other request moved them too. If it gave
// the session a new id, a cookie from this request would do harm.
func (o *opened) refresh(r *http.Request, w http.ResponseWriter, s *sessions.Session, lifetime time.Duration) error {
	var err error
	switch {
	case lifetime > 0 && o.opt.RefreshEachRequest:
		err = o.commit(r, w, s, o.rec.Values, lifetime)
	case o.opt.Idle > 0:
		rec, now := o.rec, o.opt.Now()
		rec.Expires = o.expiry(rec, lifetime, now)
		err = o.put(r, o.id, rec, now)
	}
	if errors.Is(err, ErrConflict) {
		return nil
	}
	return err
}

func (o *opened) cookieValue(name string) string {
	switch {
	case len(o.signers) == 0:
		return o.id
	case strings.HasPrefix(o.cookie, o.id):
		return o.cookie
	}
	return o.id + "." + o.signers[0].signature(name, o.id)
}
