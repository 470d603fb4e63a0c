package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/origin"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// root answers the address of the app. Whoever opens it in a browser, from a message
// or a projector, has to learn what it is: they get its front page. The note's program
// has this route too, and answers everybody else, body for body; in a browser the
// front page leads to it, by "?run".
func (a *app) root(c *call) error {
	if c.opened() {
		return a.front(c)
	}
	return a.index(c)
}

// opened reports whether a browser asks for the address itself: it calls itself one,
// as on the timeline, and names HTML, as it does when it opens a page. Programs and a
// page's scripts take anything, and the bench's own browsers are there to send what
// the app can do.
func (c *call) opened() bool {
	r := c.Request()
	return origin.Of(r.Context()) == origin.Network && strings.HasPrefix(r.UserAgent(), "Mozilla/") &&
		wantsHTML(r) && !c.QueryParams().Has("run")
}

// addSlash leads to the address of the app. Without its slash it is not one of the app's,
// and no step: by their path, the app's cookies are not for it. (curl sends them all the
// same: it takes the path of a cookie without its last slash.)
func (a *app) addSlash(c echo.Context) error {
	if _, err := a.Lab.Bench(c.Request().Context(), c.Param("bench")); err != nil {
		return err
	}
	return toSlash(c)
}

// toSlash leads to the same address with a slash at its end.
func toSlash(c echo.Context) error {
	to := url.URL{Path: c.Request().URL.Path + "/", RawQuery: c.Request().URL.RawQuery}
	return c.Redirect(http.StatusPermanentRedirect, to.String())
}

// front is the front page. It is a step without an operation: like [app.otherPath] it
// does not touch the session, but a refresh that is due happens.
func (a *app) front(c *call) error {
	c.op = ""
	c.recording.Op(c.op)
	if err := c.recording.Sessions().Update(c.Response(), c.Request(), step.CookieName, nil); err != nil {
		return c.answer(nil, err)
	}
	ans := answer{OK: true, Session: c.valuesAfter()}
	c.Response().Header().Add("Vary", "Accept, User-Agent")
	bench := "/" + string(a.text(c).Lang()) + "/lab"
	if !c.owner {
		bench = a.origin(c.Request()) + bench
	}
	return a.render(c, http.StatusOK, views.AppFront(views.FrontPage{
		AppPage: a.appPage(c, ans, http.StatusOK), Bench: bench, Owner: c.owner,
	}))
}
