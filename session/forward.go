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

// ErrRenewed is returned by [Store.Save] and [Store.Update] for a request whose id
// was replaced by another within [Options].RenewGrace, mostly while it was under
// way. Nothing was saved and no cookie is set: the browser has the new one already,
// or is about to get it, and asking again with it will do.
var ErrRenewed = errors.New("session: its id was renewed a moment ago")

// A forward is what a renewal puts in the place of the record under the old id, for
// as long as the grace lasts. It opens nothing. It is no session, whose values would
// be an object; and the new id in it can be read only with the old one, so that what
// a stolen store with hashed ids tells is no cookie.
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

// seal hides an id, or shows it again. An id is renewed once, so what is made of it
// is used once.
func seal(with string, id []byte) []byte {
	h := hmac.New(sha256.New, []byte(with))
	h.Write([]byte("renewed"))
	sealed := make([]byte, len(id))
	subtle.XORBytes(sealed, id, h.Sum(nil))
	return sealed
}

// Forwards reports whether the record is that of an id which was renewed a moment
// ago, and no session: see [Options].RenewGrace.
func (r Record) Forwards() bool { return bytes.HasPrefix(r.Values, []byte(forwardMark)) }

// A renewedError is an [ErrNotFound] that knows of the id's renewal.
type renewedError struct{ values []byte }

func (e *renewedError) Error() string { return ErrRenewed.Error() }

// Is makes the error both of those that a caller may ask for.
func (e *renewedError) Is(target error) bool { return target == ErrNotFound || target == ErrRenewed }

// forwarding is the record that takes the place of a renewed session's.
func (o *opened) forwarding(from, to string, version int64, now time.Time) Record {
	return Record{
		Values: forward(from, to), Version: version,
		Created: now, Renewed: now, Expires: now.Add(o.opt.RenewGrace),
	}
}

// LogIn notes under key that the session is the user's, who has just proved to be
// that one, and gives it a new id as [Renew] does.
//
// If the request came late, with an id that another log-in of the same user renewed
// within [Options].RenewGrace, s becomes the session that one renewed, under the id
// that it has now: of two log-ins at once neither loses what the session held. A
// late log-in of somebody else is not saved: see [ErrRenewed].
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

// rejoin makes s the session that o.next leads to, if that is the user's. Nothing of
// another's is ever in s. If it has ended since, there is nothing to wait for.
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
