package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// An app is the app under study: its operations, in login.go, values.go and
// note.go, and what records them.
type app struct {
	*core
	methods map[string][]string // that each path of the app takes
	order   order               // of the answers
}

// An operation is a route of the app. Its name is the one in steps and answers.
type operation struct {
	op           step.Op
	method, path string // a GET route answers HEAD too
	handle       func(*call) error
}

func newApp(h *core) *app {
	a := &app{core: h, methods: make(map[string][]string)}
	for _, o := range a.operations() {
		a.methods[o.path] = slices.Sorted(slices.Values(append(o.methods(), http.MethodOptions)))
	}
	return a
}

func (o operation) methods() []string {
	if o.method == http.MethodGet {
		return []string{http.MethodGet, http.MethodHead}
	}
	return []string{o.method}
}

// handler names the operation to the recorder, and calls its handler.
func (a *app) handler(o operation) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := a.call(c, o.op)
		call.recording.Op(o.op)
		if call.badBody != nil {
			call.bad = call.badBody
		}
		return o.handle(call)
	}
}

// A call is one request to the app: its form, its session and its answer.
type call struct {
	echo.Context
	*requestInfo
	app *app
	op  step.Op // "" for none of the operations
	bad error   // the first thing that is wrong with the form

	session *sessions.Session // while update runs an operation
}

func (a *app) call(c echo.Context, op step.Op) *call {
	return &call{Context: c, requestInfo: infoOf(c), app: a, op: op}
}

// update opens the session, runs an operation on it and saves it. The operation
// may run more than once: when another request changed the session meanwhile, it
// runs again on what is there now. A form that is wrong keeps it from running; a
// refresh of the session that is due still happens, as in Flask. The statement
// says what the operation does, as one would write it in Python.
func (c *call) update(statement string, run func() (any, error)) (result any, err error) {
	err = c.recording.Sessions().Update(c.Response(), c.Request(), step.CookieName, func(s *sessions.Session) error {
		if c.bad != nil {
			return c.bad
		}
		c.session = s
		if result, err = run(); !errors.Is(err, errWrongPassword) { // which never lets the statement run
			c.recording.Ran(c.op, statement)
		}
		if err != nil {
			return err
		}
		return c.checkRoom()
	})
	return result, err
}

// updateOrDelete is update for an operation that empties the session. A session
// whose record cannot be read is deleted: so nobody is locked out by such a record.
func (c *call) updateOrDelete(statement string, run func() (any, error)) (result any, err error) {
	result, err = c.update(statement, run)
	if c.bad != nil || !errors.Is(err, session.ErrUnreadable) {
		return result, err
	}
	c.session, _ = c.recording.Sessions().Get(c.Request(), step.CookieName) // whose error is known
	if result, err = run(); err != nil {
		return nil, err
	}
	c.recording.Ran(c.op, statement)
	c.session.Options.MaxAge = -1
	return result, c.session.Save(c.Request(), c.Response())
}

// checkRoom refuses a session that has grown past the limits, before it is saved.
func (c *call) checkRoom() error {
	limits := c.app.Lab.Limits()
	if len(c.session.Values) > limits.Keys {
		return &problem{status: http.StatusConflict, code: "too_many_keys", args: []string{"Most", strconv.Itoa(limits.Keys)}}
	}
	if !c.session.IsNew || len(c.session.Values) == 0 {
		return nil
	}
	room, err := c.place.HasRoom(c.Request().Context())
	if err != nil {
		return err
	}
	if !room {
		return &problem{status: http.StatusConflict, code: "too_many_sessions", args: []string{"Most", strconv.Itoa(limits.Sessions)}}
	}
	return nil
}

// otherPath answers a request to none of the app's routes, or by another method.
// The session is not touched, but a refresh that is due still happens, as in
// Flask.
func (a *app) otherPath(ctx echo.Context) error {
	c := a.call(ctx, "")
	if err := c.recording.Sessions().Update(c.Response(), c.Request(), step.CookieName, nil); err != nil {
		return c.answer(nil, err)
	}
	path := "/" + c.Param("*")
	if _, slashed := a.methods[path+"/"]; slashed { // Flask's strict_slashes
		return toSlash(c)
	}
	methods, ok := a.methods[path]
	if !ok {
		return c.answer(nil, errNotFound)
	}
	c.Response().Header().Set("Allow", strings.Join(methods, ", "))
	if c.Request().Method == http.MethodOptions {
		return c.Blob(http.StatusOK, "text/html; charset=utf-8", nil)
	}
	return c.answer(nil, &problem{status: http.StatusMethodNotAllowed, code: "method_not_allowed"})
}
