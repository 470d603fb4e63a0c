package handlers

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/views"
)

// A problem is an error with a stable code, which is also the name of its
// message.
type problem struct {
	status int
	code   string
	args   []string // of the message: names and values
	cause  error    // for the log

	// incident is where in the log to look for what the answer does not tell: an
	// error of the program's own. Others have none.
	incident string
}

func (p *problem) Error() string {
	if p.cause != nil {
		return p.code + ": " + p.cause.Error()
	}
	return p.code
}

func (p *problem) Unwrap() error { return p.cause }

// The problems that handlers find themselves.
var (
	errWrongPassword  = &problem{status: http.StatusUnauthorized, code: "wrong_password"}
	errNotLoggedIn    = &problem{status: http.StatusUnauthorized, code: "not_logged_in"}
	errCrossOrigin    = &problem{status: http.StatusForbidden, code: "cross_origin"}
	errWrongHost      = &problem{status: http.StatusBadRequest, code: "wrong_host"}
	errNotAForm       = &problem{status: http.StatusUnsupportedMediaType, code: "not_a_form"}
	errBadForm        = &problem{status: http.StatusBadRequest, code: "bad_form"}
	errBodyTooLarge   = &problem{status: http.StatusRequestEntityTooLarge, code: "body_too_large"}
	errBenchFull      = &problem{status: http.StatusConflict, code: "bench_full"}
	errExporting      = &problem{status: http.StatusTooManyRequests, code: "exporting"}
	errNoRoom         = &problem{status: http.StatusServiceUnavailable, code: "no_room"}
	errTooMany        = &problem{status: http.StatusTooManyRequests, code: "too_many_requests"}
	errTooManyStreams = &problem{status: http.StatusTooManyRequests, code: "too_many_streams"}
	errNotFound       = &problem{status: http.StatusNotFound, code: "not_found"}
)

// noSuchKey is the problem of an operation on a key that the session does not have.
func noSuchKey(key string) *problem {
	return &problem{status: http.StatusNotFound, code: "no_such_key", args: []string{"Key", key}}
}

// asProblem is the one table from error to status.
func asProblem(err error) *problem {
	var (
		known   *problem
		cookie  *session.CookieTooLargeError
		app     *session.Error
		store   *lab.StoreError
		state   *lab.StateError
		setting *lab.SettingError
		http_   *echo.HTTPError
		body    *http.MaxBytesError
	)
	switch {
	case errors.As(err, &known):
		return known
	case browserProblem(err) != nil:
		return browserProblem(err)
	case experimentProblem(err) != nil:
		return experimentProblem(err)
	case errors.As(err, &cookie):
		args := []string{"Size", strconv.Itoa(cookie.Value), "Most", strconv.Itoa(cookie.Limit)}
		return &problem{status: http.StatusRequestEntityTooLarge, code: "cookie_too_large", args: args, cause: err}
	case errors.Is(err, session.ErrRenewed): // with the cookie that the client has by now, it will do
		return &problem{status: http.StatusConflict, code: "session_renewed", cause: err}
	case errors.Is(err, session.ErrUnreadable): // of the session's state, and the client can end it
		return &problem{status: http.StatusConflict, code: "record_unreadable", cause: err}
	case errors.As(err, &app), errors.As(err, &store), errors.As(err, &state):
		return &problem{status: http.StatusServiceUnavailable, code: "store_unavailable", cause: err}
	case errors.As(err, &setting) && setting.Unknown:
		return &problem{status: http.StatusUnprocessableEntity, code: "unknown_setting", args: []string{"Field", setting.Field}, cause: err}
	case errors.As(err, &setting):
		return &problem{status: http.StatusUnprocessableEntity, code: "bad_setting", args: []string{"Field", setting.Field, "Value", setting.Value}, cause: err}
	case errors.Is(err, session.ErrTooLarge):
		return &problem{status: http.StatusRequestEntityTooLarge, code: "record_too_large", cause: err}
	case errors.As(err, &body):
		return errBodyTooLarge
	case errors.Is(err, lab.ErrTooFar):
		return &problem{status: http.StatusUnprocessableEntity, code: "clock_too_far", cause: err}
	case errors.Is(err, lab.ErrFull):
		return errBenchFull
	case errors.Is(err, lab.ErrRunning):
		return &problem{status: http.StatusConflict, code: "experiment_running", cause: err}
	case errors.Is(err, lab.ErrNoRoom):
		return errNoRoom
	case errors.Is(err, lab.ErrUnknown):
		return errNotFound
	case errors.Is(err, context.DeadlineExceeded):
		return &problem{status: http.StatusServiceUnavailable, code: "too_slow", cause: err}
	case errors.As(err, &http_):
		return fromEcho(http_)
	}
	return &problem{status: http.StatusInternalServerError, code: "internal", cause: err}
}

// fromEcho names the errors that Echo finds.
func fromEcho(err *echo.HTTPError) *problem {
	switch err.Code {
	case http.StatusNotFound:
		return errNotFound
	case http.StatusMethodNotAllowed:
		return &problem{status: err.Code, code: "method_not_allowed"}
	case http.StatusRequestEntityTooLarge:
		return errBodyTooLarge
	}
	if err.Code >= 500 {
		return &problem{status: http.StatusInternalServerError, code: "internal", cause: err}
	}
	return errBadForm
}

// failure is an error as JSON says it.
type failure struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// newIncident returns a name for an error, short enough to be read out.
func newIncident() string { return rand.Text()[:8] }

// retryAfter is in how many seconds a store may answer again, or a stream have ended.
const retryAfter = "5"

// fail answers a request whose handler returned an error.
func (h *core) fail(err error, c echo.Context) {
	p := asProblem(err)
	if p.status == http.StatusInternalServerError && p.incident == "" {
		named := *p
		named.incident = newIncident()
		p = &named
	}
	if p.status >= 500 && p != errNoRoom { // of which the log is told once a minute
		h.Log.Error("request failed", "error", err, "route", c.Path(), "incident", p.incident)
	}
	if c.Response().Committed {
		return
	}
	if p.status == http.StatusServiceUnavailable {
		c.Response().Header().Set("Retry-After", retryAfter)
	}
	c.Response().Header().Add("Vary", "Accept")
	t := h.text(c)
	message := h.message(c, p)
	if !wantsHTML(c.Request()) {
		body := map[string]any{"ok": false, "error": struct {
			failure
			Next     string `json:"next,omitempty"` // what to do about it
			Incident string `json:"incident,omitempty"`
		}{failure{p.code, message}, t.T("error.next." + p.code), p.incident}}
		if err := c.JSON(p.status, body); err != nil {
			h.Log.Error("response not sent", "error", err)
		}
		return
	}
	page := views.ErrorPage{Page: h.page(c, ""), Status: p.status, Title: t.T("error.title." + p.code), Sentence: message, Next: t.T("error.next." + p.code), Incident: p.incident}
	if strings.HasPrefix(c.Path(), lessonPath) && h.lessonBy(c.Param("slug")) != nil {
		page.Lesson = withPath(c, lessonAddress(c))
	}
	err = h.render(c, p.status, views.Error(page))
	if err != nil && !c.Response().Committed {
		err = c.String(p.status, message+"\n")
	}
	if err != nil {
		h.Log.Error("response not sent", "error", err)
	}
}
