package handlers

import (
	"maps"
	"net/http"
	"reflect"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// own returns the bench of the visitor's seat.
func (h *pages) own(c echo.Context) (*lab.Bench, error) {
	return h.Seats.Bench(c.Request().Context(), infoOf(c).seat)
}

// bench shows the visitor's bench at one of its steps, or lists them as JSON.
func (h *pages) bench(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	c.Response().Header().Add("Vary", "Accept")
	if !wantsHTML(c.Request()) {
		about, err := aboutBench(c, b)
		if err != nil {
			return err
		}
		about["steps"] = listOf(b.Steps())
		return c.JSON(http.StatusOK, about)
	}
	recorded, err := h.chosen(c, b)
	if err != nil {
		return err
	}
	view, err := h.benchView(c, b, recorded)
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, views.Bench(view))
}

// aboutBench is what the JSON of a bench says besides its steps.
func aboutBench(c echo.Context, b *lab.Bench) (map[string]any, error) {
	entries, err := b.Entries(c.Request().Context())
	return map[string]any{
		"bench":    b.ID(),
		"app":      b.Path(),
		"settings": b.Settings(),
		"clock":    b.Clock(),
		"entries":  listOf(entries),
		"browsers": browsersJSON(b),
	}, err
}

// listOf is never null in JSON.
func listOf[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// chosen returns the step that ?step= names, by default the last, or the last by the
// clients that ?client= names or by the browser that ?browser= does; nil if there are
// none yet.
func (h *pages) chosen(c echo.Context, b *lab.Bench) (*step.Step, error) {
	steps := b.Steps()
	param := c.QueryParam("step")
	if param == "" && len(steps) == 0 {
		return nil, nil
	}
	if param == "" {
		if some := byClient(clientFilter(c), steps); len(some) > 0 {
			steps = some
		}
		steps = byBrowser(c, steps)
		param = strconv.Itoa(steps[len(steps)-1].N)
	}
	return h.stepOf(c, b, param)
}

func (h *pages) stepOf(c echo.Context, b *lab.Bench, number string) (*step.Step, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 {
		return nil, errNotFound
	}
	return b.Step(c.Request().Context(), n)
}

// ownStep returns the visitor's bench and the step of it that the path names.
func (h *pages) ownStep(c echo.Context) (*lab.Bench, *step.Step, error) {
	b, err := h.own(c)
	if err != nil {
		return nil, nil, err
	}
	s, err := h.stepOf(c, b, c.Param("n"))
	return b, s, err
}

// step gives a whole step as JSON, with the titles of its events in the language
// of the path. A browser is led to the page of it.
func (h *pages) step(c echo.Context) error {
	b, s, err := h.ownStep(c)
	if err != nil {
		return err
	}
	c.Response().Header().Add("Vary", "Accept")
	if wantsHTML(c.Request()) {
		return c.Redirect(http.StatusSeeOther, "/"+c.Param("lang")+"/lab?step="+strconv.Itoa(s.N))
	}
	return c.JSON(http.StatusOK, h.titled(c, b, s))
}

// settings changes the settings of the app under study.
func (h *pages) settings(c echo.Context) error {
	b, err := h.change(c)
	if err != nil {
		return err
	}
	if err := parseForm(c); err != nil {
		return err
	}
	was, form := b.Settings(), maps.Clone(c.Request().PostForm)
	delete(form, "back") // where the page's form leads
	s, err := h.Lab.Configure(c.Request().Context(), b, form)
	if err != nil {
		return err
	}
	if locationOf(s.Mechanism, s.Store) != locationOf(was.Mechanism, was.Store) {
		dropCookie(c, b)
	}
	return h.changedTo(c, s, "/lab?did="+didWhat(c.Request().PostForm, reflect.DeepEqual(was, s)))
}

// dropCookie has the browser drop the app's cookie: the next request starts a
// fresh session. Other clients find out that theirs is not believed any more.
func dropCookie(c echo.Context, b *lab.Bench) {
	c.SetCookie(&http.Cookie{Name: step.CookieName, Path: b.Path(), MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// settingsPage shows the forms of the settings, or all of them as JSON.
func (h *pages) settingsPage(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	c.Response().Header().Add("Vary", "Accept")
	if !wantsHTML(c.Request()) {
		return c.JSON(http.StatusOK, b.Settings())
	}
	page := views.Lab{
		Page:     h.benchPage(c, b),
		Bench:    b.ID(),
		App:      b.Path(),
		Settings: h.settingsView(b.Settings(), h.text(c)),
	}
	page.Settings.Did = didView(h.text(c), c.QueryParam("did"))
	return h.render(c, http.StatusOK, views.SettingsPage(page))
}

// startOver gives the visitor a fresh bench.
func (h *pages) startOver(c echo.Context) error {
	if err := h.carryCourse(c); err != nil {
		return err
	}
	if err := h.Seats.StartOver(c.Request().Context(), infoOf(c).seat); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/"+c.Param("lang")+"/lab")
}

// end gives up the visitor's seat and deletes all that belongs to it.
func (h *pages) end(c echo.Context) error {
	s := infoOf(c).seat
	if err := h.Seats.End(c.Request().Context(), s); err != nil {
		return err
	}
	h.setSeat(c, "")
	if h.secure(c.Request()) {
		c.Response().Header().Set("Clear-Site-Data", `"cache", "cookies", "storage"`)
	}
	return c.Redirect(http.StatusSeeOther, "/"+c.Param("lang")+"/")
}
