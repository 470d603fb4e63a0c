package handlers

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/accept"
)

// field returns a field of the request's form, or why it cannot be used.
func field(c echo.Context, name string, most int) (string, error) {
	r := c.Request()
	if err := parseForm(c); err != nil {
		return "", err
	}
	from := r.PostForm
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		from = r.URL.Query()
	}
	args := []string{"Field", name, "Most", strconv.Itoa(most)}
	values, ok := from[name]
	switch {
	case !ok:
		return "", &problem{status: http.StatusBadRequest, code: "missing_field", args: args}
	case len(values[0]) > most:
		return "", &problem{status: http.StatusBadRequest, code: "too_long", args: args}
	case !utf8.ValidString(values[0]):
		return "", &problem{status: http.StatusBadRequest, code: "not_text", args: args}
	}
	return values[0], nil
}

// parseForm reads a form; a body that is something else is refused rather than
// taken for an empty form.
func parseForm(c echo.Context) error {
	r := c.Request()
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	switch kind = strings.TrimSpace(strings.ToLower(kind)); {
	case kind == "multipart/form-data":
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			return errBadForm
		}
	case kind != "" && kind != "application/x-www-form-urlencoded" && r.ContentLength != 0:
		return errNotAForm
	case kind != "" && r.Method == http.MethodPost && r.PostForm == nil: // as ParseForm does, which would read the body once more
		form, err := url.ParseQuery(infoOf(c).body)
		if err != nil {
			return errBadForm
		}
		if r.PostForm = form; r.URL.RawQuery == "" {
			return nil
		}
	}
	if err := r.ParseForm(); err != nil {
		return errBadForm
	}
	return nil
}

// wantsHTML reports whether a page is asked for, as browsers do, rather than JSON.
func wantsHTML(r *http.Request) bool { return accept.HTML(r.Header.Values("Accept")) }
