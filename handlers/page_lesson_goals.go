package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// goals are those that belong to a part: they are there to be reached from where the text
// offers what to do for them, while there is something to look at.
func (x *lessonText) goals(part string) (all []views.LessonGoal) {
	q, stage := lesson.SplitPart(part)
	for _, g := range x.l.Goals {
		if g.Part != q {
			continue
		}
		if from := x.offered(g); stage == from || stage == lesson.Observe && from == lesson.Do {
			all = append(all, x.goal(g))
		}
	}
	return all
}

// offered is the stage of a goal's question from which the text has offered all that is to
// be done for it. What no text offers is among the controls at all times.
func (x *lessonText) offered(g lesson.Goal) (stage string) {
	stage = lesson.Do
	for _, act := range g.Do {
		parts := x.l.Parts()
		i := slices.IndexFunc(parts, func(part string) bool { return x.button(part, act) != nil })
		if i < 0 {
			continue
		}
		if q, at := lesson.SplitPart(parts[i]); q == g.Part && (at == lesson.Explain || at == lesson.Observe && stage == lesson.Do) {
			stage = at
		}
	}
	return stage
}

func (x *lessonText) goal(g lesson.Goal) views.LessonGoal {
	words, help := x.w.Goals[g.ID], x.kept.Helped[g.ID]
	shown := views.LessonGoal{ID: g.ID, Text: x.text(words.Text), Stage: string(help)}
	shown.Step, shown.Done = x.progress.Goals[g.ID]
	shown.Href = x.base + "step=" + strconv.Itoa(shown.Step)
	if shown.Done && help != lesson.HelpNone {
		shown.Helped = x.t.T("lesson.helped." + string(help))
	}
	if shown.Done || help == lesson.HelpNone {
		return shown
	}
	shown.Hint = x.text(words.Hint)
	if help != lesson.HelpHint {
		shown.Shows, shown.Do = x.text(words.Show), x.doButtons(g)
	}
	return shown
}

// doButtons are the buttons that reach a goal for the learner, one for each act.
func (x *lessonText) doButtons(g lesson.Goal) (buttons views.LessonText) {
	if len(g.Do) > 1 {
		buttons = views.LessonText{{Text: x.t.T("lesson.do_each")}}
	}
	for _, id := range g.Do {
		a, ok := x.l.Act(id)
		if !ok {
			continue
		}
		label := views.LessonText{{Text: x.t.T("lesson.do_it")}}
		if len(g.Do) > 1 {
			label = x.label(a)
		}
		f := x.actForm("help-"+g.ID+"-"+id, a)
		f.Method, f.Action = "post", withPath(x.c, lessonAddress(x.c)+"/help?goal="+g.ID+"&stage=done&act="+id)
		if !a.Own() || methodOf(a.Send) == "GET" {
			f.Fields = nil // the request is made there
		}
		buttons = append(buttons, views.LessonSpan{
			Kind: views.SpanPress, Inner: label, To: x.gather(f), Press: x.slotOf(a), Off: x.locked(id) || !a.Own() && x.over(),
		})
	}
	return buttons
}

// label is what an act is called: as on its button in the text, or as its control.
func (x *lessonText) label(a lesson.Act) views.LessonText {
	for _, part := range x.l.Parts() {
		if said := x.button(part, a.ID); said != nil {
			return x.text(said)
		}
	}
	if word := x.w.Controls[a.ID]; word != "" {
		return views.LessonText{{Text: word}}
	}
	return views.LessonText{{Text: a.ID}}
}

// button is what the button of an act is called in a part, nil if it is not there.
func (x *lessonText) button(part, act string) lesson.Inline {
	words := x.w.Parts[part]
	if words == nil {
		return nil
	}
	for _, b := range words.Blocks {
		for _, in := range append([]lesson.Inline{b.Inline}, b.Items...) {
			if said := labelIn(in, act); said != nil {
				return said
			}
		}
	}
	return nil
}

// labelIn is what the button of an act in a text is called, nil if it is not there.
func labelIn(in lesson.Inline, act string) lesson.Inline {
	for _, s := range in {
		if s.Kind == lesson.LinkDo && s.To == act {
			return s.Inner
		}
		if said := labelIn(s.Inner, act); said != nil {
			return said
		}
	}
	return nil
}

// beads tell of all goals whether they were reached.
func (v *lessonView) beads() (all []bool) {
	for _, g := range v.l.Goals {
		_, done := v.progress.Goals[g.ID]
		all = append(all, done)
	}
	return all
}

// reachedNow says which goals the newest step reached, whoever sent it, on the page to
// which that step leads.
func (v *lessonView) reachedNow(p *views.LessonPage, x *lessonText) {
	if len(v.steps) == 0 || p.Bench.Step == nil || v.c.QueryParam("step") == "" {
		return
	}
	n, names := v.steps[len(v.steps)-1].N, []string(nil)
	if p.Bench.Step.N != n {
		return
	}
	for _, g := range v.l.Goals {
		if at, done := v.progress.Goals[g.ID]; !done || at != n {
			continue
		}
		names = append(names, x.text(v.w.Goals[g.ID].Text).String())
		listed := func(each views.LessonGoal) bool { return each.ID == g.ID }
		p.Apart = p.Apart || !slices.ContainsFunc(p.Goals, listed)
	}
	if len(names) > 0 {
		p.News = v.t.F("lesson.news", "N", strconv.Itoa(n), "Goals", strings.Join(names, v.t.T("lesson.and")))
	}
}
