package narrate

import (
	"encoding/json"
	"strings"

	"github.com/sessionlab/sessionlab/internal/columns"
	"github.com/sessionlab/sessionlab/internal/escape"
)

// The columns that a sentence gives to quoted texts.
const (
	shownValue  = 24
	shownRoute  = 18
	shownOrigin = 40
	shownID     = 6
	shownKeys   = 4 // names of keys
)

// short returns the beginning of s that fits into limit columns, with an ellipsis
// if that is not all.
func short(s string, limit int) string {
	s = escape.Unseen(s)
	used := 0
	for i, r := range s {
		if used += columns.OfRune(r); used > limit {
			return s[:i] + "…"
		}
	}
	return s
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

// idHead is the part of an id that is shown: enough to recognise it.
func idHead(id string) string { return short(id, shownID) }
