package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/accept"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/flask"
	"github.com/sessionlab/sessionlab/views"
)

// recording returns the step in the making; only routes below recorded have one.
func recording(c echo.Context) *lab.Recording {
	return c.Get(recordingKey).(*lab.Recording)
}

// named tells the recording which operation a route is, and refuses a request
// whose body could not be read.
func (h *Handlers) named(op step.Op, f echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		recording(c).Op(op)
		if why := badBody(c); why != nil {
			return h.refuse(c, op, why)
		}
		return f(c)
	}
}

// An operation works on the session of a request and returns what it found. It
// may run more than once: when another request changed the session meanwhile, it
// runs again on what is there now.
type operation func(s *sessions.Session) (result any, err error)

// update opens the session, runs an operation on it and saves it. The statement
// says what the operation does, as one would write it.
func (h *Handlers) update(c echo.Context, op step.Op, statement string, run operation) (result any, err error) {
	g := recording(c)
	err = g.Sessions().Update(c.Response(), c.Request(), step.CookieName, func(s *sessions.Session) (err error) {
		result, err = run(s)
		if !errors.Is(err, errWrongPassword) { // which never lets the statement run
			g.Ran(op, statement)
		}
		if err != nil {
			return err
		}
		return h.roomFor(c, s)
	})
	if errors.Is(err, session.ErrUnreadable) && (op == step.OpLogout || op == step.OpClear || op == step.OpDeleteSession) {
		return h.discard(c, op, statement, run)
	}
	return result, err
}

// discard deletes a session whose record cannot be read, for an operation that
// would have emptied it: so nobody is locked out by such a record.
func (h *Handlers) discard(c echo.Context, op step.Op, statement string, run operation) (result any, err error) {
	g := recording(c)
	s, _ := g.Sessions().Get(c.Request(), step.CookieName) // whose error is known
	if result, err = run(s); err != nil {
		return nil, err
	}
	g.Ran(op, statement)
	s.Options.MaxAge = -1
	return result, s.Save(c.Request(), c.Response())
}

// do is update, and the answer that most routes give.
func (h *Handlers) do(c echo.Context, op step.Op, statement string, run operation) error {
	result, err := h.update(c, op, statement, run)
	return h.answer(c, op, result, err)
}

// refuse answers a request that cannot be carried out. A refresh of the session
// that is due still happens, as in Flask.
func (h *Handlers) refuse(c echo.Context, op step.Op, why error) error {
	nothing := func(*sessions.Session) error { return nil }
	if err := recording(c).Sessions().Update(c.Response(), c.Request(), step.CookieName, nothing); err != nil {
		why = err
	}
	return h.answer(c, op, nil, why)
}

// answer is what an operation's JSON answer says. Values are as [flask.Plain] has
// them: a cookie of Flask's can hold what JSON cannot.
type answer struct {
	OK      bool           `json:"ok"`
	Op      step.Op        `json:"op"`
	Step    int            `json:"step"`
	Result  any            `json:"result"`
	Error   *failure       `json:"error,omitempty"`
	Session map[string]any `json:"session"` // null: not known
}

// answer sends the outcome of an operation: JSON to programs, a way back to the
// bench to the page it was started from, and a page of the app's own to any
// other browser, or where the server is at fault.
func (h *Handlers) answer(c echo.Context, op step.Op, result any, err error) error {
	g := recording(c)
	a := answer{OK: err == nil, Op: op, Step: g.Number(), Result: flask.Plain(result), Session: h.valuesAfter(c)}
	status := http.StatusOK
	if err != nil {
		p := asProblem(err)
		if p.status >= 500 {
			h.Log.Error("operation failed", "op", op, "error", err)
			c.Response().Header().Set("Retry-After", retryAfter)
		}
		a.Result, status = nil, p.status
		a.Error = &failure{p.code, h.message(c, p)}
		g.Outcome(nil, p.code)
	} else {
		g.Outcome(result, "")
	}
	c.Response().Header().Add("Vary", "Accept")
	switch {
	case !wantsHTML(c.Request()):
		return c.JSON(status, a)
	case c.Get(ownerKey).(bool) && status < 500:
		at := "/" + string(h.text(c).Lang()) + "/lab?step=" + strconv.Itoa(a.Step)
		return c.Redirect(http.StatusSeeOther, at)
	}
	return h.render(c, status, views.AppAnswer(h.appPage(c, a, status)))
}

// valuesAfter returns the values of the session as the request left it, or nil if
// the store did not tell. So the answer depends on the cookie, as Vary says.
func (h *Handlers) valuesAfter(c echo.Context) map[string]any {
	if header := c.Response().Header(); !slices.Contains(header["Vary"], "Cookie") {
		header.Add("Vary", "Cookie")
	}
	s, err := recording(c).Sessions().Get(c.Request(), step.CookieName)
	if err != nil {
		return nil
	}
	values := make(map[string]any)
	for k, v := range s.Values {
		if key, ok := k.(string); ok {
			values[key] = v
		}
	}
	return flask.Plain(values).(map[string]any)
}

// roomFor refuses a session that has grown past the limits, before it is saved.
func (h *Handlers) roomFor(c echo.Context, s *sessions.Session) error {
	limits := h.Lab.Limits()
	if len(s.Values) > limits.Keys {
		return &problem{status: http.StatusConflict, code: "too_many_keys", args: []string{"Most", strconv.Itoa(limits.Keys)}}
	}
	if !s.IsNew || len(s.Values) == 0 {
		return nil
	}
	room, err := c.Get(benchKey).(*lab.Bench).HasRoom(c.Request().Context())
	if err != nil {
		return err
	}
	if !room {
		return &problem{status: http.StatusConflict, code: "too_many_sessions", args: []string{"Most", strconv.Itoa(limits.Sessions)}}
	}
	return nil
}

// field returns a field of the request's form, or why it cannot be used.
func field(c echo.Context, name string, most int) (string, error) {
	r := c.Request()
	if err := parseForm(r); err != nil {
		return "", err
	}
	from := r.PostForm
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		from = r.URL.Query()
	}
	args := []string{"Field", name, "Most", strconv.Itoa(most)}
	values, ok := from[name]
	switch {
	case !ok:
		return "", &problem{status: http.StatusBadRequest, code: "missing_field", args: args}
	case len(values[0]) > most:
		return "", &problem{status: http.StatusBadRequest, code: "too_long", args: args}
	case !utf8.ValidString(values[0]):
		return "", &problem{status: http.StatusBadRequest, code: "not_text", args: args}
	}
	return values[0], nil
}

// key returns the field "key", which must say something.
func (h *Handlers) key(c echo.Context) (string, error) {
	key, err := field(c, "key", h.Lab.Limits().KeyBytes)
	if err == nil && key == "" {
		err = &problem{status: http.StatusBadRequest, code: "missing_field", args: []string{"Field", "key"}}
	}
	return key, err
}

// parseForm reads a form; a body that is something else is refused rather than
// taken for an empty form.
func parseForm(r *http.Request) error {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	switch kind = strings.TrimSpace(strings.ToLower(kind)); {
	case kind == "multipart/form-data":
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			return errBadForm
		}
	case kind != "" && kind != "application/x-www-form-urlencoded" && r.ContentLength != 0:
		return errNotAForm
	}
	if err := r.ParseForm(); err != nil {
		return errBadForm
	}
	return nil
}

// wantsHTML reports whether a page is asked for, as browsers do, rather than JSON.
func wantsHTML(r *http.Request) bool { return accept.HTML(r.Header.Values("Accept")) }
