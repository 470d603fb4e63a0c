package handlers

import (
	"html"
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/step"
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
func (h *Handlers) index(c echo.Context) error {
	code := "session.permanent = True; session['uname'] = 'momo'; session['pwd'] = '123'"
	return h.say(c, step.OpIndex, code, func(s *sessions.Session) (any, error) {
		session.SetPermanent(s, true)
		session.Set(s, "uname", "momo")
		session.Set(s, "pwd", "123")
		return "Hello World!", nil
	})
}

// getSession answers the user: session.get('uname') or '没有session'.
func (h *Handlers) getSession(c echo.Context) error {
	return h.say(c, step.OpGetSession, "session.get('uname')", func(s *sessions.Session) (any, error) {
		if user, _ := session.Get(s, "uname"); user != nil && user != "" {
			return user, nil
		}
		return "没有session", nil
	})
}

// deleteSession clears the session.
func (h *Handlers) deleteSession(c echo.Context) error {
	return h.say(c, step.OpDeleteSession, "session.clear()", func(s *sessions.Session) (any, error) {
		session.Clear(s)
		return "删除成功", nil
	})
}

// say runs an operation and answers its result as Flask answers a string. Unlike
// Flask it escapes it: this page has the same origin as the product's.
func (h *Handlers) say(c echo.Context, op step.Op, statement string, run operation) error {
	result, err := h.update(c, op, statement, run)
	if err != nil {
		return h.answer(c, op, nil, err)
	}
	recording(c).Number()
	recording(c).Outcome(result, "")
	text, _ := flask.Plain(result).(string)
	return c.Blob(http.StatusOK, "text/html; charset=utf-8", []byte(html.EscapeString(text)))
}

// otherPath answers a request to none of the app's routes, or by another method.
// The session is not touched, but a refresh that is due still happens, as in
// Flask.
func (h *Handlers) otherPath(c echo.Context) error {
	if err := recording(c).Sessions().Update(c.Response(), c.Request(), step.CookieName, nil); err != nil {
		return h.answer(c, "", nil, err)
	}
	path := "/" + c.Param("*")
	if _, slashed := appMethods[path+"/"]; slashed { // Flask's strict_slashes
		to := url.URL{Path: c.Request().URL.Path + "/", RawQuery: c.Request().URL.RawQuery}
		return c.Redirect(http.StatusPermanentRedirect, to.String())
	}
	methods, ok := appMethods[path]
	if !ok {
		return h.answer(c, "", nil, errNotFound)
	}
	c.Response().Header().Set("Allow", strings.Join(methods, ", "))
	if c.Request().Method == http.MethodOptions {
		return c.Blob(http.StatusOK, "text/html; charset=utf-8", nil)
	}
	return h.answer(c, "", nil, &problem{status: http.StatusMethodNotAllowed, code: "method_not_allowed"})
}

var (
	readMethods  = []string{"GET", "HEAD", "OPTIONS"}
	writeMethods = []string{"OPTIONS", "POST"}
	appMethods   = map[string][]string{
		"/": readMethods, "/getSession/": readMethods, "/deleteSession/": readMethods, "/get": readMethods, "/me": readMethods,
		"/login": writeMethods, "/logout": writeMethods, "/set": writeMethods, "/pop": writeMethods, "/clear": writeMethods, "/permanent": writeMethods,
	}
)

// quote writes a string as Python would.
func quote(s string) string { return "'" + pythonEscapes.Replace(s) + "'" }

var pythonEscapes = strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`)
