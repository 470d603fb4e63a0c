package handlers

import (
	"net/http"
	"strconv"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// set stores a value: session[key] = value.
func (h *Handlers) set(c echo.Context) error {
	key, err := h.key(c)
	if err != nil {
		return h.refuse(c, step.OpSet, err)
	}
	value, err := field(c, "value", h.Lab.Limits().ValueBytes)
	if err != nil {
		return h.refuse(c, step.OpSet, err)
	}
	return h.do(c, step.OpSet, "session["+quote(key)+"] = "+quote(value), func(s *sessions.Session) (any, error) {
		session.Set(s, key, value)
		return value, nil
	})
}

// get reads a value: session.get(key). A missing key is null, not an error.
func (h *Handlers) get(c echo.Context) error {
	key, err := h.key(c)
	if err != nil {
		return h.refuse(c, step.OpGet, err)
	}
	return h.do(c, step.OpGet, "session.get("+quote(key)+")", func(s *sessions.Session) (any, error) {
		value, _ := session.Get(s, key)
		return value, nil
	})
}

// pop removes a value and returns it: session.pop(key).
func (h *Handlers) pop(c echo.Context) error {
	key, err := h.key(c)
	if err != nil {
		return h.refuse(c, step.OpPop, err)
	}
	return h.do(c, step.OpPop, "session.pop("+quote(key)+")", func(s *sessions.Session) (any, error) {
		value, ok := session.Pop(s, key)
		if !ok {
			return nil, &problem{status: http.StatusNotFound, code: "no_such_key", args: []string{"Key", key}}
		}
		return value, nil
	})
}

// clear removes all values: session.clear().
func (h *Handlers) clear(c echo.Context) error {
	return h.do(c, step.OpClear, "session.clear()", func(s *sessions.Session) (any, error) {
		session.Clear(s)
		return nil, nil
	})
}

// permanent says whether the session outlives the browser: session.permanent = on.
func (h *Handlers) permanent(c echo.Context) error {
	text, err := field(c, "on", 5)
	if err != nil {
		return h.refuse(c, step.OpPermanent, err)
	}
	on, err := strconv.ParseBool(text)
	if err != nil {
		p := &problem{status: http.StatusBadRequest, code: "not_true_or_false", args: []string{"Field", "on"}}
		return h.refuse(c, step.OpPermanent, p)
	}
	statement := map[bool]string{true: "session.permanent = True", false: "session.permanent = False"}[on]
	return h.do(c, step.OpPermanent, statement, func(s *sessions.Session) (any, error) {
		session.SetPermanent(s, on)
		return on, nil
	})
}
