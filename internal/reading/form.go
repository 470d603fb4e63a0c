package reading

import (
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"

	"github.com/sessionlab/sessionlab/internal/step"
)

// FormType is the media type of a form without files.
const FormType = "application/x-www-form-urlencoded"

// Form returns the fields that a request brought: in its query if it asked for
// something, in its body if it was to do something. Of equal names the first counts.
func Form(r step.Request) map[string]string {
	text := r.Body
	if r.Method == "GET" || r.Method == "HEAD" {
		_, text, _ = strings.Cut(r.Path, "?")
	} else if kind, params := MediaType(r); kind == "multipart/form-data" {
		return multipartForm(r.Body, params["boundary"])
	}
	fields := make(map[string]string)
	parsed, _ := url.ParseQuery(text) // what can be read of it
	for k, v := range parsed {
		fields[k] = v[0]
	}
	return fields
}

func multipartForm(body, boundary string) map[string]string {
	fields := make(map[string]string)
	for r := multipart.NewReader(strings.NewReader(body), boundary); ; {
		part, err := r.NextPart()
		if err != nil {
			return fields
		}
		value, err := io.ReadAll(part)
		if _, twice := fields[part.FormName()]; err == nil && !twice {
			fields[part.FormName()] = string(value)
		}
	}
}

// MediaType returns the type of a request's body with its parameters.
func MediaType(r step.Request) (kind string, params map[string]string) {
	kind, params, _ = mime.ParseMediaType(Header(r, "Content-Type"))
	return kind, params
}

// Header returns the value of the first header of that name, "" if there is none.
func Header(r step.Request, name string) string {
	for _, value := range HeaderValues(r.Headers, name) {
		return value
	}
	return ""
}

// HeaderValues returns the values of the headers of that name, in order.
func HeaderValues(headers [][2]string, name string) (values []string) {
	for _, h := range headers {
		if strings.EqualFold(h[0], name) {
			values = append(values, h[1])
		}
	}
	return values
}

// SentCookie returns the value of the cookie of that name as a request brought it.
func SentCookie(r step.Request, name string) (value string, ok bool) {
	for _, h := range r.Headers {
		if !strings.EqualFold(h[0], "Cookie") {
			continue
		}
		for pair := range strings.SplitSeq(h[1], ";") {
			if n, v, found := strings.Cut(strings.TrimSpace(pair), "="); found && n == name {
				return v, true
			}
		}
	}
	return "", false
}
