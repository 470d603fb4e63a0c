package handlers

import (
	"errors"
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

// optionalField is [field], and "" for a field that is missing.
func optionalField(c echo.Context, name string, most int) (string, error) {
	value, err := field(c, name, most)
	var p *problem
	if errors.As(err, &p) && p.code == "missing_field" {
		return "", nil
	}
	return value, err
}

// flag returns a field of the request's form that is true or false; false if it is left
// out.
func flag(c echo.Context, name string) (bool, error) {
	text, err := optionalField(c, name, 64)
	if err != nil || text == "" {
		return false, err
	}
	return truth(name, text)
}

// truth reads what a field of that name says.
func truth(name, text string) (bool, error) {
	yes, err := strconv.ParseBool(text)
	if err != nil {
		return false, &problem{status: http.StatusBadRequest, code: "not_true_or_false", args: []string{"Field", name}}
	}
	return yes, nil
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
