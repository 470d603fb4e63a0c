package handlers

import (
	"context"
	"errors"
	"net/http"

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
	errWrongPassword = &problem{status: http.StatusUnauthorized, code: "wrong_password"}
	errNotLoggedIn   = &problem{status: http.StatusUnauthorized, code: "not_logged_in"}
	errCrossOrigin   = &problem{status: http.StatusForbidden, code: "cross_origin"}
	errNotAForm      = &problem{status: http.StatusUnsupportedMediaType, code: "not_a_form"}
	errBadForm       = &problem{status: http.StatusBadRequest, code: "bad_form"}
	errBodyTooLarge  = &problem{status: http.StatusRequestEntityTooLarge, code: "body_too_large"}
	errBenchFull     = &problem{status: http.StatusConflict, code: "bench_full"}
	errTooMany       = &problem{status: http.StatusTooManyRequests, code: "too_many_requests"}
	errNotFound      = &problem{status: http.StatusNotFound, code: "not_found"}
)

// asProblem is the one table from error to status.
func asProblem(err error) *problem {
	var (
		known   *problem
		store   *session.Error
		state   *lab.StateError
		setting *lab.SettingError
		http_   *echo.HTTPError
		body    *http.MaxBytesError
	)
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &store), errors.As(err, &state):
		return &problem{http.StatusServiceUnavailable, "store_unavailable", nil, err}
	case errors.As(err, &setting):
		return &problem{http.StatusUnprocessableEntity, "bad_setting", []string{"Field", setting.Field, "Value", setting.Value}, err}
	case errors.Is(err, session.ErrTooLarge):
		return &problem{http.StatusRequestEntityTooLarge, "record_too_large", nil, err}
	case errors.As(err, &body):
		return errBodyTooLarge
	case errors.Is(err, lab.ErrUnknown):
		return errNotFound
	case errors.Is(err, context.DeadlineExceeded):
		return &problem{http.StatusServiceUnavailable, "too_slow", nil, err}
	case errors.As(err, &http_):
		return fromEcho(http_)
	}
	return &problem{http.StatusInternalServerError, "internal", nil, err}
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
		return &problem{http.StatusInternalServerError, "internal", nil, err}
	}
	return errBadForm
}

// message says what a problem is, and of a store, which one it is and why.
func (h *Handlers) message(c echo.Context, p *problem) string {
	t := h.text(c)
	g, ok := c.Get(recordingKey).(*lab.Recording)
	var store *session.Error
	if !ok || !errors.As(p.cause, &store) {
		return t.F("error."+p.code, p.args...)
	}
	id := "error.store_down"
	if errors.Is(p.cause, context.DeadlineExceeded) {
		id = "error.store_slow"
	}
	return t.F(id, "Store", t.T("kept.name."+g.Settings().Store))
}

// failure is an error as JSON says it.
type failure struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// retryAfter is in how many seconds a store may answer again.
const retryAfter = "5"

// fail answers a request whose handler returned an error.
func (h *Handlers) fail(err error, c echo.Context) {
	p := asProblem(err)
	if p.status >= 500 {
		h.Log.Error("request failed", "error", err, "route", c.Path())
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
		body := map[string]any{"ok": false, "error": failure{p.code, message}}
		if err := c.JSON(p.status, body); err != nil {
			h.Log.Error("answer not sent", "error", err)
		}
		return
	}
	page := views.ErrorPage{Page: h.page(c, ""), Status: p.status, Title: t.T("error.title." + p.code), Sentence: message, Next: t.T("error.next." + p.code)}
	err = h.render(c, p.status, views.Error(page))
	if err != nil && !c.Response().Committed {
		err = c.String(p.status, message+"\n")
	}
	if err != nil {
		h.Log.Error("answer not sent", "error", err)
	}
}
