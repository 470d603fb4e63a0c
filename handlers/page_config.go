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
		Say: t.T,
	}
	page := views.ConfigPage{Page: h.benchPage(c, b), Shown: w.Secret, Rows: h.configRows(t, w)}
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

// configRows are the settings, those that Flask has too first.
func (h *pages) configRows(t *i18n.Text, w ascode.Writing) (rows []views.ConfigRow) {
	var ours []views.ConfigRow
	for _, row := range lab.Table {
		r := h.configRow(t, w, row)
		if row.Flask != "" {
			rows = append(rows, r)
		} else {
			ours = append(ours, r)
		}
	}
	return append(rows, ours...)
}

// configRow is one setting: how it is said in code, what is usual, and what a
// change does to sessions that exist.
func (h *pages) configRow(t *i18n.Text, w ascode.Writing, row lab.Setting) views.ConfigRow {
	s := w.Settings
	r := views.ConfigRow{Setting: h.settingView(row, s, t), Flask: row.Flask, Go: row.Go + row.Option, After: t.T("setting." + row.Name + ".after")}
	if s.Mechanism != step.MechanismServer && row.Records {
		r.After = t.T("config.after.none")
	}
	usual := row.Default
	if row.Name == "store" {
		usual = h.Lab.DefaultStore()
	}
	if row.Text(s) != usual {
		r.Default = settingWord(t, row, usual)
	}
	if row.Name != "fallback_keys" {
		return r
	}
	if w.Secret && !slices.ContainsFunc(s.FallbackKeys, unprintable) {
		r.Value = strings.Join(s.FallbackKeys, " ")
	} else if n := len(s.FallbackKeys); n > 0 {
		r.Secret = t.F("config.fallback_hidden", "N", strconv.Itoa(n))
	}
	return r
}

// unprintable reports whether a field could not hold a text as it is.
func unprintable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
}
