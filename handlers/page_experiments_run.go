package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// run is what a run came to, in words.
func (v *experimentView) run(t *i18n.Text, r *experiment.Result) *views.ExperimentRun {
	w, badges := v.words(), v.badges()
	shown := &views.ExperimentRun{
		N: r.Run, Variant: r.Variant, Skipped: r.Prediction == "", Right: v.e.Right(r.Prediction, r.Verdict),
		Verdict: filled(w.Verdict[r.Verdict], *r), Why: filled(w.Why[r.Variant], *r), Site: w.Site, Source: w.Source, Steps: r.Steps(),
	}
	if !shown.Skipped && !shown.Right {
		shown.Wrong = filled(w.Wrong[r.Prediction], *r)
	}
	if s, err := v.bench.Step(v.c.Request().Context(), first(shown.Steps)); err == nil && s.Store != "" {
		shown.Store = t.T("location.name." + s.Store)
	}
	for _, held := range r.Records {
		record := views.ExperimentRecord{ID: held.ID, User: held.User}
		for _, by := range held.By {
			record.By = append(record.By, badges[by])
		}
		shown.Records = append(shown.Records, record)
	}
	return shown
}

func first(all []int) int {
	if len(all) == 0 {
		return 0
	}
	return all[0]
}

// acts are what was done, and what each act sent and got.
func (v *experimentView) acts(r *experiment.Result) (acts []views.ExperimentAct, err error) {
	badges, w := v.badges(), v.words()
	verdict, _ := v.e.Verdict(r.Verdict)
	for _, a := range v.e.Acts {
		act := views.ExperimentAct{Badge: badges[a.By], Text: w.Act[a.ID], Simulated: a.Do != ""}
		i := slices.IndexFunc(r.Acts, func(d experiment.Done) bool { return d.ID == a.ID })
		if act.Left = i < 0; !act.Left {
			act.Steps = r.Acts[i].Steps
			act.Decides = verdict.Step == a.ID || slices.Contains(act.Steps, r.Step)
			if act.Decides {
				act.Event = r.EventAt
			}
			if act.Lines, err = v.lines(a, r.Acts[i]); err != nil {
				return nil, err
			}
		}
		acts = append(acts, act)
	}
	return acts, nil
}

// lines are the bytes of an act: what went to the server and came back, or what was read
// or found without a request.
func (v *experimentView) lines(a experiment.Act, d experiment.Done) (lines []string, err error) {
	t := v.text(v.c)
	for _, n := range d.Steps {
		s, err := v.bench.Step(v.c.Request().Context(), n)
		if err != nil {
			return nil, err
		}
		lines = append(lines, sentLine(t, s), answerLine(s))
	}
	switch {
	case d.Nothing:
		lines = append(lines, t.T("experiment.nothing"))
	case a.Do == experiment.DoDocument:
		lines = append(lines, "document.cookie → \""+shortened(d.Text)+`"`)
	case a.Do == experiment.DoTake, a.Do == experiment.DoForge:
		lines = append(lines, "Cookie: session="+shortened(d.Text))
	case a.Try != "" && d.Found == "":
		lines = append(lines, t.F("experiment.tried", "N", strconv.Itoa(d.Tried), "Rate", strconv.Itoa(d.PerSecond)))
	case a.Try != "":
		lines = append(lines, t.F("experiment.found", "N", strconv.Itoa(d.Tried), "Rate", strconv.Itoa(d.PerSecond), "Found", d.Found))
	}
	return lines, nil
}

// sentLine is what a step's request brought.
func sentLine(t *i18n.Text, s *step.Step) string {
	path := s.Request.Path[strings.LastIndexByte(s.Request.Path, '/')+1:]
	for _, h := range s.Request.Headers {
		if strings.EqualFold(h[0], "Cookie") {
			return "→ " + s.Request.Method + " " + path + " · Cookie: " + shortened(h[1])
		}
	}
	return "→ " + s.Request.Method + " " + path + " · " + t.T("experiment.no_cookie_sent")
}

// answerLine is what came back: the status, the result or the error, and the cookie.
func answerLine(s *step.Step) string {
	line := "← " + strconv.Itoa(s.Response.Status)
	switch {
	case s.Error != "":
		line += " " + s.Error
	case len(s.Result) > 0:
		line += " " + shortened(string(s.Result))
	}
	for _, h := range s.Response.Headers {
		if strings.EqualFold(h[0], "Set-Cookie") {
			value, attributes, _ := strings.Cut(h[1], ";")
			line += " · Set-Cookie: " + shortened(value) + ";" + attributes
		}
	}
	return line
}

// shortened is a text of which the middle is left out if it is long.
func shortened(text string) string {
	const head, tail = 24, 8
	if runes := []rune(text); len(runes) > head+tail+3 {
		return string(runes[:head]) + "…" + string(runes[len(runes)-tail:])
	}
	return text
}

// two are two runs of different variants beside each other.
func (v *experimentView) two(one, other *experiment.Result) (*views.ExperimentTwo, error) {
	w := v.words()
	two := &views.ExperimentTwo{}
	var acts [2][]views.ExperimentAct
	for i, r := range []*experiment.Result{one, other} {
		var err error
		if acts[i], err = v.acts(r); err != nil {
			return nil, err
		}
		two.Variants[i], two.Runs[i] = w.Variant[r.Variant], r.Run
		two.Verdicts[i] = filled(w.Verdict[r.Verdict], *r)
		two.Right[i] = said(v.e, *r)
		two.Said[i] = v.text(v.c).T("experiment.said_" + two.Right[i])
	}
	differed := false
	for i, act := range acts[0] {
		twin := acts[1][i]
		row := views.ExperimentRow{Text: act.Text, Badge: act.Badge}
		row.Cells[0] = views.ExperimentCell{Left: act.Left, Lines: act.Lines, Steps: act.Steps}
		row.Cells[1] = views.ExperimentCell{Left: twin.Left, Lines: twin.Lines, Steps: twin.Steps}
		row.Differs = act.Left != twin.Left || !slices.EqualFunc(act.Lines, twin.Lines, alike)
		row.First = row.Differs && !differed
		differed = differed || row.Differs
		two.Rows = append(two.Rows, row)
	}
	return two, nil
}

// said tells how a run came out for whoever predicted it: "right", "wrong", "skipped".
func said(e *experiment.Experiment, r experiment.Result) string {
	switch {
	case r.Prediction == "":
		return "skipped"
	case e.Right(r.Prediction, r.Verdict):
		return "right"
	}
	return "wrong"
}

// alike reports whether two lines say the same, ids and signatures aside: those are
// others in each run.
func alike(a, b string) bool { return shape(a) == shape(b) }

func shape(line string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(line) {
		if name, value, ok := strings.Cut(word, "session="); ok && value != "" && value != ";" {
			word = name + "session=…" + strings.Repeat(";", strings.Count(value, ";"))
		}
		b.WriteString(word + " ")
	}
	return b.String()
}
