package handlers

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headers sets what every answer has.
func (h *Handlers) headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		to := c.Response().Header()
		to.Set("Content-Security-Policy", contentSecurityPolicy)
		to.Set("X-Content-Type-Options", "nosniff")
		to.Set("Referrer-Policy", "same-origin") // the app's answers lead back to the page they came from
		to.Set("Cross-Origin-Opener-Policy", "same-origin")
		to.Set("Cross-Origin-Resource-Policy", "same-origin")
		to.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		to.Set("Cache-Control", "no-store") // static files say otherwise
		if h.secure(c.Request()) {
			to.Set("Strict-Transport-Security", "max-age=31536000")
		}
		return next(c)
	}
}

// lean leaves out of the headers what only documents need. A page takes some
// thirty static files, and on the first visit their headers outweigh them.
func (h *Handlers) lean(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		to := c.Response().Header()
		to.Set("Content-Security-Policy", "default-src 'none'")
		for _, name := range []string{"Referrer-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy"} {
			to.Del(name)
		}
		return next(c)
	}
}

// recovered answers a request whose handler panicked, and has the log say where,
// under the incident that the answer names.
func (h *Handlers) recovered(next echo.HandlerFunc) echo.HandlerFunc {
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

// whole reads the body of a request, before it is counted how long the stores
// take: a slow client is no slow store. One that is too large, or breaks off, is
// refused; by the app, if it was sent there, since what a learner sends is a step.
func (h *Handlers) whole(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if r.ContentLength == 0 {
			return next(c)
		}
		body, err := io.ReadAll(http.MaxBytesReader(c.Response().Writer, r.Body, h.Lab.Limits().BodyBytes))
		if err != nil {
			why := errBadForm
			var tooLarge *http.MaxBytesError
			if errors.As(err, &tooLarge) {
				why, body = errBodyTooLarge, nil
				c.Set(unreadKey, max(r.ContentLength, tooLarge.Limit+1))
			}
			if !strings.HasPrefix(c.Path(), appPath) {
				return why
			}
			c.Set(badBodyKey, why)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		c.Set(bodyKey, string(body))
		return next(c)
	}
}

const (
	bodyKey    = "body"
	unreadKey  = "unread"
	badBodyKey = "bad body"
)

// bodyOf returns the body of a request as it came.
func bodyOf(c echo.Context) string {
	body, _ := c.Get(bodyKey).(string)
	return body
}

// badBody returns what is wrong with the body of a request, or nil.
func badBody(c echo.Context) error {
	if why, ok := c.Get(badBodyKey).(*problem); ok {
		return why
	}
	return nil
}

// unread returns the size of a body that is too large, as far as it is known; 0 if
// there is none such.
func unread(c echo.Context) int64 {
	size, _ := c.Get(unreadKey).(int64)
	return size
}

// deadline bounds what a request may wait for; a stream waits for ever. A client
// that goes away does not stop half-way what it asked for.
func (h *Handlers) deadline(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		patience := h.Patience
		switch c.Path() {
		case livePath:
			return next(c)
		case fillPath, unfillPath:
			patience = fillPatience
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), patience)
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// logged writes a line for each request: which route, never what was in it.
func (h *Handlers) logged(next echo.HandlerFunc) echo.HandlerFunc {
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

// knownMethod keeps what a client made up out of the log.
func knownMethod(m string) string {
	switch m {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT":
		return m
	}
	return "other"
}

// sameOrigin refuses requests that another site made a browser send. Only the
// product's own pages are guarded so: what guards the app under study is its
// cookie, and that is the lesson.
func (h *Handlers) sameOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if h.csrf.Check(c.Request()) != nil {
			return errCrossOrigin
		}
		return next(c)
	}
}
