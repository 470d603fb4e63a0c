package reading

import (
	"net/http"

	"github.com/sessionlab/sessionlab/internal/step"
)

// An AttributeChange is what became of one attribute of a cookie.
type AttributeChange struct {
	Name     string
	Old, New string // "" where it is not there; [Set] for one without a value
	Change   step.Change
}

// Set stands for the value of an attribute that has none.
const Set = "set"

// AttributeChanges tells of each attribute that matters, of those too that are not
// there, what became of it. Before is nil if there is nothing to compare with.
func AttributeChanges(before, after *step.Attributes) []AttributeChange {
	all := attributes(after)
	if before == nil {
		return all[:]
	}
	for i, was := range attributes(before) {
		c := &all[i]
		c.Old = was.New
		c.Change = change(c.Old != "", c.New != "", c.Old == c.New)
	}
	return all[:]
}

// attributes are those of a cookie that was compared with nothing.
func attributes(a *step.Attributes) [5]AttributeChange {
	expires := ""
	if a.Expires != nil {
		expires = a.Expires.UTC().Format(http.TimeFormat)
	}
	return [...]AttributeChange{
		{Name: "Expires", New: expires}, {Name: "Path", New: a.Path}, {Name: "HttpOnly", New: flag(a.HTTPOnly)},
		{Name: "SameSite", New: a.SameSite}, {Name: "Secure", New: flag(a.Secure)},
	}
}

func flag(on bool) string {
	if on {
		return Set
	}
	return ""
}

// change is what became of something, by whether it was and is there.
func change(had, has, same bool) step.Change {
	switch {
	case !had && has:
		return step.Added
	case had && !has:
		return step.Removed
	case !same:
		return step.Changed
	}
	return step.Unchanged
}
