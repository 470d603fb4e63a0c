package handlers

import (
	"golang.org/x/crypto/bcrypt"

	"github.com/sessionlab/sessionlab/session"
)

// login verifies the password, gives the session a new id, and notes the user in
// it. A wrong password leaves the session as it was.
func (a *app) login(c *call) error {
	user, password := c.text("uname"), c.text("pwd")
	result, err := c.update("session['uname'] = "+quote(user), func() (any, error) {
		ok := passwordMatches(user, password)
		c.recording.PasswordChecked(user, ok)
		if !ok {
			return nil, errWrongPassword
		}
		if c.recording.Settings().NewIDAtLogin {
			return user, session.LogIn(c.Request().Context(), c.session, "uname", user)
		}
		session.Set(c.session, "uname", user)
		return user, nil
	})
	return c.answer(result, err)
}

// logout forgets the user: a session without values is deleted, with its record
// and its cookie.
func (a *app) logout(c *call) error {
	result, err := c.updateOrDelete("session.clear()", func() (any, error) {
		session.Clear(c.session)
		return nil, nil
	})
	return c.answer(result, err)
}

// me tells who is logged in.
func (a *app) me(c *call) error {
	result, err := c.update("session.get('uname')", func() (any, error) {
		user, ok := session.Get(c.session, "uname")
		if !ok {
			return nil, errNotLoggedIn
		}
		return user, nil
	})
	return c.answer(result, err)
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
	return bcrypt.CompareHashAndPassword([]byte(hash), []byte(password)) == nil && ok
}
