package handlers

import (
	"slices"
	"strings"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// run is what a run came to, in words.
func (v *experimentView) run(t *i18n.Text, r *experiment.Result) *views.ExperimentRun {
	w, badges := v.words(), v.badges()
	shown := &views.ExperimentRun{
		N: r.Run, Variant: r.Variant, Prediction: r.Prediction, Skipped: r.Prediction == "", Right: v.e.Right(r.Prediction, r.Verdict),
		Verdict: v.lens(r).said(t, filled(w.Verdict[r.Verdict], *r)), Why: filled(w.Why[r.Variant], *r), Site: w.Site, Source: w.Source, Steps: r.Steps(),
	}
	if !shown.Skipped && !shown.Right {
		shown.Wrong = filled(w.Wrong[r.Prediction], *r)
	}
	if s, err := v.bench.Step(v.c.Request().Context(), first(shown.Steps)); err == nil && s.Store != "" {
		shown.Store = t.T("location.name." + s.Store)
	}
	for _, held := range r.Records {
		record := views.ExperimentRecord{ID: held.ID, Values: held.Values}
		if !held.Expires.IsZero() { // which earlier runs did not note
			record.Until = v.until(held.Expires)
		}
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
	verdict, _ := v.e.Verdict(r.Verdict)
	lens := v.lens(r)
	for _, a := range v.e.Acts {
		act := v.act(a)
		act.Simulated, act.Tries = a.Do != "", a.Try != ""
		i := slices.IndexFunc(r.Acts, func(d experiment.Done) bool { return d.ID == a.ID })
		if act.Left = i < 0; !act.Left {
			act.Steps = r.Acts[i].Steps
			if act.Renewed, err = v.renewed(act.Steps); err != nil {
				return nil, err
			}
			act.Decides = verdict.Step == a.ID || slices.Contains(act.Steps, r.Step)
			if act.Decides {
				act.Step, act.Event = r.Step, r.EventAt
			}
			if act.Lines, err = v.lines(lens, a, r.Acts[i]); err != nil {
				return nil, err
			}
			if n := len(act.Lines); n > 0 && len(act.Steps) > 0 {
				act.Answer = act.Lines[n-1].Strong()
			}
			if act.Found, err = v.foundIn(act.Steps); err != nil {
				return nil, err
			}
			act.Hit = r.Acts[i].Found != ""
		}
		acts = append(acts, act)
	}
	return acts, nil
}

// lines are the bytes of an act: what went to the server and came back, or what was read
// or found without a request.
func (v *experimentView) lines(l lens, a experiment.Act, d experiment.Done) (lines []views.ExperimentLine, err error) {
	t := v.text(v.c)
	say := func(text string) { lines = append(lines, views.ExperimentLine{{Text: text}}) }
	for _, n := range d.Steps {
		s, err := v.bench.Step(v.c.Request().Context(), n)
		if err != nil {
			return nil, err
		}
		lines = append(lines, l.sentLine(t, s), l.answerLine(t, s))
	}
	switch {
	case d.Nothing && a.Do == experiment.DoForge:
		say(t.T("run.unsigned"))
	case d.Nothing:
		say(t.T("experiment.nothing"))
	case a.Do == experiment.DoDocument:
		lines = append(lines, views.ExperimentLine{{Text: "document.cookie → "}, {Text: `"` + shortened(d.Text) + `"`, Lit: views.Strong}})
	case d.Text != "" && (a.Do == experiment.DoTake || a.Do == experiment.DoForge || a.Do == experiment.DoCopy):
		const name = step.CookieName + "=" // which what was forged brings along
		say("Cookie: " + name + shortened(strings.TrimPrefix(d.Text, name)))
	case a.Clock != "":
		say(t.F("run.clock", "By", narrate.EntryShort(t, step.Entry{Kind: step.EntryClockMoved, Value: a.Clock})))
	case a.Do == experiment.DoAlter:
		lines = append(lines, alteredLine(d.Was, d.Text))
	case a.Try != "":
		say(triedLine(t, d.Tried, d.PerSecond, d.Found))
	}
	return lines, nil
}

// renewed reports whether one of the steps gave the session another ID: the bytes of two
// runs do not tell, because IDs are different in each.
func (v *experimentView) renewed(steps []int) (bool, error) {
	for _, n := range steps {
		s, err := v.bench.Step(v.c.Request().Context(), n)
		if err != nil {
			return false, err
		}
		if reading.Of(s).Renewed {
			return true, nil
		}
	}
	return false, nil
}

// fewTries are so few that how fast they went says nothing.
const fewTries = 100

// triedLine says how many IDs or keys were tried, how fast, and which was found, unless
// that is "".
func triedLine(t *i18n.Text, tried, perSecond int, found string) string {
	n, rate := grouped(tried), grouped(perSecond)
	switch {
	case found == "":
		return t.F("experiment.tried", "N", n, "Rate", rate)
	case tried < fewTries:
		return t.F("experiment.found_soon", "N", n, "Found", found)
	}
	return t.F("experiment.found", "N", n, "Rate", rate, "Found", found)
}

// two are two runs of different variants beside each other; acts are those of the other.
func (v *experimentView) two(one, other *experiment.Result, acts []views.ExperimentAct) (*views.ExperimentTwo, error) {
	w := v.words()
	two := &views.ExperimentTwo{}
	before, err := v.acts(one)
	if err != nil {
		return nil, err
	}
	for i, r := range []*experiment.Result{one, other} {
		two.Variants[i], two.Runs[i] = w.Variant[r.Variant], r.Run
		two.Verdicts[i] = w.Brief[r.Verdict]
		two.Right[i] = said(v.e, *r)
		two.Said[i] = v.text(v.c).T("experiment.said_" + two.Right[i])
		two.Guessed[i] = w.Choice[r.Prediction]
	}
	differed := false
	for i := 0; i < len(before); i++ {
		act, twin := before[i], acts[i]
		if act.Left && twin.Left {
			continue
		}
		row := views.ExperimentRow{Instead: instead(before[i:], acts[i:])}
		if row.Instead {
			i++
			if act.Left {
				act = before[i]
			} else {
				twin = acts[i]
			}
		}
		row.Cells = [2]views.ExperimentAct{act, twin}
		row.Differs = row.Instead || actsDiffer(act, twin)
		row.First = row.Differs && !differed
		differed = differed || row.Differs
		two.Rows = append(two.Rows, row)
	}
	return two, nil
}

// instead reports whether of the first two acts one run did the one, and the other run the
// other.
func instead(one, other []views.ExperimentAct) bool {
	return len(one) > 1 && one[0].Left != other[0].Left && one[1].Left == other[0].Left && other[1].Left == one[0].Left
}

// actsDiffer reports whether an act came to something else in another run. How fast
// something was tried is no difference.
func actsDiffer(a, b views.ExperimentAct) bool {
	if a.Left != b.Left || a.Renewed != b.Renewed || a.Hit != b.Hit || a.Found != b.Found {
		return true
	}
	return !(a.Tries && b.Tries) && differ(a.Lines, b.Lines)
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
