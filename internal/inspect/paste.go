package inspect

import "strings"

// A cookie is a name, which may be unknown, and a value.
type cookie struct{ name, value string }

// maxCookies is how many are looked at: browsers keep fewer for a site.
const maxCookies = 256

// paste finds the cookies in a text as people copy it: a bare value, name=value,
// the lines Cookie and Set-Cookie, and those as curl -v prints them. There is
// always at least one.
func paste(text string) []cookie {
	var found []cookie
	for line := range strings.Lines(text) {
		line = strings.TrimLeft(strings.TrimSpace(line), "<> ")
		if line == "" {
			continue
		}
		rest, set := cutHeader(line, "set-cookie:")
		rest, sent := cutHeader(rest, "cookie:")
		pairs := strings.Split(rest, ";")
		if !set && !sent && !strings.Contains(pairs[0], "=") {
			pairs = []string{rest} // a semicolon, but no pairs
		}
		for i, pair := range pairs {
			c := pairOf(strings.TrimSpace(pair))
			if i > 0 && (set || !sent) && attributes[strings.ToLower(c.name)] || c.name == "" && i > 0 {
				continue
			}
			if len(found) < maxCookies {
				found = append(found, c)
			}
		}
	}
	if len(found) == 0 {
		return []cookie{{}}
	}
	return found
}

func cutHeader(line, name string) (rest string, ok bool) {
	if len(line) >= len(name) && strings.EqualFold(line[:len(name)], name) {
		return strings.TrimSpace(line[len(name):]), true
	}
	return line, false
}

var attributes = map[string]bool{
	"expires": true, "max-age": true, "domain": true, "path": true, "secure": true, "httponly": true,
	"samesite": true, "partitioned": true, "priority": true,
}

// pairOf takes a name from the front of a value. An equals sign may as well be
// the padding of base64, which only more of it, a double hyphen or nothing
// follows.
func pairOf(text string) cookie {
	name, value, ok := strings.Cut(text, "=")
	padding := strings.Trim(value, "=") == "" && len(name) > 12 || strings.HasPrefix(value, "=") || strings.HasPrefix(value, "--")
	if attributes[strings.ToLower(text)] {
		return cookie{name: text}
	}
	if !ok || padding || !token(name) {
		return cookie{value: unquote(text)}
	}
	return cookie{name, unquote(value)}
}

// token reports whether a text can be a cookie's name (RFC 9110, section 5.6.2).
func token(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c > '~' || strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) >= 0 {
			return false
		}
	}
	return s != ""
}

func unquote(s string) string {
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}
