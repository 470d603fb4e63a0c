package handlers

import (
	"net/url"
	"strings"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/views"
)

// Pressing a button of the settings leads back to the bench. Its address says what that
// did, for the form to say so: ?did=key, or ?did=key-same where nothing changed.
const (
	didKey      = "key"
	didLifetime = "lifetime"
	didSettings = "settings"
	didSame     = "-same"
)

// didWhat tells which form of the settings was sent.
func didWhat(form url.Values, same bool) string {
	what := didSettings
	switch {
	case form.Has("secret_key"):
		what = didKey
	case form.Has("lifetime") && len(form) == 1:
		what = didLifetime
	}
	if same {
		what += didSame
	}
	return what
}

// didView says in words what the address says was done; nothing if it says no such
// thing.
func didView(t *i18n.Text, what string) views.Did {
	where, same := strings.CutSuffix(what, didSame)
	said := "settings.did_settings"
	switch {
	case where != didKey && where != didLifetime && where != didSettings:
		return views.Did{}
	case same:
		said = "settings.did_same"
	case where == didKey:
		said = "settings.did_key"
	}
	return views.Did{What: what, Where: where, Said: t.T(said)}
}
