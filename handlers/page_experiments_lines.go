package handlers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// A lens tells which header of the step that decided a run is lit, and which attribute
// in it.
type lens struct {
	step      int    // the one that decided
	header    string // of it; "" for none
	set       int    // the step of whose Set-Cookie line an attribute is lit
	attribute string // "" for none
}

// lens is what to light for a run.
func (v *experimentView) lens(r *experiment.Result) lens {
	verdict, _ := v.e.Verdict(r.Verdict)
	l := lens{r.Step, headerOf(r.Event), r.Step, verdict.Attribute}
	for _, d := range r.Acts {
		if d.ID == verdict.Set && len(d.Steps) > 0 {
			l.set = d.Steps[0]
		}
	}
	return l
}

// headerOf is the header that an event works on, "" for none.
func headerOf(kind step.Kind) string {
	switch kind {
	case step.RequestSent, step.CookieRead, step.CookieAbsent, step.SignatureValid, step.SignatureInvalid,
		step.LoadFound, step.LoadMissing, step.SessionExpired:
		return "Cookie"
	case step.SetCookieBuilt, step.CookieIgnored, step.CookieReplaced, step.IDMade, step.IDRenewed:
		return "Set-Cookie"
	}
	return ""
}

// lights tells how the header of a step is shown if it is there or, absent, if it is not.
func (l lens) lights(s *step.Step, header string, absent bool) views.Lit {
	switch {
	case s.N != l.step || header != l.header:
		return views.Plain
	case absent:
		return views.Absent
	}
	return views.LitUp
}

// sentLine is what a step's request brought.
func (l lens) sentLine(t *i18n.Text, s *step.Step) views.ExperimentLine {
	const name = "Cookie"
	path := s.Request.Path[strings.LastIndexByte(s.Request.Path, '/')+1:]
	line := append(views.ExperimentLine{{Text: "→ " + s.Request.Method + " " + path + " · "}}, startedBy(t, s)...)
	for _, value := range reading.HeaderValues(s.Request.Headers, name) {
		return append(line, views.ExperimentPart{Text: name + ": " + shortened(value), Lit: l.lights(s, name, false)})
	}
	return append(line, views.ExperimentPart{Text: t.T("experiment.no_cookie_sent"), Lit: l.lights(s, name, true)})
}

// answerLine is what came back: the status, the result or the error, and the cookie.
func (l lens) answerLine(t *i18n.Text, s *step.Step) views.ExperimentLine {
	const name = "Set-Cookie"
	line := append(views.ExperimentLine{{Text: "← "}}, answered(t, s)...)
	if s.Workers > 1 {
		line = append(line, views.ExperimentPart{Text: " · " + t.F("lane.worker", "N", strconv.Itoa(s.Worker)), Note: true})
	}
	set := reading.HeaderValues(s.Response.Headers, name)
	for _, value := range set {
		line = append(line, views.ExperimentPart{Text: " · "})
		line = append(line, l.cookie(t, s, value)...)
	}
	if len(set) == 0 && l.lights(s, name, true) == views.Absent {
		line = append(line, views.ExperimentPart{Text: " · ", Note: true}, views.ExperimentPart{Text: t.T("experiment.no_cookie_set"), Lit: views.Absent, Note: true})
	}
	return line
}

// cookie is a Set-Cookie header, with the attribute that decided lit, or said to be
// missing.
func (l lens) cookie(t *i18n.Text, s *step.Step, value string) (line views.ExperimentLine) {
	parts := strings.Split(value, ";")
	first := views.ExperimentPart{Text: "Set-Cookie: " + shortened(parts[0])}
	if l.attribute == "" {
		first.Lit = l.lights(s, "Set-Cookie", false)
	}
	line, missing := views.ExperimentLine{first}, l.attribute != "" && s.N == l.set
	for _, part := range parts[1:] {
		part = strings.TrimSpace(part)
		name, path, _ := strings.Cut(part, "=")
		shown := views.ExperimentPart{Text: part}
		if name == "Path" && strings.HasPrefix(path, "/app/") {
			shown.Text = "Path=/app/…/" // the bench's number says nothing here
		}
		if missing && name == l.attribute {
			shown.Lit, missing = views.LitUp, false
		}
		line = append(line, views.ExperimentPart{Text: "; "}, shown)
	}
	if missing {
		line = append(line, views.ExperimentPart{Text: " ", Note: true}, views.ExperimentPart{Text: noAttribute(t, l.attribute), Lit: views.Absent, Note: true})
	}
	return line
}

// said is a verdict with the attribute that it is about lit.
func (l lens) said(t *i18n.Text, text string) views.ExperimentLine {
	if l.attribute != "" {
		for _, try := range []views.ExperimentPart{{Text: noAttribute(t, l.attribute), Lit: views.Absent}, {Text: l.attribute, Lit: views.LitUp}} {
			if before, after, ok := strings.Cut(text, try.Text); ok {
				return views.ExperimentLine{{Text: before}, try, {Text: after}}
			}
		}
	}
	return views.ExperimentLine{{Text: text}}
}

func noAttribute(t *i18n.Text, attribute string) string {
	return t.F("experiment.without", "Name", attribute)
}

// shortened is a text of which the middle is left out if it is long.
func shortened(text string) string {
	const head, tail = 24, 8
	if runes := []rune(text); len(runes) > head+tail+3 {
		return string(runes[:head]) + "…" + string(runes[len(runes)-tail:])
	}
	return text
}

// alike reports whether two lines say the same, but for what is another in each run: ids,
// signatures, and the hour in Expires.
func alike(a, b views.ExperimentLine) bool { return shape(a.String()) == shape(b.String()) }

var expires = regexp.MustCompile(`Expires=[^;]*`)

func shape(line string) string {
	var b strings.Builder
	line = expires.ReplaceAllString(line, "Expires=…")
	for word := range strings.FieldsSeq(line) {
		if name, value, ok := strings.Cut(word, "session="); ok && value != "" && value != ";" {
			word = name + "session=…" + strings.Repeat(";", strings.Count(value, ";"))
		}
		b.WriteString(word + " ")
	}
	return b.String()
}

// differ reports whether the lines of an act are not alike in two runs.
func differ(a, b []views.ExperimentLine) bool { return !slices.EqualFunc(a, b, alike) }
