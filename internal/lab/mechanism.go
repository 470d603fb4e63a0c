package lab

import (
	"context"
	"net/http"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// Sessions are the sessions of an app under study, by whichever mechanism.
type Sessions interface {
	sessions.Store

	// Update opens the session, lets change change it, and saves it, as
	// [session.Store.Update] does.
	Update(w http.ResponseWriter, r *http.Request, name string, change func(*sessions.Session) error) error
}

// An Examiner finds out what a mechanism does with a cookie, without a request.
type Examiner interface {
	// Reads returns the session's values that somebody without a key can read in a
	// cookie's value, as JSON and not too long; "" if there are none.
	Reads(value string) string

	// Refuses returns why a cookie is not accepted, whatever the store holds: a
	// reason of package session, or "" if it is accepted.
	Refuses(value string) string

	// Opens reports whether a request with this cookie would have a session.
	Opens(ctx context.Context, value string) (bool, error)
}

// A mechanism decides where session data are: a [storeSession] or a
// [cookieSession].
type mechanism interface {
	Sessions
	Examiner

	// describe takes the cookie's value apart.
	describe(c *step.Cookie)

	// key returns the key of the record that a cookie's value leads to, "" if it
	// leads to none.
	key(value string) string
}

// Examiner examines cookies by the bench's settings as if they had always been
// set, with the given mechanism and, if the mechanism needs one, the given
// store. It returns ErrUnknown for a store that the bench cannot choose.
func (b *Bench) Examiner(mechanism, store string) (Examiner, error) {
	s := b.Settings()
	s.Mechanism, s.Store = mechanism, store
	s.generation.Over = nil
	if store != "" && b.lab.stores[store] == nil {
		return nil, ErrUnknown
	}
	return b.mechanism(s, false), nil
}

// mechanism makes the sessions of the bench's app by settings, for requests over
// http or https.
func (b *Bench) mechanism(s Settings, secure bool) mechanism {
	switch s.Mechanism {
	case step.MechanismFlask:
		return flaskCookies(s, b, secure)
	case step.MechanismGorilla:
		return gorillaCookies(s, b, secure)
	}
	backend := b.lab.stores[s.Store]
	options := s.options(b.Path(), s.prefix(b.id), secure, b.now, b.lab.limits.RecordBytes)
	options.Rand = b.idSource(s)
	return storeSession{session.New(backend, options), backend, b.now}
}
