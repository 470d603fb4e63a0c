package narrate

import (
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"

	"github.com/sessionlab/sessionlab/internal/step"
)

const formType = "application/x-www-form-urlencoded"

// form returns the fields that a request carried: in its query if it asked for
// something, in its body if it was to do something. Of equal names the first counts.
func form(r step.Request) map[string]string {
	text := r.Body
	if r.Method == "GET" || r.Method == "HEAD" {
		_, text, _ = strings.Cut(r.Path, "?")
	} else if kind, params := mediaType(r); kind == "multipart/form-data" {
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

func mediaType(r step.Request) (kind string, params map[string]string) {
	kind, params, _ = mime.ParseMediaType(header(r, "Content-Type"))
	return kind, params
}

// header returns the value of the first header of that name, "" if there is none.
func header(r step.Request, name string) string {
	for _, h := range r.Headers {
		if strings.EqualFold(h[0], name) {
			return h[1]
		}
	}
	return ""
}
