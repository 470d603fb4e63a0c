package session

import (
	"net/http"
	"time"

	"github.com/gorilla/sessions"
)

// CookieOptions configure a [CookieStore]. The zero value of each field is a
// choice, not a default; start from [DefaultCookieOptions].
type CookieOptions struct {
	// Lifetime is how long a cookie is valid after it was made, permanent or
	// not: Flask's PERMANENT_SESSION_LIFETIME. It counts in whole seconds, and
	// a cookie of exactly that age is still valid.
	Lifetime time.Duration
	// RefreshEachRequest sends a permanent session's cookie again on every
	// response: Flask's SESSION_REFRESH_EACH_REQUEST.
	RefreshEachRequest bool

	// Since is the second from which on cookies are valid. Cookies made before
	// it are not accepted, so all earlier sessions end without another key. The
	// zero time ends none.
	Since time.Time

	MaxBytes int // of the JSON of one session's values; 0: no limit

	// Cookie holds the attributes of the cookie. Its MaxAge is not used: a request
	// may set Session.Options.MaxAge, see [CookieStore.Save].
	Cookie sessions.Options

	Now func() time.Time // the clock
}

// DefaultCookieOptions are those of [DefaultOptions] that have a meaning for
// cookies.
func DefaultCookieOptions() CookieOptions {
	opt := DefaultOptions()
	return CookieOptions{Lifetime: opt.Lifetime, RefreshEachRequest: opt.RefreshEachRequest, Cookie: opt.Cookie, Now: opt.Now}
}

// A CookieStore is a gorilla sessions.Store that keeps a session's values in
// the cookie, as Flask does: the server keeps only a key. It follows the same
// rules as a [Store] for when a session exists and when its cookie is sent.
//
// Three things follow from that. Anyone who copied a cookie has the session as
// it was then, until the cookie is older than its lifetime; a log-out ends it
// in that browser only. If two requests run at the same time, the response that
// arrives last wins, and the other's change is lost. A session has no id.
//
// It is safe for concurrent use by different requests.
type CookieStore struct {
	codec Codec
	opt   CookieOptions
}

var _ sessions.Store = (*CookieStore)(nil)

// NewCookieStore returns a CookieStore whose cookies c writes and reads. It
// panics if the options have no clock or a negative lifetime: these are
// mistakes in the program.
func NewCookieStore(c Codec, opt CookieOptions) *CookieStore {
	if opt.Now == nil || opt.Lifetime < 0 {
		panic("session: NewCookieStore needs CookieOptions with Now and a Lifetime that is not negative")
	}
	if opt.Cookie.Path == "" {
		opt.Cookie.Path = "/"
	}
	opt.Cookie.MaxAge = 0
	return &CookieStore{codec: c, opt: opt}
}

// Get returns the session of that name for r, and opens it at the first call
// for a request. It never returns nil: an error, which is an [*Error] and a
// mistake in the program, comes with a session that cannot be saved.
func (st *CookieStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	c, err := st.carried(r, name)
	if err == nil {
		if s, err := sessions.GetRegistry(r).Get(c, name); s != nil && c.session == s {
			return s, err
		}
		err = notOpened(name)
	}
	return st.refused(name, err)
}

// refused is a session that cannot be opened because of a mistake in the
// program.
func (st *CookieStore) refused(name string, err error) (*sessions.Session, error) {
	c := &carried{CookieStore: st, visit: visit{trace: &untraced}, err: &Error{Op: "load", Err: err}}
	return sessions.NewSession(c, name), c.err
}

// New opens the session of that name as the request has it, even if it was
// opened before. A cookie that is not accepted gives a new session and no
// error.
func (st *CookieStore) New(r *http.Request, name string) (*sessions.Session, error) {
	if err := checkName(name); err != nil {
		return st.refused(name, err)
	}
	return (&carried{CookieStore: st, visit: visit{trace: traced(r.Context())}}).New(r, name)
}

// Update opens the session of that name, calls change once, and saves the
// session. It cannot see conflicts: if another request updates the session at
// the same time, one of the two updates is lost.
//
// An error from change is returned as it is, and then nothing that change did to
// the session is saved; a refresh that was due still happens. With a nil change
// the session is only refreshed, if it is due.
func (st *CookieStore) Update(w http.ResponseWriter, r *http.Request, name string, change func(*sessions.Session) error) error {
	s, err := st.Get(r, name)
	if err != nil {
		return err
	}
	failed, err := try(s.Store().(*carried), w, r, s, change)
	if err == nil {
		err = failed
	}
	return err
}

// open is what the codec makes of the value of a cookie of that name, unless that
// is from before cookies count.
func (st *CookieStore) open(name, value string) (Carried, error) {
	known, err := st.codec.Open(name, value, st.opt.Now(), st.opt.Lifetime)
	if err == nil && known.Stamp.Unix() < st.opt.Since.Unix() {
		known.JSON, err = nil, &CookieError{Reason: ReasonRevoked}
	}
	return known, err
}

// A Claim is what the value of a cookie says, and whether a [CookieStore] would
// accept it.
type Claim struct {
	Carried

	// Values are what JSON says, if the value is verified and anything can read it.
	Values map[string]any
	// Valid tells whether a request with that cookie would have these values.
	Valid bool
	// Err is a [*CookieError] unless Valid.
	Err error
}

// Reason is why the value is not accepted, one of the Reason constants, or "".
func (c Claim) Reason() string {
	if c.Err == nil {
		return ""
	}
	return refusal(c.Err).Reason
}

// Verified reports whether the value was signed with one of the store's keys.
// It is true for a value that is too old.
func (c Claim) Verified() bool { return c.Err == nil || refusal(c.Err).verified() }

// Inspect tells what the value of a cookie of that name claims and whether this
// CookieStore would accept it now. If it would not, the JSON is what anybody
// can read, and may be anything. Inspect decodes values only if the value was
// signed with one of its keys: a stranger's values could take much memory.
func (st *CookieStore) Inspect(name, value string) Claim {
	var claim Claim
	claim.Carried, claim.Err = st.open(name, value)
	if claim.Err != nil {
		peeked := st.codec.Peek(value)
		peeked.Key = claim.Key
		claim.Carried = peeked
	}
	if !claim.Verified() {
		return claim
	}
	values := make(map[any]any)
	if err := st.codec.Unmarshal(claim.JSON, values); err == nil {
		claim.Values = make(map[string]any, len(values))
		for k, v := range values {
			claim.Values[k.(string)] = v
		}
	} else if claim.Err == nil {
		claim.Err = err
	}
	claim.Valid = claim.Err == nil
	return claim
}
