package session

import (
	"crypto/rand"
	"io"
	"net/http"
	"time"

	"github.com/gorilla/sessions"
)

// Options configure a [Store]. The zero value of each field is a choice, not a
// default; start from [DefaultOptions].
type Options struct {
	Keys   [][]byte // that sign the id, newest first; none: ids are not signed
	Prefix string   // of the backend's keys, which are Prefix + id
	HashID bool     // keep a hash in place of the id, so that a stolen store opens no session

	// Lifetime is how long a session is valid after it was last changed (or
	// refreshed), permanent or not: Flask's PERMANENT_SESSION_LIFETIME.
	Lifetime time.Duration
	// Idle, unless 0, is how long a session may go without a request. It makes
	// each request write the record.
	Idle time.Duration
	// Absolute, unless 0, is the maximum age of a session, used or not.
	Absolute time.Duration
	// RenewGrace, unless 0, is how long after a renewal a request with the old
	// id counts as late, and not as that of a new visitor. Browsers send such
	// requests: a form sent twice, or a request beside the log-in.
	//
	// The old id is worthless at once, with or without a grace. Otherwise an id
	// planted before a log-in would be worth something after it. A late request
	// finds no session: it reads nothing of it, and if it saves or deletes, it
	// gets [ErrRenewed], and no cookie that would replace the new one. Only a
	// late log-in of the same user finds the renewed session: see [LogIn].
	// Until the grace is over, a small record is under the old id, and a
	// [Ranger] counts it.
	//
	// A store cannot take back a cookie. If a response with the old id was sent
	// before the renewal and arrives after it, the browser keeps the old id.
	// Its user logs in again, and within the grace finds everything that was in
	// the session. A server can prevent this if it sends such responses in the
	// order in which it saved.
	RenewGrace time.Duration
	// RefreshEachRequest renews a permanent session's lifetime and cookie on every
	// request: Flask's SESSION_REFRESH_EACH_REQUEST.
	RefreshEachRequest bool

	// WeakKeys allows Keys of less than 32 bytes, which New otherwise refuses.
	// It is for showing how weak they are.
	WeakKeys bool

	MaxBytes int // of the encoded values of one session; 0: no limit

	// Cookie holds the attributes of the cookie. Its MaxAge is not used: a request
	// may set Session.Options.MaxAge, see [Store.Save].
	Cookie sessions.Options

	Now  func() time.Time // the clock, by which the Backend too is asked
	Rand io.Reader        // where ids come from
}

// DefaultOptions are Flask's defaults (31 days, refreshed on each request),
// with a cookie that is safer than Flask's, HttpOnly and SameSite=Lax, and a
// grace of ten seconds for requests that are late at a renewal.
func DefaultOptions() Options {
	return Options{
		Prefix:             "session:",
		Lifetime:           31 * 24 * time.Hour,
		RefreshEachRequest: true,
		RenewGrace:         10 * time.Second,
		Cookie:             sessions.Options{Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode},
		Now:                time.Now,
		Rand:               rand.Reader,
	}
}

// A Store is a gorilla sessions.Store that keeps a session's values in a
// [Backend] and only its id in the cookie. It follows Flask's rules for when a
// session exists and when its cookie is sent. It is safe for concurrent use by
// different requests.
type Store struct {
	backend Backend
	opt     Options
	signers []*signer // for opt.Keys
}

var _ sessions.Store = (*Store)(nil)

// minKey is the length of a key that is as strong as the SHA-256 it is used
// with.
const minKey = 32

// New returns a Store over b. It panics if the options have no clock, no source
// of randomness, no lifetime or a key that is too short: these are mistakes in
// the program.
func New(b Backend, opt Options) *Store {
	if opt.Now == nil || opt.Rand == nil || opt.Lifetime <= 0 {
		panic("session: New needs Options with Now, Rand and a positive Lifetime")
	}
	if opt.Cookie.Path == "" {
		opt.Cookie.Path = "/"
	}
	opt.Cookie.MaxAge = 0
	st := &Store{backend: b, opt: opt}
	for _, key := range opt.Keys {
		if len(key) < minKey && !opt.WeakKeys {
			panic("session: New needs Keys of 32 bytes or more")
		}
		st.signers = append(st.signers, newSigner(key))
	}
	return st
}

// Get returns the session of that name for r, and opens it at the first call
// for a request. It never returns nil: an error, which is an [*Error], comes
// with a session that cannot be saved. A session whose record is an
// [ErrUnreadable] can be deleted, in gorilla's way, or its owner would be
// locked out.
func (st *Store) Get(r *http.Request, name string) (*sessions.Session, error) {
	o, err := st.opened(r, name)
	if err == nil {
		if s, _ := sessions.GetRegistry(r).Get(o, name); s != nil && o.session == s {
			return s, o.err // as it is by now
		}
		err = notOpened(name)
	}
	return st.refused(name, err)
}

// refused is a session that cannot be opened because of a mistake in the
// program.
func (st *Store) refused(name string, err error) (*sessions.Session, error) {
	o := &opened{Store: st, visit: visit{trace: &untraced}, err: &Error{Op: "load", Err: err}}
	return sessions.NewSession(o, name), o.err
}

// New opens the session of that name as the request has it, even if it was
// opened before. A cookie that does not verify, or whose record is gone, gives
// a new session and no error.
func (st *Store) New(r *http.Request, name string) (*sessions.Session, error) {
	if err := checkName(name); err != nil {
		return st.refused(name, err)
	}
	return (&opened{Store: st, visit: visit{trace: traced(r.Context())}}).New(r, name)
}

// Key returns the backend's key for a session id.
func (st *Store) Key(id string) string {
	if st.opt.HashID {
		id = hashID(id)
	}
	return st.opt.Prefix + id
}

// Inspect tells what a cookie value claims and whether this Store would accept
// it. It does not ask the backend.
func (st *Store) Inspect(name, value string) VerifiedInfo {
	return verify(st.signers, name, value)
}
