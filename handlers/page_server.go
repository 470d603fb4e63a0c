package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// server does to the app's server what its operator can: restart it, rotate its key, or
// empty its store.
func (h *pages) server(c echo.Context) error {
	b, err := h.change(c)
	if err != nil {
		return err
	}
	do, err := field(c, "do", 16)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	switch do {
	case "restart":
		var fresh bool
		if fresh, err = freshKey(c); err == nil {
			err = h.Lab.Restart(ctx, b, fresh)
		}
	case "rotate":
		err = h.Lab.Rotate(ctx, b)
	case "empty":
		err = h.Lab.Empty(ctx, b)
	default:
		err = badChoice("do", "restart, rotate, empty")
	}
	if err != nil {
		return err
	}
	return h.changed(c, b.Settings())
}

// freshKey reports whether a restart is to be with a fresh key; without a word about
// it, the key is the same.
func freshKey(c echo.Context) (bool, error) {
	key := c.Request().PostForm.Get("key")
	switch key {
	case "", "same", "random":
		return key == "random", nil
	}
	return false, badChoice("key", "same, random")
}

// badChoice is the problem of a field that says none of its choices.
func badChoice(field, choices string) *problem {
	return &problem{status: http.StatusUnprocessableEntity, code: "bad_choice", args: []string{"Field", field, "Choices", choices}}
}
