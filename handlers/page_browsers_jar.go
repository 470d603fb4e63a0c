package handlers

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/lab"
)

// maxCookieName is how long the name of a cookie may be that a form names.
const maxCookieName = jar.MaxPairSize

// changeJar does to a virtual browser what the field do names.
func (h *pages) changeJar(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	f := &actForm{Context: c}
	v, err := h.do(c.Request().Context(), b, c.Param("id"), f)
	if err != nil {
		return err
	}
	return h.answerBrowser(c, b, v, "beside", f.to)
}

func (h *pages) do(ctx context.Context, b *lab.Bench, id string, f *actForm) (lab.Browser, error) {
	switch do := f.text("do", 64); do {
	case "close":
		restore := f.flag("restore")
		return doUnless(f.err, func() (lab.Browser, error) { return h.Lab.CloseBrowser(ctx, b, id, restore) })
	case "reopen":
		return h.Lab.ReopenBrowser(ctx, b, id)
	case "block", "allow":
		return h.Lab.BlockCookies(ctx, b, id, do == "block")
	case "delete":
		name := f.text("name", maxCookieName)
		return doUnless(f.err, func() (lab.Browser, error) { return h.Lab.DeleteCookie(ctx, b, id, name) })
	case "edit":
		name, value := f.text("name", maxCookieName), f.text("value", 2*jar.MaxPairSize)
		return doUnless(f.err, func() (lab.Browser, error) { return h.Lab.EditCookie(ctx, b, id, name, value) })
	case "copy":
		name := f.text("name", maxCookieName)
		if f.to = f.text("to", 64); f.err == nil && f.to == id {
			f.err = unknownValue("to", f.to)
		}
		return doUnless(f.err, func() (lab.Browser, error) { return h.Lab.CopyCookie(ctx, b, id, name, f.to) })
	default:
		return doUnless(f.err, func() (lab.Browser, error) { return lab.Browser{}, unknownValue("do", do) })
	}
}

// doUnless does something unless the form is wrong.
func doUnless(wrong error, do func() (lab.Browser, error)) (lab.Browser, error) {
	if wrong != nil {
		return lab.Browser{}, wrong
	}
	return do()
}

// An actForm is the form of an act, and the first thing that is wrong with it.
type actForm struct {
	echo.Context
	to  string // the other browser
	err error
}

func (f *actForm) text(name string, most int) string {
	text, err := field(f.Context, name, most)
	if f.err == nil {
		f.err = err
	}
	return text
}

// flag returns a field that may be left out.
func (f *actForm) flag(name string) bool {
	on, err := flag(f.Context, name)
	if f.err == nil {
		f.err = err
	}
	return on
}

// unknownValue is the problem of a field that names something which is not there.
func unknownValue(field, value string) *problem {
	return &problem{status: http.StatusUnprocessableEntity, code: "unknown_act", args: []string{"Field", field, "Value", value}}
}

// browserProblem is the problem of an error about a virtual browser, nil for others.
func browserProblem(err error) *problem {
	var bad *jar.BadCookieError
	switch {
	case errors.Is(err, lab.ErrNoBrowser):
		return &problem{status: http.StatusNotFound, code: "no_such_browser"}
	case errors.Is(err, lab.ErrTooManyBrowsers):
		return &problem{status: http.StatusConflict, code: "too_many_browsers"}
	case errors.Is(err, lab.ErrBrowserName):
		return &problem{status: http.StatusUnprocessableEntity, code: "bad_browser_name"}
	case errors.Is(err, lab.ErrBrowserClosed):
		return &problem{status: http.StatusConflict, code: "browser_closed"}
	case errors.Is(err, jar.ErrNoCookie):
		return &problem{status: http.StatusNotFound, code: "no_such_cookie"}
	case errors.As(err, &bad):
		return &problem{status: http.StatusUnprocessableEntity, code: "bad_cookie", cause: err}
	}
	return nil
}
