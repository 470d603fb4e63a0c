package handlers

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/errgroup"

	"github.com/sessionlab/sessionlab/internal/browser"
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

const besidePath = "/:lang/lab/side-by-side"

// beside shows what one operation did on each of the three mechanisms: on benches that
// stand beside the visitor's own.
func (h *pages) beside(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	c.Response().Header().Add("Vary", "Accept")
	sides, err := experiment.Beside(c.Request().Context(), h.Lab, b)
	if err != nil {
		return err
	}
	return h.showBeside(c, b, sides)
}

func (h *pages) showBeside(c echo.Context, b *lab.Bench, sides []*lab.Bench) error {
	trio, err := trioAt(c, sides)
	if err != nil {
		return err
	}
	if !wantsHTML(c.Request()) {
		return c.JSON(http.StatusOK, trio.json())
	}
	return h.besidePage(c, b, trio)
}

// sendBeside has a virtual browser of each of the three send the same operation, or puts
// three fresh ones in their place. The first operation makes them.
func (h *pages) sendBeside(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	defer h.Lab.Together(b)()
	sides, err := h.doBeside(c, b)
	if err != nil {
		return err
	}
	if wantsHTML(c.Request()) {
		return c.Redirect(http.StatusSeeOther, "/"+c.Param("lang")+"/lab/side-by-side")
	}
	return h.showBeside(c, b, sides)
}

func (h *pages) doBeside(c echo.Context, b *lab.Bench) ([]*lab.Bench, error) {
	ctx := c.Request().Context()
	if err := parseForm(c); err != nil {
		return nil, err
	}
	switch do := c.Request().PostFormValue("do"); do {
	case "again":
		return experiment.PutBeside(ctx, h.Lab, b, h.senderNames(c))
	case "":
	default:
		return nil, unknownValue("do", do)
	}
	by, r, err := h.besideRequest(c, b)
	if err != nil {
		return nil, err
	}
	sides, err := experiment.Beside(ctx, h.Lab, b)
	if err == nil && sides == nil {
		sides, err = experiment.PutBeside(ctx, h.Lab, b, h.senderNames(c))
	}
	if err != nil {
		return nil, err
	}
	return sides, h.sendToAll(ctx, b, sides, by, r)
}

// senderNames are what the browsers of each of the three are called.
func (h *pages) senderNames(c echo.Context) [experiment.ByChanged]string {
	t := h.text(c)
	return [...]string{t.T("beside.by.browser"), t.T("beside.by.copy"), t.T("beside.by.changed")}
}

// besideRequest is what a form asks for, and who is to send it. A copy of a cookie can
// only be asked who it belongs to.
func (h *pages) besideRequest(c echo.Context, b *lab.Bench) (by experiment.Sender, r besideRequest, err error) {
	r.Request, err = h.browserRequest(c, b)
	if err != nil {
		return by, r, err
	}
	r.op = step.Op(c.Request().PostFormValue("op"))
	drop := []string{"with"}
	if r.op != step.OpSet { // the buttons beside "Set" share its form
		drop = append(drop, "value")
	}
	r.Form, r.URL.RawQuery = without(r.Form, drop...), without(r.URL.RawQuery, drop...)
	switch with := c.Request().PostFormValue("with"); with {
	case "":
		return experiment.ByBrowser, r, nil
	case "copy":
		by = experiment.ByCopy
	case "changed":
		by = experiment.ByChanged
	default:
		return by, r, unknownValue("with", with)
	}
	if r.op != step.OpMe {
		return by, r, unknownValue("op", string(r.op))
	}
	return by, r, nil
}

// besideRequest is a request to an app, whichever it is.
type besideRequest struct {
	browser.Request
	op step.Op
}

// to is the request to the app of a bench, in place of the app of another.
func (r besideRequest) to(b, other *lab.Bench) browser.Request {
	at := *r.URL
	at.Path = b.Path() + at.Path[len(other.Path()):]
	r.URL = &at
	return r.Request
}

// sendToAll sends a request to each of the benches at once, if its sender there is ready
// for it. It returns the first thing that kept one of them from becoming a step.
func (h *pages) sendToAll(ctx context.Context, own *lab.Bench, sides []*lab.Bench, by experiment.Sender, r besideRequest) error {
	var g errgroup.Group
	ready := 0
	for _, side := range sides {
		v, err := experiment.Ready(ctx, h.Lab, side, by, r.op)
		if errors.Is(err, jar.ErrNoCookie) {
			continue
		}
		if err != nil {
			return err
		}
		ready++
		g.Go(func() error { return h.sendAs(ctx, side, v, r.to(side, own)) })
	}
	err := g.Wait()
	if err == nil && ready == 0 {
		err = jar.ErrNoCookie
	}
	return err
}

// sendAs sends a request of a virtual browser, and returns why it is no step, if it is
// none.
func (h *pages) sendAs(ctx context.Context, b *lab.Bench, v lab.Browser, r browser.Request) error {
	res, err := h.send(ctx, b, v.ID, r)
	if err != nil {
		return err
	}
	if _, p := recordedAs(res); p != nil {
		return p
	}
	return nil
}

// positionOf is the number that a field of the address names, from least to most;
// otherwise if it names none.
func positionOf(c echo.Context, field string, least, most, otherwise int) (int, error) {
	param := c.QueryParam(field)
	if param == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(param)
	if err != nil || n < least || n > most {
		return 0, errNotFound
	}
	return n, nil
}

// movedTo leads to where a page is now.
func (h *pages) movedTo(path string) echo.HandlerFunc {
	return func(c echo.Context) error {
		return c.Redirect(http.StatusPermanentRedirect, "/"+c.Param("lang")+path)
	}
}
