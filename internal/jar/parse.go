package jar

import (
	"strconv"
	"strings"
	"time"
)

// Attribute is one attribute of a Set-Cookie line.
type Attribute struct {
	Name    string `json:"name"`              // as written
	Value   string `json:"value"`             // without surrounding blanks
	Ignored Reason `json:"ignored,omitempty"` // why it has no effect, if it has none
}

// ParseSetCookie splits the value of one Set-Cookie header (RFC 6265bis
// section 5.6). The attributes keep the order of the header, those without
// effect included. Nothing is decoded: quotes and percent signs are part of
// the value. A reason other than "" means that a client ignores the line.
func ParseSetCookie(line string) (name, value string, attrs []Attribute, reason Reason) {
	if hasControl(line) {
		return "", "", nil, ReasonControlCharacter
	}
	pair, rest, _ := strings.Cut(line, ";")
	name, value, found := strings.Cut(pair, "=")
	if !found {
		name, value = "", pair
	}
	name, value = trim(name), trim(value)
	switch {
	case name == "" && value == "":
		reason = ReasonEmpty
	case len(name)+len(value) > MaxPairSize:
		reason = ReasonTooLarge
	}
	return name, value, parseAttributes(rest), reason
}

func parseAttributes(s string) []Attribute {
	var attrs []Attribute
	for part := range strings.SplitSeq(s, ";") {
		name, value, _ := strings.Cut(part, "=")
		name, value = trim(name), trim(value)
		if name == "" && value == "" {
			continue
		}
		attrs = append(attrs, Attribute{Name: name, Value: value, Ignored: unusable(name, value)})
	}
	markOverridden(attrs)
	return attrs
}

// unusable returns why an attribute can never take effect, "" if it can.
func unusable(name, value string) Reason {
	var readable bool
	switch lower(name) {
	case "max-age":
		_, readable = parseMaxAge(value)
	case "expires":
		_, readable = parseDate(value)
	case "domain", "path", "secure", "httponly", "samesite", "partitioned":
		readable = true
	default:
		return ReasonUnknownAttribute
	}
	switch {
	case len(value) > MaxAttributeSize:
		return ReasonAttributeTooLarge
	case !readable:
		return ReasonUnreadableAttribute
	}
	return ""
}

// markOverridden leaves the last of each attribute in force.
func markOverridden(attrs []Attribute) {
	seen := make(map[string]bool)
	for i := len(attrs) - 1; i >= 0; i-- {
		a := &attrs[i]
		if a.Ignored != "" {
			continue
		}
		if seen[lower(a.Name)] {
			a.Ignored = ReasonOverridden
		}
		seen[lower(a.Name)] = true
	}
	if !seen["max-age"] {
		return
	}
	for i := range attrs {
		if a := &attrs[i]; a.Ignored == "" && lower(a.Name) == "expires" {
			a.Ignored = ReasonOverridden
		}
	}
}

// inForce returns the value of each attribute that takes effect, by its
// lower-case name.
func inForce(attrs []Attribute) map[string]string {
	values := make(map[string]string, len(attrs))
	for _, a := range attrs {
		if a.Ignored == "" {
			values[lower(a.Name)] = a.Value
		}
	}
	return values
}

// parseMaxAge reads a Max-Age of seconds, bounded to -1 s and MaxLifetime.
func parseMaxAge(s string) (time.Duration, bool) {
	digits, negative := strings.CutPrefix(s, "-")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	if negative {
		return -time.Second, true
	}
	// Trim of all digits left nothing, so the only error is a huge number.
	seconds, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || seconds > int64(MaxLifetime/time.Second) {
		return MaxLifetime, true
	}
	return time.Duration(seconds) * time.Second, true
}

func parseSameSite(s string) SameSite {
	switch lower(s) {
	case "lax":
		return SameSiteLax
	case "strict":
		return SameSiteStrict
	case "none":
		return SameSiteNone
	}
	return SameSiteDefault
}

// hasControl reports whether s has a control character. The tab is white space.
func hasControl(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < 0x20 && c != '\t' || c == 0x7f {
			return true
		}
	}
	return false
}

func trim(s string) string { return strings.Trim(s, " \t") }

// lower folds ASCII letters only. Unicode folding would take the Kelvin sign
// for a k, and replace octets that are not UTF-8.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
