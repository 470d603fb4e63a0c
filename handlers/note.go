package handlers

import (
	"html"
	"net/http"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/flask"
)

// The lecture note's own program, route for route and body for body:
//
//	@app.route('/')
//	def index():
//	    session.permanent = True
//	    session['uname'] = 'momo'
//	    session['pwd'] = '123'
//	    return 'Hello World!'

// index stores a user and, as one should not, a password.
func (a *app) index(c *call) error {
	code := "session.permanent = True; session['uname'] = 'momo'; session['pwd'] = '123'"
	result, err := c.update(code, func() (any, error) {
		session.SetPermanent(c.session, true)
		session.Set(c.session, "uname", "momo")
		session.Set(c.session, "pwd", "123")
		return "Hello World!", nil
	})
	return c.say(result, err)
}

// getSession answers the user: session.get('uname') or '没有session'.
func (a *app) getSession(c *call) error {
	result, err := c.update("session.get('uname')", func() (any, error) {
		if user, _ := session.Get(c.session, "uname"); user != nil && user != "" {
			return user, nil
		}
		return "没有session", nil
	})
	return c.say(result, err)
}

// deleteSession clears the session.
func (a *app) deleteSession(c *call) error {
	result, err := c.updateOrDelete("session.clear()", func() (any, error) {
		session.Clear(c.session)
		return "删除成功", nil
	})
	return c.say(result, err)
}

// say answers an operation's result as Flask answers a string. Unlike Flask it
// escapes it: this page has the same origin as the product's.
func (c *call) say(result any, err error) error {
	if err != nil {
		return c.answer(nil, err)
	}
	c.recording.Number()
	c.recording.Outcome(result, "")
	text, _ := flask.Plain(result).(string)
	return c.Blob(http.StatusOK, "text/html; charset=utf-8", []byte(html.EscapeString(text)))
}
