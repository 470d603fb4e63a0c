package session

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"maps"
	"time"

	"github.com/gorilla/sessions"
)

// ErrRenewed is returned by [Store.Save] and [Store.Update] for a request whose
// id was renewed within [Options].RenewGrace, mostly while the request was
// running. Nothing was saved and no cookie is set. The browser has the new
// cookie, or is about to get it, and can send the request again with it.
var ErrRenewed = errors.New("session: its id was renewed a moment ago")

// A forward replaces the record under the old id after a renewal, until the
// grace is over. It gives no access. It is not a session, whose values would be
// an object. The new id in it can be read only with the old one, so someone who
// steals a store with hashed ids finds no usable cookie in it.
const forwardMark, forwardEnd = `"renewed:`, `"`

// forward returns the values of the forward from one id to another.
func forward(from, to string) []byte {
	b := base64.StdEncoding.AppendEncode([]byte(forwardMark), seal(from, []byte(to)))
	return append(b, forwardEnd...)
}

// forwardTo returns the id that the values of a forward lead to, or "".
func forwardTo(from string, values []byte) string {
	text, _ := bytes.CutPrefix(values, []byte(forwardMark))
	sealed, err := base64.StdEncoding.AppendDecode(nil, bytes.TrimSuffix(text, []byte(forwardEnd)))
	if err != nil || len(sealed) != idLength {
		return ""
	}
	return string(seal(from, sealed))
}

// seal hides an id, or shows it again. An id is renewed only once, so the key
// is used only once.
func seal(with string, id []byte) []byte {
	h := hmac.New(sha256.New, []byte(with))
	h.Write([]byte("renewed"))
	sealed := make([]byte, len(id))
	subtle.XORBytes(sealed, id, h.Sum(nil))
	return sealed
}

// Forwards reports whether the record is a forward from an id that was renewed
// a moment ago, and not a session: see [Options].RenewGrace.
func (r Record) Forwards() bool { return bytes.HasPrefix(r.Values, []byte(forwardMark)) }

// A renewedError is an [ErrNotFound] that knows of the id's renewal.
type renewedError struct{ values []byte }

func (e *renewedError) Error() string { return ErrRenewed.Error() }

// Is makes the error match both errors that a caller may check for.
func (e *renewedError) Is(target error) bool { return target == ErrNotFound || target == ErrRenewed }

// forwarding is the record that replaces a renewed session's record.
func (o *opened) forwarding(from, to string, version int64, now time.Time) Record {
	return Record{
		Values: forward(from, to), Version: version,
		Created: now, Renewed: now, Expires: now.Add(o.opt.RenewGrace),
	}
}

// LogIn stores user under key, and gives the session a new id as [Renew] does.
// Call it after the user has proved who they are.
//
// If another log-in of the same user renewed the request's id within
// [Options].RenewGrace, s becomes the session that it renewed, under its
// present id: if two log-ins run at the same time, the session loses nothing. A
// late log-in of another user is not saved: see [ErrRenewed].
func LogIn(ctx context.Context, s *sessions.Session, key, user string) error {
	o, ok := s.Store().(*opened)
	if ok && o.next != "" {
		if err := o.rejoin(ctx, s, key, user); err != nil {
			return err
		}
	}
	if !ok || !o.rejoined {
		Renew(s)
	}
	Set(s, key, user)
	return nil
}

// rejoin makes s the session that o.next leads to, if that is the same user's.
// Nothing of another user's session is ever in s. If that session has ended,
// LogIn goes on with s.
func (o *opened) rejoin(ctx context.Context, s *sessions.Session, key, user string) error {
	there := &opened{Store: o.Store, visit: visit{trace: o.trace}}
	session := sessions.NewSession(there, s.Name())
	there.next = o.next
	for there.next != "" { // renewed again
		there.load(ctx, session, there.next)
	}
	switch {
	case there.err != nil:
		return there.err
	case there.id == "":
		o.next = ""
	case session.Values[key] == any(user):
		added := maps.Clone(s.Values)
		o.id, o.key, o.rec, o.next, o.rejoined = there.id, there.key, there.rec, "", true
		o.fill(s)
		s.IsNew = false
		maps.Copy(s.Values, added)
	}
	return nil
}
