package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/ascode"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/source"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// config shows the settings of the app under study as code. The secret key is
// shown if it is asked for: ?secret=shown.
func (h *pages) config(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	t := h.text(c)
	w := ascode.Writing{
		Settings: b.Settings(), Path: b.Path(), Prefix: b.Prefix(),
		HTTPS: h.secure(c.Request()), Secret: c.QueryParam("secret") == "shown",
		Say: func(id string) string { return t.T("config.comment." + id) },
	}
	page := views.ConfigPage{Page: h.page(c, ""), Shown: w.Secret, Rows: h.configRows(t, w)}
	usual := w
	usual.Settings = lab.DefaultSettings(w.Settings.SecretKey)
	goCode, err := w.Go()
	if err != nil {
		return err
	}
	usualGo, err := usual.Go()
	if err != nil {
		return err
	}
	page.Flask = codeLines(w.Flask(), usual.Flask(), source.ColourPython)
	page.Go = codeLines(goCode, usualGo, source.ColourGo)
	return h.render(c, http.StatusOK, views.Config(page))
}

// codeLines colours code line by line, and tells the lines that the usual code
// has not.
func codeLines(code, usual string, colour func(string) string) []views.CodeLine {
	known := make(map[string]bool)
	for line := range strings.Lines(usual) {
		known[strings.Join(strings.Fields(line), " ")] = true // however it is aligned
	}
	var lines []views.CodeLine
	for line := range strings.Lines(code) {
		line = strings.TrimSuffix(line, "\n")
		lines = append(lines, views.CodeLine{HTML: colour(line), Changed: !known[strings.Join(strings.Fields(line), " ")]})
	}
	return lines
}

// configRows are the settings, in the order of their form on the bench.
func (h *pages) configRows(t *i18n.Text, w ascode.Writing) []views.ConfigRow {
	s, usual := w.Settings, lab.DefaultSettings("")
	usual.Store = h.Lab.DefaultStore()
	form := h.settingsView(s, t)
	flag := func(on bool) []views.Choice {
		return choices(strconv.FormatBool(on), func(v string) string { return onOff(t, v == "true") }, "true", "false")
	}
	rows := []views.ConfigRow{
		{Field: "secret_key", Name: t.T("config.secret"), Note: t.T("config.secret_keep"), Flask: "SECRET_KEY", Go: "Keys[0]"},
		{Field: "fallback_keys", Name: t.T("config.fallback"), Note: t.T("config.fallback_note"), Flask: "SECRET_KEY_FALLBACKS", Go: "Keys[1:]"},
		{Field: "lifetime", Name: t.T("settings.lifetime"), Note: t.T("settings.lifetime_note"), Value: form.Lifetime, Flask: "PERMANENT_SESSION_LIFETIME", Go: "Lifetime", Default: other(s.Lifetime.String(), usual.Lifetime.String())},
		{Field: "refresh_each_request", Name: t.T("settings.refresh"), Note: t.T("settings.refresh_note"), Choices: flag(s.RefreshEachRequest), Flask: "SESSION_REFRESH_EACH_REQUEST", Go: "RefreshEachRequest", Default: otherFlag(t, s.RefreshEachRequest, usual.RefreshEachRequest)},
		{Field: "http_only", Name: "HttpOnly", Note: t.T("settings.http_only_note"), Choices: flag(s.HTTPOnly), Flask: "SESSION_COOKIE_HTTPONLY", Go: "Cookie.HttpOnly", Default: otherFlag(t, s.HTTPOnly, usual.HTTPOnly)},
		{Field: "secure", Name: "Secure", Note: t.T("settings.secure_note"), Choices: form.Secures, Flask: "SESSION_COOKIE_SECURE", Go: "Cookie.Secure", Default: otherWord(t, "settings.secure.", s.Secure, usual.Secure)},
		{Field: "same_site", Name: "SameSite", Note: t.T("settings.same_site_note"), Choices: form.SameSites, Flask: "SESSION_COOKIE_SAMESITE", Go: "Cookie.SameSite", Default: otherWord(t, "settings.same_site.", s.SameSite, usual.SameSite)},
		{Field: "mechanism", Name: t.T("settings.mechanism"), Note: t.T("settings.mechanism_note"), Choices: form.Mechanisms, Go: "session.New, flask.NewStore, …", Default: otherWord(t, "settings.mechanism_choice.", s.Mechanism, usual.Mechanism)},
		{Field: "store", Name: t.T("settings.store"), Note: form.StoreNote, Choices: form.Stores, Go: "session.New(backend, …)", Default: other(s.Store, usual.Store)},
		{Field: "idle_timeout", Name: t.T("settings.idle"), Note: t.T("settings.idle_note"), Value: form.Idle, Go: "Idle", Default: other(s.IdleTimeout.String(), usual.IdleTimeout.String())},
		{Field: "absolute_timeout", Name: t.T("settings.absolute"), Note: t.T("settings.absolute_note"), Value: form.Absolute, Go: "Absolute", Default: other(s.AbsoluteTimeout.String(), usual.AbsoluteTimeout.String())},
		{Field: "new_id_at_login", Name: t.T("settings.new_id"), Note: t.T("settings.new_id_note"), Choices: flag(s.NewIDAtLogin), Go: "session.Renew(s)", Default: otherFlag(t, s.NewIDAtLogin, usual.NewIDAtLogin)},
		{Field: "sign_id", Name: t.T("settings.sign"), Note: t.T("settings.sign_note"), Choices: flag(s.SignID), Go: "Keys", Default: otherFlag(t, s.SignID, usual.SignID)},
		{Field: "hash_id", Name: t.T("settings.hash_id"), Note: t.T("settings.hash_id_note"), Choices: flag(s.HashID), Go: "HashID", Default: otherFlag(t, s.HashID, usual.HashID)},
	}
	for i := range rows {
		rows[i].After = t.T("config.after." + rows[i].Field)
		if s.Mechanism != step.MechanismServer && slices.Contains(serverOnly, rows[i].Field) {
			rows[i].After = t.T("config.after.none")
		}
	}
	if w.Secret && !slices.ContainsFunc(s.FallbackKeys, unprintable) {
		rows[1].Value = strings.Join(s.FallbackKeys, " ")
	} else if n := len(s.FallbackKeys); n > 0 {
		rows[1].Secret = t.F("config.fallback_hidden", "N", strconv.Itoa(n))
	}
	return rows
}

// serverOnly are the settings that concern records and their ids.
var serverOnly = []string{"store", "idle_timeout", "absolute_timeout", "new_id_at_login", "sign_id", "hash_id"}

// unprintable reports whether a field could not hold a text as it is.
func unprintable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
}

// other returns the usual value of a setting that has another, else "".
func other(value, usual string) string {
	if value == usual {
		return ""
	}
	return usual
}

func otherFlag(t *i18n.Text, value, usual bool) string {
	if value == usual {
		return ""
	}
	return onOff(t, usual)
}

func otherWord(t *i18n.Text, id, value, usual string) string {
	if value == usual {
		return ""
	}
	return t.T(id + usual)
}

func onOff(t *i18n.Text, on bool) string {
	if on {
		return t.T("settings.on")
	}
	return t.T("settings.off")
}
