package handlers

import (
	"strconv"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// answered is the status of a step, what it answered, and what that means where the bare
// answer does not tell.
func answered(t *i18n.Text, s *step.Step) views.ExperimentLine {
	strong := func(text string) views.ExperimentPart { return views.ExperimentPart{Text: text, Lit: views.Strong} }
	note := func(text string) views.ExperimentPart { return views.ExperimentPart{Text: text, Note: true} }
	r, status := reading.Of(s), strconv.Itoa(s.Response.Status)
	result := string(s.Result)
	if result == "null" {
		result = ""
	}
	switch {
	case s.Error != "" && r.Outcome == reading.OutcomeNoKey:
		return views.ExperimentLine{strong(status + " " + s.Error), note(t.F("experiment.no_such_key", "Key", r.Key))}
	case s.Error != "":
		return views.ExperimentLine{strong(status + " " + s.Error)}
	case s.Op == step.OpPop && result != "":
		return views.ExperimentLine{strong(status + " "), note(t.T("experiment.took_out")), strong(shortened(result))}
	case s.Op == step.OpClear:
		return views.ExperimentLine{strong(status), note(t.T("experiment.emptied"))}
	case result != "":
		return views.ExperimentLine{strong(status + " " + shortened(result))}
	case r.Outcome == reading.OutcomeNoKey:
		return views.ExperimentLine{strong(status), note(t.T("experiment.empty"))}
	}
	return views.ExperimentLine{strong(status)}
}

// startedBy names the other website that started a request, as its Origin header does.
func startedBy(t *i18n.Text, s *step.Step) views.ExperimentLine {
	if !reading.Of(s).Elsewhere {
		return nil
	}
	const name = "Origin"
	line := views.ExperimentLine{{Text: t.T("experiment.from_elsewhere"), Note: true}}
	if origin := reading.Header(s.Request, name); origin != "" {
		line = append(line, views.ExperimentPart{Text: " (", Note: true}, views.ExperimentPart{Text: name + ": " + origin}, views.ExperimentPart{Text: ")", Note: true})
	}
	return append(line, views.ExperimentPart{Text: " · "})
}
