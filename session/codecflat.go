package session

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// decodeFlat decodes the JSON of nearly all sessions: one object of plain
// strings, whole numbers, true, false and null, without white space or escapes.
// It is some ten times faster than encoding/json. For anything else it reports
// false, and may have filled some of the values. It accepts nothing that
// encoding/json would not. It also reports whether encodeValues would write the
// same: the keys are in order, each once.
func decodeFlat(data string, values map[any]any) (ok, inOrder bool) {
	if len(data) < 2 || data[0] != '{' || data[len(data)-1] != '}' || !utf8.ValidString(data) {
		return false, false
	}
	rest, last := data[1:], ""
	inOrder = true
	for {
		key, after, ok := cutString(rest)
		if !ok || len(after) == 0 || after[0] != ':' {
			return false, false
		}
		inOrder = inOrder && (key > last || len(values) == 0)
		last = key
		value, after, ok := cutScalar(after[1:])
		if !ok || len(after) == 0 {
			return false, false
		}
		values[key] = value
		switch {
		case after[0] == ',':
			rest = after[1:]
		case len(after) == 1: // the closing brace
			return true, inOrder
		default:
			return false, false
		}
	}
}

// cutString takes a quoted string without escapes off the front of data.
func cutString(data string) (s, rest string, ok bool) {
	if len(data) < 2 || data[0] != '"' {
		return "", "", false
	}
	for i := 1; i < len(data); i++ {
		switch c := data[i]; {
		case c == '"':
			return data[1:i], data[i+1:], true
		case c < ' ' || c == '\\':
			return "", "", false
		}
	}
	return "", "", false
}

// cutScalar takes a string, whole number, true, false or null off the front of
// data.
func cutScalar(data string) (v any, rest string, ok bool) {
	if data == "" {
		return nil, "", false
	}
	switch data[0] {
	case '"':
		s, rest, ok := cutString(data)
		return s, rest, ok
	case 't':
		rest, ok = strings.CutPrefix(data, "true")
		return true, rest, ok
	case 'f':
		rest, ok = strings.CutPrefix(data, "false")
		return false, rest, ok
	case 'n':
		rest, ok = strings.CutPrefix(data, "null")
		return nil, rest, ok
	}
	return cutInt(data)
}

// cutInt takes a whole number off the front of data: not -0, which is none, and
// no digits after a leading 0, which JSON does not have.
func cutInt(data string) (v any, rest string, ok bool) {
	digits := 0
	if data[0] == '-' {
		digits = 1
	}
	end := digits
	for end < len(data) && '0' <= data[end] && data[end] <= '9' {
		end++
	}
	if end == digits || data[digits] == '0' && end > 1 {
		return nil, "", false
	}
	n, err := strconv.ParseInt(data[:end], 10, 64)
	return n, data[end:], err == nil
}
