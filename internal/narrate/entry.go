package narrate

import (
	"time"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/step"
)

// Entry says in the language of t what happened between two steps.
func Entry(t *i18n.Text, e step.Entry) string { return sayEntry(t, "entry.", e) }

// EntryShort says it in a few words, without the browser: its badge is beside
// it.
func EntryShort(t *i18n.Text, e step.Entry) string { return sayEntry(t, "entry_short.", e) }

// sayEntry says what happened, with the messages whose ids begin with id. Some
// messages depend on the entry's value, or on what the workers do not share.
func sayEntry(t *i18n.Text, ids string, e step.Entry) string {
	id := ids + string(e.Kind)
	if variant := id + "_" + e.Value; e.Value != "" && t.Has(variant) {
		id = variant
	}
	if variant := id + apart(e); t.Has(variant) {
		id = variant
	}
	return i18n.Fill(t.T(id), func(name string) string {
		switch name {
		case "Browser":
			return browserName(t, e.Name)
		case "Other":
			return browserName(t, e.OtherName)
		case "Cookie":
			return e.Cookie
		case "N":
			return e.Value
		case "Store":
			return t.T("location.name." + e.Value)
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

// apart tells which of two workers' things are not shared.
func apart(e step.Entry) string {
	keys, memory := e.Keys == "own", e.Memory == "own"
	switch {
	case keys && memory:
		return "_apart"
	case keys:
		return "_keys"
	case memory:
		return "_memory"
	}
	return ""
}
