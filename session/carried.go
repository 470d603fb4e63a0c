package session

import (
	"bytes"
	"errors"
	"net/http"
	"time"

	"github.com/gorilla/sessions"
)

// maxCookieLine is the length of a Set-Cookie line above which Werkzeug warns,
// because browsers may ignore the cookie: its MAX_COOKIE_SIZE.
const maxCookieLine = 4093

// carried is the sessions.Store that a session of a CookieStore carries, as
// opened is for a Store.
type carried struct {
	*CookieStore
	visit
	json []byte // of the values, as the cookie has them; nil: there are none
	err  error  // why the session was not opened
}

// carried returns the state of the session of that name during r: empty at
// first.
func (st *CookieStore) carried(r *http.Request, name string) (*carried, error) {
	_, err := sessions.GetRegistry(r).Get(carrier{st}, name+"!")
	c, ok := err.(*carried)
	if !ok {
		return nil, notOpened(name)
	}
	if c.CookieStore != st {
		return nil, errNotOurs
	}
	return c, nil
}

// A carrier is for a CookieStore what a keeper is for a Store.
type carrier struct{ *CookieStore }

func (k carrier) New(r *http.Request, _ string) (*sessions.Session, error) {
	c := &carried{CookieStore: k.CookieStore, visit: visit{trace: traced(r.Context())}}
	return &c.first, c
}

func (carrier) Save(*http.Request, http.ResponseWriter, *sessions.Session) error { return nil }

// New opens the session, when gorilla's registry asks for it.
func (c *carried) New(r *http.Request, name string) (*sessions.Session, error) {
	if c.session != nil { // a program asks, for another one
		return c.CookieStore.New(r, name)
	}
	c.make(c, name)
	s := c.session
	c.reset(s, c.opt.Cookie)
	c.json = c.read(r, name, s.Values)
	s.IsNew = c.json == nil
	call(c.trace.Opened, OpenedInfo{IsNew: s.IsNew, Values: len(s.Values)})
	return s, nil
}

// read adds the values in the cookie to values, and returns their JSON.
func (c *carried) read(r *http.Request, name string, values map[any]any) []byte {
	value, found := CookieValue(r, name)
	call(c.trace.CookieRead, CookieInfo{Name: name, Value: value, Found: found})
	if !found {
		return nil
	}
	known, err := c.open(name, value)
	if err != nil {
		c.refuse(known, refusal(err))
		return nil
	}
	call(c.trace.Verified, VerifiedInfo{Valid: true, Key: known.Key})
	err = c.codec.Unmarshal(known.JSON, values)
	if err != nil {
		clear(values)
	}
	call(c.trace.Decoded, DecodedInfo{Carried: known, Err: err})
	if err != nil || len(values) == 0 {
		return nil
	}
	return known.JSON
}

// refuse reports why the cookie is not accepted.
func (c *carried) refuse(known Carried, err *CookieError) {
	if !err.verified() {
		call(c.trace.Verified, VerifiedInfo{Reason: err.Reason})
		return
	}
	call(c.trace.Verified, VerifiedInfo{Valid: true, Key: known.Key})
	switch err.Reason {
	case ReasonLifetime:
		call(c.trace.Expired, ExpiredInfo{Limit: LimitLifetime, Expired: known.Stamp.Add(c.opt.Lifetime), Allowed: c.opt.Lifetime})
	case ReasonRevoked:
		call(c.trace.Expired, ExpiredInfo{Limit: LimitRevoked, Expired: c.opt.Since})
	case ReasonFuture:
		call(c.trace.Expired, ExpiredInfo{Limit: LimitFuture, Expired: known.Stamp})
	default:
		call(c.trace.Decoded, DecodedInfo{Carried: known, Err: err})
	}
}

// fill sets s to what the cookie says, and drops any changes.
func (c *carried) fill(s *sessions.Session) {
	c.reset(s, c.opt.Cookie)
	if c.json != nil {
		_ = c.codec.Unmarshal(c.json, s.Values) // which could be read before
	}
	s.ID = ""
}

// Save writes the Set-Cookie of s, if one is due, by the rules of [Store.Save],
// including gorilla's own ways. An s.Options.MaxAge above 0 is the life of the
// cookie only: the server can enforce no limit but the lifetime.
//
// Call Save before the first byte of the body. It returns [ErrTooLarge], or the
// error of a value that cannot be encoded, or an [*Error] for a session that
// this store did not open. With an error, no cookie is set. Like Flask, Save
// sends a cookie even if it may be too long for a browser: see
// [Trace].CookieTooLong.
func (st *CookieStore) Save(r *http.Request, w http.ResponseWriter, s *sessions.Session) error {
	c, ok := s.Store().(*carried)
	if !ok {
		c = st.adopt(r, s)
	}
	if c.err != nil {
		return c.err
	}
	c.trace = traced(r.Context()) // which may be another by now
	vary(w.Header())
	return c.save(r, w, s)
}

// adopt returns the state of a session that another store opened, or a program
// made.
func (st *CookieStore) adopt(r *http.Request, s *sessions.Session) *carried {
	c, err := st.carried(r, s.Name())
	if err == nil && c.session == s { // the registry was asked for it with st itself
		return c
	}
	c = &carried{CookieStore: st, visit: visit{trace: &untraced}}
	if err := checkName(s.Name()); err != nil {
		c.err = &Error{Op: "save", Err: err}
		return c
	}
	c.json = c.read(r, s.Name(), make(map[any]any))
	return c
}

func (c *carried) save(_ *http.Request, w http.ResponseWriter, s *sessions.Session) error {
	data, err := c.codec.Marshal(s.Values)
	if err != nil {
		return err
	}
	lifetime, lasting := cookieLifetime(s, c.opt.Lifetime)
	switch fateOf(s, c.modified || c.differs(data, len(s.Values))) {
	case ended:
		call(c.trace.Emptied, "")
		c.json, c.modified = nil, false
		s.IsNew = true
		c.putCookie(w, s, "", time.Time{})
	case changed:
		if c.opt.MaxBytes > 0 && len(data) > c.opt.MaxBytes {
			return ErrTooLarge
		}
		return c.send(w, s, data, lifetime, lasting)
	case unchanged:
		if lasting && c.opt.RefreshEachRequest {
			return c.send(w, s, data, lifetime, lasting)
		}
	}
	return nil
}

// differs reports whether data, the JSON of n values now, differs from the
// cookie's.
func (c *carried) differs(data []byte, n int) bool {
	if c.json == nil || n == 0 {
		return c.json != nil || n > 0
	}
	if bytes.Equal(data, c.json) {
		return false
	}
	// Somebody who has the key may have written the same values in another
	// form.
	was := make(map[any]any)
	if err := c.codec.Unmarshal(c.json, was); err != nil {
		return true
	}
	same, err := c.codec.Marshal(was)
	return err != nil || !bytes.Equal(data, same)
}

// send writes the cookie.
func (c *carried) send(w http.ResponseWriter, s *sessions.Session, data []byte, lifetime time.Duration, lasting bool) error {
	now := c.opt.Now()
	value, err := c.codec.Seal(s.Name(), data, now)
	if large := (*CookieTooLargeError)(nil); errors.As(err, &large) {
		call(c.trace.CookieTooLong, TooLongInfo{Name: s.Name(), Value: large.Value, Limit: large.Limit})
	}
	if err != nil {
		return err
	}
	var expires time.Time
	if lasting {
		expires = now.Add(lifetime)
	}
	line := c.putCookie(w, s, value, expires)
	if line > maxCookieLine {
		call(c.trace.CookieTooLong, TooLongInfo{Name: s.Name(), Value: len(value), Line: line, Limit: maxCookieLine})
	}
	c.json, c.modified = data, false
	return nil
}
