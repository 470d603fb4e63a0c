package narrate

import (
	"encoding/json"
	"strings"
	"unicode"
)

// How much of a text a sentence quotes, in columns.
const (
	shownValue = 24
	shownRoute = 18
	shownID    = 6
	shownKeys  = 4 // names of keys
)

// short returns the beginning of s that fits into limit columns, with an ellipsis
// if that is not all. What cannot be seen is left to the raw view.
func short(s string, limit int) string {
	var b strings.Builder
	used := 0
	for _, r := range s {
		if !unicode.IsGraphic(r) {
			r = '·'
		}
		if used += columns(r); used > limit {
			return b.String() + "…"
		}
		b.WriteRune(r)
	}
	return b.String()
}

// columns returns how wide r is: the characters of East Asia take two.
func columns(r rune) int {
	if r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0x1f000) {
		return 2
	}
	return 1
}

// quoteKey is a key as Python writes it.
func quoteKey(key string) string { return "'" + short(key, shownValue) + "'" }

// value is a JSON value as a sentence quotes it: strings in Python's quotes, the
// rest as JSON.
func (n *telling) value(v json.RawMessage) string {
	var s string
	if json.Unmarshal(v, &s) == nil && string(v) != "null" {
		return "'" + short(s, shownValue) + "'"
	}
	return short(string(v), shownValue)
}

// list names some keys.
func (n *telling) list(keys []string) string {
	quoted := make([]string, 0, shownKeys+1)
	for i, k := range keys {
		if i == shownKeys {
			quoted = append(quoted, "…")
			break
		}
		quoted = append(quoted, quoteKey(k))
	}
	return strings.Join(quoted, n.T("flow.list.comma"))
}

// idHead is enough of an id to know it again.
func idHead(id string) string { return short(id, shownID) }
