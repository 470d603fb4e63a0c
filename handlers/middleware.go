package handlers

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/experiment"
)

const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// everyAnswer is what every answer has, unless it says otherwise. The values are shared:
// a handler sets a header anew, and changes none in its place.
var everyAnswer = http.Header{
	"Content-Security-Policy":      {contentSecurityPolicy},
	"X-Content-Type-Options":       {"nosniff"},
	"Referrer-Policy":              {"same-origin"}, // the app's answers lead back to the page they came from
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Permissions-Policy":           {"camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	"Cache-Control":                {"no-store"}, // static files say otherwise
}

// setHeaders sets what every answer has.
func (h *core) setHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		to := c.Response().Header()
		maps.Copy(to, everyAnswer)
		// What a virtual browser is told counts for the website under study, which is to be
		// seen without this: it hides what happens to a cookie over plain http.
		if h.secure(c.Request()) && !isVirtual(c.Request()) {
			to.Set("Strict-Transport-Security", "max-age=31536000")
		}
		return next(c)
	}
}

// setFileHeaders leaves out of the headers what only documents need. A page takes some
// thirty static files, and on the first visit their headers outweigh them.
func (h *core) setFileHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		to := c.Response().Header()
		to.Set("Content-Security-Policy", "default-src 'none'")
		for _, name := range []string{"Referrer-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy"} {
			to.Del(name)
		}
		return next(c)
	}
}

// recoverPanic answers a request whose handler panicked. The log says where, under the
// incident that the answer names.
func (h *core) recoverPanic(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler: // the way to drop a connection
				panic(v)
			default:
				id := newIncident()
				h.Log.Error("panic", "incident", id, "value", v, "route", c.Path(), "stack", string(debug.Stack()))
				err = &problem{status: http.StatusInternalServerError, code: "internal", incident: id}
			}
		}()
		return next(c)
	}
}

// readBody reads the body of a request before the deadline of the stores starts: a
// slow client is no slow store. A body that is too large, or breaks off, is
// refused; by the app, if it was sent there, since what a learner sends is a step.
func (h *core) readBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, info := c.Request(), infoOf(c)
		if r.ContentLength == 0 {
			return next(c)
		}
		body, err := io.ReadAll(http.MaxBytesReader(c.Response().Writer, r.Body, h.Lab.Limits().BodyBytes))
		if err != nil {
			info.badBody = errBadForm
			var tooLarge *http.MaxBytesError
			if errors.As(err, &tooLarge) {
				info.badBody, body = errBodyTooLarge, nil
				info.unread = max(r.ContentLength, tooLarge.Limit+1)
			}
			if !strings.HasPrefix(c.Path(), appPath) {
				return info.badBody
			}
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		info.body = string(body)
		return next(c)
	}
}

// withDeadline bounds what a request may wait for; a stream has no deadline. A client
// that disconnects does not stop half-way what it asked for.
func (h *core) withDeadline(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		patience := h.Patience
		switch c.Path() {
		case livePath, harPath, jsonPath: // which see to it themselves
			return next(c)
		case fillPath, unfillPath:
			patience = fillPatience
		case experimentPath:
			if c.Request().Method == http.MethodPost {
				patience = experiment.Deadline
			}
		case lessonStartPath, lessonRestartPath, lessonDoPath, lessonHelpPath: // which run experiments, too
			patience = experiment.Deadline
		case sendPath, besidePath: // within which another request has its own
			patience = 2 * h.Patience
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), patience)
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// logRequest writes a line for each request: which route, never what was in it.
func (h *core) logRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		took := time.Since(start)
		h.Log.Info("request",
			"method", knownMethod(c.Request().Method),
			"route", c.Path(),
			"status", c.Response().Status,
			"bytes", c.Response().Size,
			"took", took.Round(time.Microsecond),
		)
		if h.Counter != nil && c.Path() != livePath {
			h.Counter.Request(knownMethod(c.Request().Method), c.Path(), c.Response().Status, took)
		}
		return nil
	}
}

// knownMethod replaces a method that a client made up, for the log.
func knownMethod(m string) string {
	switch m {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT":
		return m
	}
	return "other"
}
