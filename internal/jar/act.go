package jar

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ErrNoCookie is returned for a name that no cookie in the jar has.
var ErrNoCookie = errors.New("jar: no such cookie")

// A BadCookieError says why no header could have set a cookie.
type BadCookieError struct{ Err error }

func (e *BadCookieError) Error() string { return "jar: bad cookie: " + e.Err.Error() }

// Unwrap returns what is wrong with it.
func (e *BadCookieError) Unwrap() error { return e.Err }

// What a person can do to a jar by hand, as in the developer tools of browsers.
// If several cookies have one name, it is done to the one that was used last.

// Named returns the cookie of that name, or [ErrNoCookie].
func (j *Jar) Named(name string, now time.Time) (Cookie, error) {
	i := j.named(name, now)
	if i < 0 {
		return Cookie{}, ErrNoCookie
	}
	return j.cookies[i], nil
}

// Delete removes the cookie of that name, or returns [ErrNoCookie].
func (j *Jar) Delete(name string, now time.Time) error {
	i := j.named(name, now)
	if i < 0 {
		return ErrNoCookie
	}
	j.cookies = slices.Delete(j.cookies, i, i+1)
	return nil
}

// Edit gives the cookie of that name another value, and returns it. Its
// attributes stay. It returns [ErrNoCookie], or a [*BadCookieError] for a value
// that no header could have set; then the jar does not change.
func (j *Jar) Edit(name, value string, now time.Time) (Cookie, error) {
	i := j.named(name, now)
	if i < 0 {
		return Cookie{}, ErrNoCookie
	}
	c := j.cookies[i]
	c.Value = strings.Trim(value, " \t")
	if err := c.check(); err != nil {
		return Cookie{}, &BadCookieError{err}
	}
	j.cookies[i] = c
	return c, nil
}

// Put stores a cookie of another jar as it is, and replaces the one of equal
// identity.
func (j *Jar) Put(c Cookie, now time.Time) error {
	if err := c.check(); err != nil {
		return &BadCookieError{err}
	}
	now = now.Round(0).UTC()
	j.DropExpired(now)
	c.LastUsed = now
	if r := j.keep(c, now); r.Outcome == Ignored {
		return &BadCookieError{fmt.Errorf("%s", r.Reason)}
	}
	return nil
}

// Clone returns a jar of the same cookies that changes on its own.
func (j *Jar) Clone() Jar { return Jar{slices.Clone(j.cookies)} }

// Same reports whether the jars hold the same cookies. When a cookie was used last counts
// only between cookies: it makes no difference to a jar with one.
func (j *Jar) Same(other Jar) bool {
	return slices.EqualFunc(j.cookies, other.cookies, func(c, k Cookie) bool {
		if len(j.cookies) == 1 {
			c.LastUsed = k.LastUsed
		}
		return c == k
	})
}

// Bound removes the cookies longest unused until at most n are left.
func (j *Jar) Bound(n int) {
	for len(j.cookies) > n {
		i := j.longestUnused(func(Cookie) bool { return true })
		j.cookies = slices.Delete(j.cookies, i, i+1)
	}
}

// named returns the index of the cookie of that name, -1 for none.
func (j *Jar) named(name string, now time.Time) int {
	found := -1
	for i, c := range j.cookies {
		if c.Name == name && !c.Expired(now) && (found < 0 || !c.LastUsed.Before(j.cookies[found].LastUsed)) {
			found = i
		}
	}
	return found
}
