package session

import (
	"net/http"
	"time"

	"github.com/gorilla/sessions"
)

// A holder is the sessions.Store of each of our sessions: its store, and the
// state of the session during a request.
type holder interface {
	sessions.Store

	// save is Save for a session that the request did not ask for.
	save(r *http.Request, w http.ResponseWriter, s *sessions.Session) error
	// fill sets s to what it was when it was opened or last saved, and drops
	// any changes.
	fill(s *sessions.Session)
}

var (
	_ holder = (*opened)(nil)
	_ holder = (*carried)(nil)
)

// A visit is the state of a session during a request, the same for every store.
type visit struct {
	session  *sessions.Session // &made, once the registry has asked for it
	made     sessions.Session
	first    sessions.Session  // what a keeper makes
	trace    *Trace            // never nil; looked up once for what a request does first
	modified bool              // by Set, Pop or Clear
	options  *sessions.Options // of the session, until it is given others
}

// Error lets the registry keep a session's state in the place of an error.
func (v *visit) Error() string { return "session: opened" }

// make makes the session.
func (v *visit) make(h holder, name string) {
	v.made = *sessions.NewSession(h, name)
	v.session, v.options = &v.made, v.made.Options
}

// reset makes s empty and unmodified, with these options.
func (v *visit) reset(s *sessions.Session, options sessions.Options) {
	v.modified = false
	if v.options == nil {
		v.options = new(sessions.Options)
	}
	*v.options = options
	s.Options = v.options
	if s.Values == nil {
		s.Values = make(map[any]any)
	}
	clear(s.Values)
}

// putCookie sets the cookie, and returns how long the line is.
func (v *visit) putCookie(w http.ResponseWriter, s *sessions.Session, value string, expires time.Time) int {
	line := setCookieLine(s.Name(), value, s.Options, expires)
	vary(w.Header())
	putCookie(w.Header(), s.Name(), line)
	call(v.trace.CookieBuilt, line)
	return len(line)
}

// A fate is the result of saving a session, by Flask's rules.
type fate int

const (
	absent    fate = iota // it holds nothing, and did not before
	ended                 // emptied by this request, or deleted in gorilla's way
	unchanged             // it may still be due for a refresh
	changed
)

func fateOf(s *sessions.Session, modified bool) fate {
	switch {
	case s.Options.MaxAge < 0 || len(s.Values) == 0 && modified:
		return ended
	case len(s.Values) == 0:
		return absent
	case modified:
		return changed
	}
	return unchanged
}

// cookieLifetime is how long the cookie lasts after this response; lasting is false if
// it ends when the browser closes. lifetime is what a permanent session has.
func cookieLifetime(s *sessions.Session, lifetime time.Duration) (d time.Duration, lasting bool) {
	if Permanent(s) {
		return lifetime, true
	}
	const most = 400 * 24 * 60 * 60 // a browser keeps no cookie for longer
	d = time.Duration(max(0, min(s.Options.MaxAge, most))) * time.Second
	return d, d > 0
}
