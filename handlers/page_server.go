package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
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
	s, err := h.operate(c, b, do)
	if err != nil {
		return err
	}
	return h.changed(c, s)
}

// operate does what the form asks for, and returns the settings then.
func (h *pages) operate(c echo.Context, b *lab.Bench, do string) (lab.Settings, error) {
	ctx := c.Request().Context()
	switch do {
	case "restart":
		fresh, err := freshKey(c)
		if err != nil {
			return lab.Settings{}, err
		}
		return h.Lab.Restart(ctx, b, fresh)
	case "rotate":
		return h.Lab.Rotate(ctx, b)
	case "empty":
		return h.Lab.Empty(ctx, b)
	}
	return lab.Settings{}, badChoice("do", "restart, rotate, empty")
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
