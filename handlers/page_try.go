package handlers

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/views"
)

// Experiments are linked from where a reader wonders what they answer: each names the
// places itself.

// try are links to the experiments that name a place.
func (h *pages) try(t *i18n.Text, named func(experiment.Also) bool) (links []views.ExperimentLink) {
	for _, e := range h.Experiments() {
		if named(e.Also) {
			links = append(links, views.ExperimentLink{Slug: e.Slug, Title: e.Words[string(t.Lang())].Title})
		}
	}
	return links
}

func (h *pages) trySetting(t *i18n.Text, name string) []views.ExperimentLink {
	return h.try(t, func(a experiment.Also) bool { return slices.Contains(a.Settings, name) })
}

func (h *pages) tryHint(t *i18n.Text, id string) []views.ExperimentLink {
	return h.try(t, func(a experiment.Also) bool { return slices.Contains(a.Hints, id) })
}

func (h *pages) tryWarning(t *i18n.Text, id string) []views.ExperimentLink {
	return h.try(t, func(a experiment.Also) bool { return slices.Contains(a.Warnings, id) })
}

func (h *pages) tryNote(t *i18n.Text, row int) []views.ExperimentLink {
	return h.try(t, func(a experiment.Also) bool { return slices.Contains(a.Notes, row) })
}

// attributeSettings are the settings that decide the attributes of a Set-Cookie header.
var attributeSettings = map[string]string{
	"HttpOnly": "http_only", "Secure": "secure", "SameSite": "same_site", "Expires": "lifetime", "Max-Age": "lifetime",
}

// tryPieces links the attributes of Set-Cookie headers to what is tried with them.
func (h *pages) tryPieces(t *i18n.Text, headers []views.CookieHeader) {
	for _, header := range headers {
		for i, piece := range header.Pieces {
			if name := attributeSettings[piece.Name]; name != "" {
				header.Pieces[i].Try = h.trySetting(t, name)
			}
		}
	}
}
