package handlers

import (
	"cmp"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// who says which browsers a bench has, and for which one the controls act: the one that
// ?browser= names, or else the one that sent the step shown. What the controls know of a
// session is then that browser's.
func (h *pages) who(c echo.Context, b *lab.Bench, s *step.Step, v *views.Lab) (err error) {
	all := b.Browsers()
	badges := badgesOf(all)
	if s != nil && s.Browser != "" {
		v.Step.Badge = badges.of(s.Browser, s.BrowserName)
	}
	chosen := c.QueryParam("browser")
	v.Who.Named, v.Who.Full = chosen != "", len(all) >= lab.MaxBrowsers
	if chosen == "" && s != nil {
		chosen = s.Browser
	}
	at := -1
	for i, each := range all {
		v.Who.Others = append(v.Who.Others, views.Browser{
			Badge: badges[each.ID], ID: each.ID, Closed: each.Closed, Restore: each.Restore, Blocked: each.Blocked, Holds: len(b.Cookies(each)),
		})
		if each.ID == chosen {
			at = i
		}
	}
	if at < 0 {
		v.Who.Named = v.Who.Named && chosen == views.You
		err = h.ownBrowser(c, b, s, v)
	} else {
		v.Who.Chosen = &v.Who.Others[at]
		err = h.virtualBrowser(c, b, s, all[at], v)
	}
	if err != nil {
		return err
	}
	return h.pair(c, b, s, all, v)
}

// ownBrowser shows what is known of the learner's own browser, where the address names
// it and the step shown is by another client.
func (h *pages) ownBrowser(c echo.Context, b *lab.Bench, s *step.Step, v *views.Lab) error {
	if s == nil || s.Client == step.ClientBrowser {
		return nil
	}
	if !v.Who.Named {
		v.Who.Foreign = true
		return nil
	}
	v.Session = views.Now{}
	pane, last, err := h.ownPane(c, b)
	if err != nil {
		return err
	}
	v.Who.Own = &pane
	if last != nil {
		v.Session = sessionNow(last)
	}
	return nil
}

// ownPane is what is known of the learner's own browser: what its last step left, which
// it returns too, if there is one.
func (h *pages) ownPane(c echo.Context, b *lab.Bench) (views.BrowserPane, *step.Step, error) {
	last, err := lastOf(c, b, string(step.ClientBrowser))
	if err != nil || last == nil {
		return views.BrowserPane{Client: h.text(c).T("flow.client.browser")}, nil, err
	}
	pane := h.stepView(c, b, last).Browser
	pane.Was, pane.Mark = nil, views.Same
	return pane, last, nil
}

// virtualBrowser shows the jar of the chosen virtual browser: as the step that is shown
// left it, if that is an older one of its own, or else as it is now.
func (h *pages) virtualBrowser(c echo.Context, b *lab.Bench, s *step.Step, v lab.Browser, page *views.Lab) error {
	last, err := lastOf(c, b, "virtual-"+v.ID)
	if err != nil {
		return err
	}
	shown := page.Who.Chosen
	for _, k := range b.Cookies(v) {
		if k.Name != step.CookieName {
			shown.Other = append(shown.Other, k.Name)
		}
	}
	held := b.Holds(v)
	own := s != nil && s.Browser == v.ID && page.Step.Untold == nil
	if !own {
		page.Session = views.Now{}
		if last != nil {
			page.Session = sessionNow(last)
		}
	}
	latest := last == nil || s == nil || s.N == last.N
	same := own && !v.Closed && value(held) == value(s.After.Cookie)
	shown.Now = !own || latest
	if own && (!latest || same) {
		shown.Pane = page.Step.Browser
	} else {
		shown.Pane = narrate.Jar(h.text(c), held, h.narrateOptions(c, b, cmp.Or(s, &step.Step{})))
	}
	if c.QueryParams().Has("read") && !v.Closed {
		at, err := h.appURL(c, b)
		if err != nil {
			return err
		}
		read, err := b.DocumentCookie(v.ID, at)
		if err != nil {
			return err
		}
		shown.Read = &read
	}
	return nil
}

// value is the value of a cookie, "" for none.
func value(c *step.Cookie) string {
	if c == nil {
		return ""
	}
	return c.Raw
}

// lastOf returns the last step by a client, nil for none.
func lastOf(c echo.Context, b *lab.Bench, client string) (*step.Step, error) {
	all := b.Steps()
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].ClientID == client {
			return b.Step(c.Request().Context(), all[i].N)
		}
	}
	return nil, nil
}

// badges are those of virtual browsers, by their ids.
type badges map[string]views.Badge

func badgesOf(all []lab.Browser) badges {
	names := make([]string, len(all))
	for i, v := range all {
		names[i] = v.Name
	}
	of := make(badges, len(all))
	for i, letter := range views.Letters(names) {
		of[all[i].ID] = views.Badge{Slot: all[i].Slot, Letter: letter, Name: all[i].Name}
	}
	return of
}

// of is the badge of a browser, which may have been removed since it had that name.
func (b badges) of(id, name string) views.Badge {
	if badge, ok := b[id]; ok || id == "" {
		return badge
	}
	return views.Badge{Letter: views.Letters([]string{name})[0], Name: name}
}
