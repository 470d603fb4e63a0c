package session

import (
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/sessions"
)

// setCookieLine writes a Set-Cookie value with the attributes in Flask's order,
// which http.SetCookie does not keep: Domain, Expires, Max-Age, Secure, HttpOnly,
// Path, SameSite, Partitioned. A live cookie has Expires only, and only if it is
// to outlive the browser; a deleted one has Expires in 1970 and Max-Age=0.
func setCookieLine(name, value string, o *sessions.Options, expires time.Time) string {
	var b strings.Builder
	b.Grow(len(name) + len(value) + 112)
	b.WriteString(name)
	b.WriteByte('=')
	b.WriteString(value)
	if domain := strings.TrimLeft(o.Domain, "."); domain != "" {
		b.WriteString("; Domain=")
		b.WriteString(domain)
	}
	switch {
	case value == "":
		b.WriteString("; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0")
	case !expires.IsZero():
		b.WriteString("; Expires=")
		b.WriteString(expires.UTC().Format(http.TimeFormat))
	}
	if o.Secure || o.Partitioned {
		b.WriteString("; Secure")
	}
	if o.HttpOnly {
		b.WriteString("; HttpOnly")
	}
	if o.Path != "" {
		b.WriteString("; Path=")
		b.WriteString(o.Path)
	}
	switch o.SameSite {
	case http.SameSiteLaxMode:
		b.WriteString("; SameSite=Lax")
	case http.SameSiteStrictMode:
		b.WriteString("; SameSite=Strict")
	case http.SameSiteNoneMode:
		b.WriteString("; SameSite=None")
	}
	if o.Partitioned {
		b.WriteString("; Partitioned")
	}
	return b.String()
}

// putCookie adds line to the header in place of an earlier one for the same
// name, so that a session saved twice still sets one cookie.
func putCookie(h http.Header, name, line string) {
	lines := h["Set-Cookie"]
	for i, old := range lines {
		if strings.HasPrefix(old, name) && len(old) > len(name) && old[len(name)] == '=' {
			lines[i] = line
			return
		}
	}
	h["Set-Cookie"] = append(lines, line)
}

// vary adds Cookie to the Vary header once.
func vary(h http.Header) {
	for _, v := range h["Vary"] {
		if v == "Cookie" {
			return
		}
	}
	h["Vary"] = append(h["Vary"], "Cookie")
}
