package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/views"
)

// elsewhereExperiment is the experiment that can be done with the learner's own browser:
// a page of another website posts a form here.
const elsewhereExperiment = "cross-site"

// elsewhere is that page: of this server, but under its other name. It knows no seat,
// and can have the browser post to the app of one bench only, which the query names.
func (h *pages) elsewhere(c echo.Context) error {
	target := h.otherHost(c.Request())
	if target == "" {
		return errNotFound
	}
	b, err := h.Lab.Bench(c.Request().Context(), c.QueryParam("bench"))
	if err != nil {
		return err
	}
	site := "http://" + target
	to := c.Response().Header()
	to.Set("Content-Security-Policy", strings.Replace(contentSecurityPolicy, "form-action 'self'", "form-action "+site, 1))
	to.Set("Referrer-Policy", "strict-origin-when-cross-origin") // as of any website: the request says where it comes from
	lang := "/" + c.Param("lang")
	return h.render(c, http.StatusOK, views.Elsewhere(views.ElsewherePage{
		Text: h.text(c), Asset: h.Assets.URL, Here: c.Request().Host, There: target,
		App: site + b.Path(), Bench: lang + "/lab",
		Experiment: site + lang + "/experiments/" + elsewhereExperiment + "#own",
	}))
}

// ownBrowser is how to do the experiment with the visitor's own browser; nil if it is
// another one, or that browser does not reach this server as two websites.
func (v *experimentView) ownBrowser() *views.OwnBrowser {
	host := v.otherHost(v.c.Request())
	if host == "" || v.e.Slug != elsewhereExperiment {
		return nil
	}
	lang := "/" + v.c.Param("lang")
	own := &views.OwnBrowser{
		Here: v.c.Request().Host, There: host, App: v.bench.Path(),
		Elsewhere: "http://" + host + lang + "/elsewhere?bench=" + v.bench.ID(),
	}
	own.Step, _ = strconv.Atoi(v.c.QueryParam("step"))
	return own
}

// benchLink leads from an answer of the app to the step that it is of: for a learner who
// sent the request from elsewhere, so that the answer does not lead there by itself.
func (c *call) benchLink() string {
	if c.owner || c.Request().PostFormValue("back") == "" || c.app.otherHost(c.Request()) == "" {
		return ""
	}
	return c.back()
}

// came tells whether the request came "with" or "without" the app's session cookie.
func (c *call) came() string {
	if _, sent := session.CookieValue(c.Request(), step.CookieName); sent {
		return "with"
	}
	return "without"
}
