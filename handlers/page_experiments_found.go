package handlers

import (
	"slices"
	"strings"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// telling are the events that say why a request was answered as it was, the most telling
// first. That a request has no cookie its own line says.
var telling = [...]step.Kind{
	step.StoreFailed, step.SignatureInvalid, step.SessionExpired, step.LoadMissing, step.SaveConflict, step.CookieIgnored,
	step.IDRenewed, step.DeleteDone, step.SessionEmptied, step.LoadFound,
}

// foundIn says what the server found in some steps, as the diagram of each calls it.
func (v *experimentView) foundIn(steps []int) (string, error) {
	var all []string
	for _, n := range steps {
		s, err := v.bench.Step(v.c.Request().Context(), n)
		if err != nil {
			return "", err
		}
		events := v.stepView(v.c, v.bench, s).Events
		for _, kind := range telling {
			i := slices.IndexFunc(events, func(e views.Event) bool { return e.Kind == string(kind) })
			if i >= 0 {
				all = append(all, events[i].Title)
				break
			}
		}
	}
	return strings.Join(slices.Compact(all), " · "), nil
}

// alteredLine shows the letter of a cookie's value that was changed, as it was and as it
// is, between its neighbours.
func alteredLine(was, is string) (line views.ExperimentLine) {
	const around = 8
	i := 0
	for i < min(len(was), len(is))-1 && was[i] == is[i] {
		i++
	}
	for _, value := range []string{was, is} {
		if len(line) > 0 {
			line = append(line, views.ExperimentPart{Text: " → "})
		}
		if i >= len(value) {
			continue
		}
		line = append(line,
			views.ExperimentPart{Text: "…" + value[max(0, i-around):i], Note: true},
			views.ExperimentPart{Text: value[i : i+1], Lit: views.Strong, Note: true},
			views.ExperimentPart{Text: value[i+1:min(len(value), i+1+around)] + "…", Note: true})
	}
	return line
}
