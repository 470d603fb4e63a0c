package handlers

import (
	"errors"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"
	"golang.org/x/crypto/bcrypt"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// login verifies the password, gives the session a new id, and notes the user in
// it. A wrong password leaves the session as it was.
func (h *Handlers) login(c echo.Context) error {
	user, err := field(c, "uname", h.Lab.Limits().ValueBytes)
	if err != nil {
		return h.refuse(c, step.OpLogin, err)
	}
	password, err := field(c, "pwd", h.Lab.Limits().ValueBytes)
	if err != nil {
		return h.refuse(c, step.OpLogin, err)
	}
	g := recording(c)
	return h.do(c, step.OpLogin, "session['uname'] = "+quote(user), func(s *sessions.Session) (any, error) {
		ok := passwordMatches(user, password)
		g.PasswordChecked(user, ok)
		if !ok {
			return nil, errWrongPassword
		}
		if g.Settings().NewIDAtLogin {
			session.Renew(s)
		}
		session.Set(s, "uname", user)
		return user, nil
	})
}

// logout forgets the user: without values the session, its record and its cookie
// go.
func (h *Handlers) logout(c echo.Context) error {
	return h.do(c, step.OpLogout, "session.clear()", func(s *sessions.Session) (any, error) {
		session.Clear(s)
		return nil, nil
	})
}

// me tells who is logged in.
func (h *Handlers) me(c echo.Context) error {
	return h.do(c, step.OpMe, "session.get('uname')", func(s *sessions.Session) (any, error) {
		user, ok := session.Get(s, "uname")
		if !ok {
			return nil, errNotLoggedIn
		}
		return user, nil
	})
}

// accounts are the demo accounts, shown on the page. Their hashes are the
// cheapest bcrypt makes: these passwords are no secret, and a class logs in at
// one instant. A real site takes the default cost or more.
var accounts = map[string]string{
	"momo":    "$2a$04$LRL1aSXH.tIlzqUCtnfE5uYB266jd9QJFuyiE0yECZCHYziGb8Xai",
	"alice":   "$2a$04$A6L7OyjKv6joLUuDEMu2MuLoKIadxCtywNGIq6NS1OqujqgYueyPK",
	"mallory": "$2a$04$cUbm10iBImVWaUYeXM/.Au298nvjD5Ji2/7NWvcCSeO5J4cHCZ8JK",
}

// passwordMatches compares in the same time whether or not there is such a user.
func passwordMatches(user, password string) bool {
	hash, ok := accounts[user]
	if !ok {
		hash = accounts["momo"]
	}
	err := bcrypt.CompareHashAndPassword([]byte(hash), []byte(password))
	if err != nil && !errors.Is(err, bcrypt.ErrMismatchedHashAndPassword) {
		return false // a password longer than bcrypt takes
	}
	return err == nil && ok
}
