package inspect

import (
	"slices"
	"strings"
)

// A cookie is a name, which may be unknown, and a value.
type cookie struct {
	name, value string
	chunks      int // how many cookies the value was spread over; 0: it was one
}

// maxCookies is how many are looked at: browsers keep fewer for a site.
const maxCookies = 256

// paste finds the cookies in a text as people copy it. Each reader knows one
// source, and says whether the text comes from it; the last takes anything. There
// is always at least one cookie: an empty one, where the source holds none.
func paste(text string) []cookie {
	text = Clean(text)
	for _, read := range []func(string) ([]cookie, bool){
		fromCommand, fromExport, fromHeaders, fromRows, fromLines,
	} {
		found, ok := read(text)
		if !ok {
			continue
		}
		if found = joined(found[:min(len(found), maxCookies)]); len(found) == 0 {
			return []cookie{{}}
		}
		return found
	}
	return []cookie{{}}
}

// Clean returns a pasted text without what copying adds to it and no eye sees:
// spaces, byte order marks and characters of no width around its lines, and the
// carriage returns of forms.
func Clean(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.Trim(line, unseen+"\r ")
	}
	return strings.Trim(strings.Join(lines, "\n"), unseen+" \t\r\n")
}

// unseen are characters that copying leaves at the edge of a text: no-break
// space, soft hyphen, zero-width ones, marks of direction, and the byte order mark.
const unseen = "\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff"

// trimmed is a piece of a line without space and unseen characters around it.
func trimmed(s string) string { return strings.Trim(s, unseen+" \t\r") }

// fromLines reads what people type or copy piece by piece: on each line a bare
// value, "name: value", or "name=value" with more pairs or attributes behind it.
func fromLines(text string) (found []cookie, ok bool) {
	for line := range strings.SplitSeq(text, "\n") {
		if len(found) >= maxCookies {
			break
		}
		line = strings.TrimLeft(trimmed(line), "<> ")
		if code, ok := strings.CutPrefix(line, "document.cookie"); ok {
			line = strings.TrimLeft(code, " =")
		}
		if line == "" {
			continue
		}
		if p := jsonOf([]byte(line)); p != nil && structured(p) {
			found = append(found, cookie{value: line})
			continue
		}
		if line = unquote(line); line == "" {
			continue
		}
		if name, value, ok := field(line); ok {
			found = append(found, cookie{name: name, value: value})
			continue
		}
		pairs := strings.Split(line, ";")
		if !strings.Contains(pairs[0], "=") {
			pairs = []string{line} // a semicolon, but no pairs
		}
		if slices.ContainsFunc(pairs[1:], isAttribute) {
			found = append(found, setCookies(line)...)
		} else {
			found = append(found, sentCookies(pairs)...)
		}
	}
	return found, true
}

// field takes "name: value" apart. There is a space behind the colon, or quotes
// around the name: values have colons too.
func field(line string) (name, value string, ok bool) {
	before, value, ok := strings.Cut(strings.TrimRight(line, ","), ":")
	before = trimmed(before)
	name = unquote(before)
	if !ok || !token(name) || name == before && strings.TrimLeft(value, " \t") == value {
		return "", "", false
	}
	value = unquote(trimmed(value))
	if strings.EqualFold(name, "authorization") {
		name = ""
	}
	return name, bare(value), true
}

// bare is a value without the word that says how to use it.
func bare(value string) string {
	for _, scheme := range []string{"bearer ", "token ", "jwt "} {
		if len(value) > len(scheme) && strings.EqualFold(value[:len(scheme)], scheme) {
			return trimmed(value[len(scheme):])
		}
	}
	return value
}

// pairOf takes a name from the front of a value. An equals sign may as well
// belong to the value.
func pairOf(text string) cookie {
	text = trimmed(text)
	name, value, ok := strings.Cut(text, "=")
	name = trimmed(name)
	if isAttribute(text) && !ok {
		return cookie{name: text}
	}
	if !ok || inValue(name, value) || !token(name) {
		return cookie{value: bare(unquote(text))}
	}
	return cookie{name: name, value: unquote(trimmed(value))}
}

// inValue reports whether the first equals sign of a text pads base64, which only
// more of it, a mark of a format or nothing follows, or parts the pairs that a
// value of Play begins with.
func inValue(before, after string) bool {
	if before == "" {
		return true
	}
	switch rest := strings.TrimLeft(after, "="); {
	case rest == "":
		return len(before) > 12 || after != ""
	case after[0] == '=', strings.HasPrefix(after, "--"), after[0] == '|':
		return true
	case after[0] == '?':
		return before[0] == '!' // Bottle
	case after[0] == '.':
		data, ok := anyBase64(before) // Starlette
		return ok && jsonOf(data) != nil
	}
	return playSigned.MatchString(before)
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

// quotes are what stands around a value that was copied out of code or prose.
var quotes = []struct{ open, end string }{{`"`, `"`}, {"'", "'"}, {"`", "`"}, {"“", "”"}, {"‘", "’"}}

// unquote takes quotes off a value. Within double ones Python writes what a
// cookie cannot hold as backslash escapes.
func unquote(s string) string {
	for _, q := range quotes {
		inner, ok := strings.CutPrefix(strings.TrimRight(s, ",;"), q.open)
		inner, end := strings.CutSuffix(inner, q.end)
		if ok && end && !strings.Contains(strings.ReplaceAll(inner, `\`+q.end, ""), q.end) {
			if q.open == `"` && strings.Contains(inner, `\`) {
				inner = unescapeC(inner)
			}
			return trimmed(inner)
		}
	}
	return s
}
