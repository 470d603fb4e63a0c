package session

import (
	"net/http"
	"strings"
)

// maxCookies is how many cookies net/http accepts in a header. If there are
// more, it returns none.
const maxCookies = 3000

// CookieValue returns the value of the first cookie of that name in r, without
// its quotes: what a [Store] reads. It finds what [http.Request.Cookie] does,
// and values with any other octets, without allocating all cookies.
func CookieValue(r *http.Request, name string) (value string, found bool) {
	for _, line := range r.Header["Cookie"] {
		if strings.Count(line, ";") >= maxCookies {
			return "", false
		}
		for line != "" {
			var pair string
			pair, line, _ = strings.Cut(line, ";")
			n, v, _ := strings.Cut(pair, "=")
			if trim(n) != name {
				continue
			}
			v = trim(v)
			if len(v) > 1 && v[0] == '"' && v[len(v)-1] == '"' {
				v = v[1 : len(v)-1]
			}
			return v, true
		}
	}
	return "", false
}

func trim(s string) string { return strings.Trim(s, " \t") }
