package reading

import (
	"maps"
	"slices"

	"github.com/sessionlab/sessionlab/internal/step"
)

// Counts are how many keys of a session differ.
type Counts struct{ Added, Changed, Removed int }

// Any reports whether any does.
func (c Counts) Any() bool { return c != Counts{} }

// Compare counts the keys that differ.
func Compare(before, after Values) (c Counts) {
	for k, v := range after {
		if old, had := before[k]; !had {
			c.Added++
		} else if string(old) != string(v) {
			c.Changed++
		}
	}
	for k := range before {
		if _, has := after[k]; !has {
			c.Removed++
		}
	}
	return c
}

// A ValueChange is what became of one value.
type ValueChange struct {
	Key      string
	Old, New string // as JSON; "" for none
	Change   step.Change
}

// ValueChanges tells of each value on either side what became of it, by key.
func ValueChanges(before, after Values) []ValueChange {
	union := maps.Clone(before)
	if union == nil {
		union = make(Values, len(after))
	}
	maps.Copy(union, after)
	all := make([]ValueChange, 0, len(union))
	for _, key := range slices.Sorted(maps.Keys(union)) {
		was, had := before[key]
		is, has := after[key]
		c := ValueChange{Key: key, Old: string(was)}
		if c.New = c.Old; string(is) != c.Old {
			c.New = string(is)
		}
		c.Change = change(had, has, c.Old == c.New)
		all = append(all, c)
	}
	return all
}

// A CookieDifference is how the cookies that two steps left differ.
type CookieDifference = string

// The differences of two cookies.
const (
	CookiesNone       CookieDifference = "none" // there is none at either step
	CookiesSame       CookieDifference = "same"
	CookiesAdd        CookieDifference = "add"        // only the second step left one
	CookiesRemove     CookieDifference = "remove"     // only the first did
	CookiesAttributes CookieDifference = "attributes" // the values are the same
	CookiesSignature  CookieDifference = "signature"  // the IDs are the same
	CookiesChange     CookieDifference = "change"
)

// CompareCookies tells how the cookies that two steps left differ.
func CompareCookies(a, b *step.Cookie) CookieDifference {
	change, _ := step.Changes(step.Sides{Cookie: a}, step.Sides{Cookie: b})
	switch id := Part(a, "id"); {
	case a == nil && b == nil:
		return CookiesNone
	case change == step.Unchanged:
		return CookiesSame
	case change == step.Added:
		return CookiesAdd
	case change == step.Removed:
		return CookiesRemove
	case a.Raw == b.Raw:
		return CookiesAttributes
	case id != "" && id == Part(b, "id"):
		return CookiesSignature
	}
	return CookiesChange
}
