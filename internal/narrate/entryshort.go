package narrate

import (
	"time"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/step"
)

// EntryShort says in a few words of the language of t what happened between two steps,
// but not to which browser: its badge stands beside.
func EntryShort(t *i18n.Text, e step.Entry) string {
	id := "entry_short." + string(e.Kind)
	if variant := id + "_" + e.Value; e.Value != "" && t.Has(variant) {
		id = variant
	}
	return i18n.Fill(t.T(id), func(name string) string {
		switch name {
		case "N":
			return e.Value
		case "Duration":
			var by step.Ahead
			if by.UnmarshalText([]byte(e.Value)) != nil {
				return e.Value
			}
			return (&telling{Text: t}).duration(time.Duration(by))
		}
		return "{" + name + "}" // seen in tests
	})
}
