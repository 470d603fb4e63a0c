package handlers

import (
	"strconv"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// page is the lesson's page at the part chosen.
func (v *lessonView) page() (*views.LessonPage, error) {
	part, named := v.chosenPart()
	p := &views.LessonPage{
		Page: v.benchPage(v.c, v.bench),
		N:    v.l.N, Slug: v.l.Slug, Title: v.w.Title,
		Begun: v.kept.Under(), Start: v.start(), Round: v.round(part), Stages: v.stages(part), Next: v.next(part),
		Newest: newest(v.bench), Path: pathOf(v.c), Left: v.leftAt(),
	}
	p.Stage = v.t.T("lesson.stage." + stageOf(part))
	if part == v.l.Parts()[0] {
		p.Story = v.w.Story
	}
	if !p.Begun {
		p.Setup = v.t.T("lesson.setup")
		if v.l.Own == lesson.OwnLogin {
			p.Setup = v.t.T("lesson.setup_login")
		}
	}
	if steps := v.bench.Steps(); len(steps) > 0 {
		p.By = string(steps[len(steps)-1].Client)
	}
	base := v.base()
	if _, stage := lesson.SplitPart(part); named || stage == lesson.Observe {
		base += "part=" + part + "&" // so that a link to a step draws that step
	}
	if err := v.lessonBench(p, part, base); err != nil {
		return nil, err
	}
	x := &lessonText{lessonView: v, controls: p.Bench.Controls, base: base}
	p.About = v.about(part)
	v.aboutStep(p, part, base)
	p.Part = x.part(part)
	if !p.Begun {
		p.Part = views.LessonPart{ID: part, Heading: views.LessonText{{Text: v.w.Question}}}
	}
	p.Goals = x.goals(part)
	v.reachedNow(p, x)
	p.Beads = v.beads()
	p.Away = v.away()
	p.Forms = x.forms
	return p, nil
}

// stageOf is the stage of a part: all of the question that changes something is one.
func stageOf(part string) string {
	q, stage := lesson.SplitPart(part)
	switch q {
	case "":
		return lesson.Take
	case lesson.Change:
		return lesson.Change
	}
	return stage
}

// round says which question this is.
func (v *lessonView) round(part string) string {
	n, of := v.place(part)
	q, _ := lesson.SplitPart(part)
	switch {
	case q == lesson.Change:
		return v.t.T("lesson.round.change")
	case n == 0 && !v.changes():
		return v.t.N("lesson.questions", of)
	case n == 0:
		return v.t.F("lesson.round.all", "Questions", v.t.N("lesson.questions", of))
	}
	return v.t.F("lesson.round.question", "N", strconv.Itoa(n), "Of", strconv.Itoa(of))
}

// stages are the six, or five where nothing is changed, seen from a part: a question goes
// through the first four, and the others come once.
func (v *lessonView) stages(part string) []views.LessonStage {
	asked, _ := lesson.SplitPart(part)
	now := stageOf(part)
	if asked == "" || asked == lesson.Change {
		asked = v.lastQuestion()
	}
	parts := []string{
		asked + "." + lesson.Predict, asked + "." + lesson.Do, asked + "." + lesson.Observe, asked + "." + lesson.Explain,
	}
	if v.changes() {
		parts = append(parts, lesson.Change+"."+lesson.Predict)
	}
	parts = append(parts, lesson.Take)
	var all []views.LessonStage
	state := "done"
	for _, id := range parts {
		s := views.LessonStage{Name: v.t.T("lesson.stage." + stageOf(id)), State: state}
		switch {
		case stageOf(id) == now:
			s.State, state = "now", "next"
		case v.kept.Under() && v.open(id):
			s.Href = v.base() + "part=" + id
		}
		all = append(all, s)
	}
	return all
}

// changes reports whether the lesson has something to change.
func (v *lessonView) changes() bool {
	_, ok := v.l.Question(lesson.Change)
	return ok
}

// lastQuestion is the one before the change.
func (v *lessonView) lastQuestion() (id string) {
	for _, q := range v.l.Questions {
		if q.ID != lesson.Change {
			id = q.ID
		}
	}
	return id
}

// about is what stands beside the name of the stage.
func (v *lessonView) about(part string) string {
	q, stage := lesson.SplitPart(part)
	switch {
	case !v.kept.Under():
		return v.t.F("lesson.about.begin", "N", strconv.Itoa(v.l.Minutes))
	case stage == lesson.Predict:
		return v.t.T("lesson.about.predict")
	case stage == lesson.Do && v.kept.Answers[q].Choice != "":
		return v.t.T("lesson.about.act")
	case stage == lesson.Do && v.kept.Answers[q].Skipped:
		return v.t.T("lesson.about.skipped")
	case stage == lesson.Observe || stage == lesson.Explain:
		return v.t.F("lesson.about."+stage, "N", strconv.Itoa(v.shownStep(q)))
	case part == lesson.Take:
		return v.took()
	}
	return ""
}

// took is how long the lesson took, and how many steps.
func (v *lessonView) took() string {
	if len(v.steps) == 0 {
		return ""
	}
	last := v.steps[len(v.steps)-1].RealTime()
	minutes := max(1, int(last.Sub(v.kept.Began.At).Minutes()+.5))
	return v.t.F("lesson.took", "Time", v.t.N("lesson.minutes", minutes), "Steps", v.t.N("lesson.steps", len(v.steps)))
}

// shownStep is the number of the step that shows what a question asked; 0: there is none.
func (v *lessonView) shownStep(question string) int {
	if s := v.shownStepOf(question); s != nil {
		return s.N
	}
	return 0
}

// aboutStep leads from a text to the step that it is about, where another is drawn.
func (v *lessonView) aboutStep(p *views.LessonPage, part, base string) {
	q, stage := lesson.SplitPart(part)
	n := v.shownStep(q)
	if n == 0 || stage != lesson.Observe && stage != lesson.Explain || p.Bench.Step == nil {
		return
	}
	if drawn := p.Bench.Step.N; drawn != n || p.Bench.Quiet {
		p.AboutHref = base + "step=" + strconv.Itoa(n)
		if !p.Bench.Quiet {
			p.Drawn = v.t.F("lesson.drawn", "N", strconv.Itoa(drawn))
		}
	}
}

// next is where the page goes on after a part. What there is to do leads on by itself.
func (v *lessonView) next(part string) views.LessonNext {
	q, stage := lesson.SplitPart(part)
	to := v.after(part)
	next := views.LessonNext{Part: to}
	switch {
	case part == lesson.Take:
		return v.nextLesson()
	case stage == lesson.Predict, stage == lesson.Do && !v.progress.Shown[q]:
		return views.LessonNext{}
	case to == lesson.Take:
		next.Word = v.t.T("lesson.stage.take")
	case to == lesson.Change+"."+lesson.Predict:
		next.Word = v.t.T("lesson.to_change")
	case stage == lesson.Explain:
		n, _ := v.place(to)
		next.Word = v.t.F("lesson.next_question", "N", strconv.Itoa(n))
	case stage == lesson.Do:
		next.Word = v.t.T("lesson.stage.observe")
	default:
		next.Word = v.t.T("lesson.why")
	}
	return next
}
