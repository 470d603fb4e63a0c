package handlers

import (
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/lab"
)

// browserJSON is what a virtual browser says of itself.
type browserJSON struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Cookies string       `json:"cookies"` // "allowed", "blocked"
	Closed  bool         `json:"closed,omitempty"`
	Restore bool         `json:"restore,omitempty"` // once reopened it continues where it left off
	Jar     []cookieJSON `json:"jar"`
}

// cookieJSON is a cookie in a jar.
type cookieJSON struct {
	Name     string     `json:"name"`
	Value    string     `json:"value"`
	Path     string     `json:"path"`
	Expires  *time.Time `json:"expires"` // null: until the browser closes
	HTTPOnly bool       `json:"http_only"`
	Secure   bool       `json:"secure"`
	SameSite string     `json:"same_site"` // "" when unset
}

// browsersJSON are the virtual browsers of a bench; never null in JSON.
func browsersJSON(b *lab.Bench) []browserJSON {
	all := []browserJSON{}
	for _, v := range b.Browsers() {
		all = append(all, browserOf(b, v))
	}
	return all
}

func browserOf(b *lab.Bench, v lab.Browser) browserJSON {
	told := browserJSON{ID: v.ID, Name: v.Name, Cookies: "allowed", Closed: v.Closed, Restore: v.Restore, Jar: []cookieJSON{}}
	if v.Blocked {
		told.Cookies = "blocked"
	}
	for _, k := range b.Cookies(v) {
		c := cookieJSON{Name: k.Name, Value: k.Value, Path: k.Path, HTTPOnly: k.HTTPOnly, Secure: k.Secure}
		if k.Persistent {
			c.Expires = &k.Expires
		}
		if k.SameSite != jar.SameSiteDefault {
			c.SameSite = string(k.SameSite)
		}
		told.Jar = append(told.Jar, c)
	}
	return told
}

// openBrowser opens a virtual browser on the visitor's bench, one that blocks cookies if
// the form says so.
func (h *pages) openBrowser(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	name, err := field(c, "name", lab.MaxBrowserName)
	if err != nil {
		return err
	}
	cookies, err := optionalField(c, "cookies", 16)
	if err != nil {
		return err
	}
	if cookies != "" && cookies != "blocked" {
		return badChoice("cookies", "blocked")
	}
	v, err := h.Lab.OpenBrowser(c.Request().Context(), b, name)
	if err == nil && cookies == "blocked" {
		v, err = h.Lab.BlockCookies(c.Request().Context(), b, v.ID, true)
	}
	if err != nil {
		return err
	}
	return h.answerBrowser(c, b, v)
}

// removeBrowser removes a virtual browser.
func (h *pages) removeBrowser(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	if err := h.Lab.RemoveBrowser(c.Request().Context(), b, c.Param("id")); err != nil {
		return err
	}
	if !wantsHTML(c.Request()) {
		return c.NoContent(http.StatusNoContent)
	}
	at := staying(c, c.Param("lang"))
	at.Del("browser")
	return c.Redirect(http.StatusSeeOther, joined("/"+c.Param("lang")+"/lab", at))
}

// documentCookie tells what a script of the app's page reads in a virtual browser.
func (h *pages) documentCookie(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	page, err := h.appURL(c, b)
	if err != nil {
		return err
	}
	text, err := b.DocumentCookie(c.Param("id"), page)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]string{"document_cookie": text})
}

// answerBrowser answers with a browser as it is now, or leads a page back to it: to an
// address with these fields besides, each a name and a value.
func (h *pages) answerBrowser(c echo.Context, b *lab.Bench, v lab.Browser, fields ...string) error {
	if !wantsHTML(c.Request()) {
		return c.JSON(http.StatusOK, browserOf(b, v))
	}
	at := staying(c, c.Param("lang"))
	at.Set("browser", v.ID)
	for i := 0; i+1 < len(fields); i += 2 {
		if fields[i+1] != "" {
			at.Set(fields[i], fields[i+1])
		}
	}
	return c.Redirect(http.StatusSeeOther, joined("/"+c.Param("lang")+"/lab", at))
}

// appURL is the address of the app of a bench, as the visitor's own browser has it.
func (h *pages) appURL(c echo.Context, b *lab.Bench) (*url.URL, error) {
	return url.Parse(h.origin(c.Request()) + b.Path())
}
