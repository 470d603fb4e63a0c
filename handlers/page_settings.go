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
	span := func(value string) string { return t.T("settings.span." + value) }
	v := views.Settings{Lifetimes: choices(s.Lifetime.String(), span, "10s", "2h", "31d"), KeyTry: h.trySetting(t, "secret_key")}
	for _, row := range lab.Table {
		if !row.Key() { // these have forms of their own
			v.Rows = append(v.Rows, h.settingView(row, s, t))
		}
	}
	return v
}

// settingView is one setting as its form shows it.
func (h *pages) settingView(row lab.Setting, s lab.Settings, t *i18n.Text) views.Setting {
	id := "setting." + row.Name
	v := views.Setting{Field: row.Name, Name: t.T(id + ".name"), Note: t.T(id + ".note"), Value: row.Text(s), Try: h.trySetting(t, row.Name)}
	label := func(value string) string { return settingWord(t, row, value) }
	switch row.Of(s).(type) {
	case bool:
		v.Choices = choices(v.Value, label, "true", "false")
	case string:
		v.Choices = choices(v.Value, label, row.Choices...)
	}
	if row.Name == "store" {
		h.storeChoices(&v, t)
	}
	return v
}

// settingWord is a setting's value as a reader sees it.
func settingWord(t *i18n.Text, row lab.Setting, value string) string {
	_, flag := row.Of(lab.Settings{}).(bool)
	switch {
	case flag:
		return t.T("settings." + map[string]string{"true": "on", "false": "off"}[value])
	case row.Choices != nil:
		return t.T("setting." + row.Name + ".choice." + value)
	}
	return value
}

// storeChoices adds the stores, and to the note why some are away.
func (h *pages) storeChoices(v *views.Setting, t *i18n.Text) {
	v.Choices = choices(v.Value, func(name string) string { return name }, h.Lab.StoreNames()...)
	for i, c := range v.Choices {
		if away := h.away(t, c.Value); away != "" {
			v.Choices[i].Why = t.T("settings.store_away")
			v.Note = t.F("fault.join", "Why", v.Note, "Then", away)
		}
	}
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
