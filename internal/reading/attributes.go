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
	all := make([]AttributeChange, 0, 5)
	for name, v := range attributes(after) {
		all = append(all, AttributeChange{Name: name, New: v})
	}
	if before == nil {
		return all
	}
	i := 0
	for _, was := range attributes(before) {
		all[i].Old = was
		all[i].Change = change(was != "", all[i].New != "", was == all[i].New)
		i++
	}
	return all
}

// attributes yields name and value of each attribute.
func attributes(a *step.Attributes) func(yield func(name, value string) bool) {
	return func(yield func(name, value string) bool) {
		expires := ""
		if a.Expires != nil {
			expires = a.Expires.UTC().Format(http.TimeFormat)
		}
		_ = yield("Expires", expires) && yield("Path", a.Path) && yield("HttpOnly", flag(a.HTTPOnly)) &&
			yield("SameSite", a.SameSite) && yield("Secure", flag(a.Secure))
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
