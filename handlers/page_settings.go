package handlers

import (
	"encoding/json"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// settingsView is the form of the settings.
func (h *pages) settingsView(s lab.Settings, t *i18n.Text) views.Settings {
	word := func(id string) func(string) string {
		return func(value string) string { return t.T(id + value) }
	}
	v := views.Settings{
		Mechanisms: choices(s.Mechanism, word("settings.mechanism_choice."), step.Mechanisms[:]...),
		Lifetimes:  choices(s.Lifetime.String(), word("settings.span."), "10s", "2h", "31d"),
		SameSites:  choices(s.SameSite, word("settings.same_site."), "Lax", "Strict", "None", "unset"),
		Secures:    choices(s.Secure, word("settings.secure."), "auto", "true", "false"),
		Lifetime:   s.Lifetime.String(),
		Idle:       s.IdleTimeout.String(),
		Absolute:   s.AbsoluteTimeout.String(),
		Refresh:    s.RefreshEachRequest,
		NewID:      s.NewIDAtLogin,
		SignID:     s.SignID,
		HashID:     s.HashID,
		HTTPOnly:   s.HTTPOnly,
	}
	v.Stores, v.StoreNote = h.storeChoices(s, t)
	return v
}

// storeChoices are the stores, and a note that says of those that are away why.
func (h *pages) storeChoices(s lab.Settings, t *i18n.Text) (list []views.Choice, note string) {
	list = choices(s.Store, func(name string) string { return name }, h.Lab.StoreNames()...)
	note = t.T("settings.store_note")
	for i, c := range list {
		if away := h.away(t, c.Value); away != "" {
			list[i].Why = t.T("settings.store_away")
			note = t.F("fault.join", "Why", note, "Then", away)
		}
	}
	return list, note
}

func choices(current string, label func(string) string, values ...string) []views.Choice {
	list := make([]views.Choice, len(values))
	for i, v := range values {
		list[i] = views.Choice{Value: v, Label: label(v), On: v == current}
	}
	return list
}

// valuesOf are a session's values; none if they cannot be read.
func valuesOf(s step.Sides) map[string]any {
	values := make(map[string]any)
	_ = json.Unmarshal(s.Values(), &values)
	return values
}
