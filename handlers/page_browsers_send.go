package handlers

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/browser"
	"github.com/sessionlab/sessionlab/internal/lab"
)

const sendPath = "/:lang/lab/browsers/:id/send"

// sendFromBrowser has a virtual browser send a request to the app, and passes on what
// the app answered. A page is led back to the bench, where the step is.
func (h *pages) sendFromBrowser(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	r, err := h.browserRequest(c, b)
	if err != nil {
		return err
	}
	id := c.Param("id")
	res, err := h.send(c.Request().Context(), b, id, r)
	if err != nil {
		return err
	}
	if wait := res.Header.Get("Retry-After"); wait != "" {
		c.Response().Header().Set("Retry-After", wait)
	}
	if !wantsHTML(c.Request()) {
		return c.Blob(res.Status, res.Header.Get("Content-Type"), res.Body)
	}
	n, p := recordedAs(res)
	if p != nil {
		return p
	}
	v, err := b.Browser(id)
	if err != nil {
		return err
	}
	return h.answerBrowser(c, b, v, "step", n)
}

// send sends a request of a virtual browser with the cookies that it has for it.
func (h *pages) send(ctx context.Context, b *lab.Bench, id string, r browser.Request) (*browser.Response, error) {
	cookie, err := b.CookieHeader(id, r.Context())
	if err != nil {
		return nil, err
	}
	res, err := h.Browsers.Send(ctx, id, cookie, r)
	if err != nil {
		return nil, &problem{status: http.StatusServiceUnavailable, code: "browser_failed", cause: err}
	}
	return res, nil
}

// browserRequest is the request that a form asks a virtual browser to send.
func (h *pages) browserRequest(c echo.Context, b *lab.Bench) (r browser.Request, err error) {
	op, err := field(c, "op", 64)
	if err != nil {
		return r, err
	}
	i := slices.IndexFunc(h.operations, func(o operation) bool { return string(o.op) == op })
	if i < 0 {
		return r, unknownValue("op", op)
	}
	r.Method = h.operations[i].method
	switch from := c.Request().PostFormValue("from"); from {
	case "":
	case "elsewhere":
		r.Elsewhere = true
	default:
		return r, unknownValue("from", from)
	}
	if r.URL, err = h.appURL(c, b); err != nil {
		return r, err
	}
	r.URL.Path += strings.TrimPrefix(h.operations[i].path, "/")
	r.Language = browser.AcceptLanguage(c.Param("lang"))
	fields := fieldsOf(c)
	if r.Method == http.MethodPost {
		r.Form = fields
	} else {
		r.URL.RawQuery = fields
	}
	return r, nil
}

// fieldsOf are the fields of a form that are for the app, as they came.
func fieldsOf(c echo.Context) string {
	body := infoOf(c).body
	if strings.HasPrefix(c.Request().Header.Get("Content-Type"), "multipart/") {
		body = c.Request().PostForm.Encode()
	}
	return without(body, "op", "from")
}

// without returns an encoded form without some of its fields.
func without(form string, names ...string) string {
	var left []string
	for pair := range strings.SplitSeq(form, "&") {
		name, _, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		if pair != "" && (err != nil || !slices.Contains(names, name)) {
			left = append(left, pair)
		}
	}
	return strings.Join(left, "&")
}

// recordedAs returns the number of the step that a response is of, "" if it does not
// tell, or the problem of one that is no step, which a page must show.
func recordedAs(res *browser.Response) (n string, p *problem) {
	var a struct {
		Step  int
		Error *struct{ Code string }
	}
	isJSON := strings.HasPrefix(res.Header.Get("Content-Type"), "application/json")
	switch {
	case !isJSON || json.Unmarshal(res.Body, &a) != nil:
		return "", nil
	case a.Step > 0:
		return strconv.Itoa(a.Step), nil
	case a.Error != nil:
		return "", &problem{status: res.Status, code: a.Error.Code}
	}
	return "", nil
}
