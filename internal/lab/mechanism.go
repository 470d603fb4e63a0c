package lab

import (
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

// A mechanism is where session data live: a [storeSession] or a [cookieSession].
type mechanism interface {
	Sessions

	// describe takes the cookie's value apart.
	describe(c *step.Cookie)

	// key returns the key of the record that a cookie's value leads to, "" if it
	// leads to none.
	key(value string) string
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
	options := s.options(b.Path(), s.prefix(b.id), secure, b.now, b.lab.limits.RecordBytes)
	options.Rand = b.idSource(s)
	return storeSession{session.New(b.lab.stores[s.Store], options)}
}
