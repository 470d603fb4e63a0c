package handlers

import (
	"strconv"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// slideAsk asks the class. Before the lesson has begun, going on begins it.
func (v *lessonView) slideAsk(p *views.SlidePage, x *lessonText, s screen, at int) {
	said := x.part(s.part())
	p.Heading, p.Blocks, p.Predict, p.Foot = said.Heading, said.Blocks, said.Predict, v.t.T("slides.alone")
	if !v.kept.Under() {
		start := v.start()
		start.Action += slideQuery(at, "")
		for i := range start.Fields {
			if start.Fields[i].Name == "back" {
				start.Fields[i].Value += slideQuery(at, "")
			}
		}
		p.Start, p.Next = &start, ""
		return
	}
	p.Vote = views.LessonForm{
		Method: "post", Action: lessonAddress(v.c) + "/predict" + slideQuery(at+1, ""),
		Fields: []views.Field{{Name: "question", Value: s.question}},
	}
	if !v.answered(s.question) && !v.progress.Shown[s.question] {
		p.Next = "" // going on skips the question
	}
}

// slideActs has the acts of a question, in order: going on presses the next one of them,
// and after the last one shows what happened.
func (v *lessonView) slideActs(p *views.SlidePage, x *lessonText, s screen, at int) error {
	q, _ := v.l.Question(s.question)
	done := v.actsDone(q)
	p.Heading, p.Foot = x.text(v.w.Parts[s.part()].Heading), v.plain(v.w.Parts[q.ID+"."+lesson.Predict].Ask)
	for i, id := range q.Acts {
		a, _ := v.l.Act(id)
		to := slideQuery(at, "&act="+strconv.Itoa(i+1))
		if i == len(q.Acts)-1 {
			to = slideQuery(at+1, firstEvent+"&act="+strconv.Itoa(i+1))
		}
		p.Acts = append(p.Acts, views.SlidePress{
			LessonForm: v.slideForm(a, to), Label: v.actLabel(s.part(), id),
			Done: i < done, Now: i == done, Again: i == done-1,
		})
	}
	switch {
	case done < len(q.Acts):
		p.Next = ""
	case !v.progress.Shown[q.ID]: // they did not come to what the question is about
		p.Next = v.entered(screens(v.l), at+3)
	}
	recorded, err := v.drawn(s.part())
	if err != nil {
		return err
	}
	p.Bench = v.slideBench(p, recorded)
	p.Bench.Locked = done == 0
	return nil
}

// actsDone is how many of a question's acts were done on its screen.
func (v *lessonView) actsDone(q lesson.Question) int {
	n, err := strconv.Atoi(v.c.QueryParam("act"))
	if err != nil && v.progress.Shown[q.ID] {
		return len(q.Acts)
	}
	return min(max(n, 0), len(q.Acts))
}

// slideForm is the form of an act that leads back to a screen.
func (v *lessonView) slideForm(a lesson.Act, to string) views.LessonForm {
	f := v.actForm("", a)
	if !a.Own() {
		f.Action += to
		return f
	}
	for i := range f.Fields {
		if f.Fields[i].Name == "back" {
			f.Fields[i].Value += to
		}
	}
	return f
}

// actLabel is what the button of an act says in the text of a part.
func (v *lessonView) actLabel(part, act string) string {
	if said := v.w.Controls[act]; said != "" {
		return said
	}
	for _, b := range v.w.Parts[part].Blocks {
		for _, in := range append(b.Items[:len(b.Items):len(b.Items)], b.Inline) {
			if said := v.labelIn(in, act); said != "" {
				return said
			}
		}
	}
	return act
}

func (v *lessonView) labelIn(in lesson.Inline, act string) string {
	for _, s := range in {
		if s.Kind == lesson.LinkDo && s.To == act {
			return v.plain(s.Inner)
		}
		if said := v.labelIn(s.Inner, act); said != "" {
			return said
		}
	}
	return ""
}

// slideEvents goes through the events of the step that shows what was asked.
func (v *lessonView) slideEvents(p *views.SlidePage, s screen, at int) error {
	q, _ := v.l.Question(s.question)
	var shown *step.Step
	if seen := v.progress.Steps[q.Show]; seen != nil {
		shown = v.step(seen.N)
	}
	p.Bench = v.slideBench(p, shown)
	p.Bench.At = v.slideAddress(at, "&")
	if shown == nil {
		return nil
	}
	event, err := chosenEvent(v.c, shown)
	p.Bench.Event = event
	return err
}

// slideBench is what a screen shows of a step.
func (v *lessonView) slideBench(p *views.SlidePage, s *step.Step) *views.LessonBench {
	b := &views.LessonBench{Page: p.Page, Lens: v.l.Lens}
	if s == nil {
		return b
	}
	told := v.stepView(v.c, v.bench, s)
	if s.Browser != "" {
		told.Badge = badgesOf(v.bench.Browsers()).of(s.Browser, s.BrowserName)
	}
	b.Step = &told
	return b
}

// slideVerdict says what was right, and of the other choices when they would be.
func (v *lessonView) slideVerdict(p *views.SlidePage, x *lessonText, s screen) {
	said := x.part(s.part())
	p.Heading, p.Blocks, p.Foot = said.Heading, said.Blocks, v.t.T("slides.changed_mind")
	q, _ := v.l.Question(s.question)
	for _, c := range q.Choices {
		choice := x.choice(q.ID, c.ID)
		p.Answers = append(p.Answers, views.SlideAnswer{
			Letter: choice.Letter(), Right: v.progress.Right[q.ID][c.ID],
			Text: x.text(v.w.Choices[q.ID][c.ID].Answer),
		})
	}
}

// slideEnd is what to take away. A lesson that was shown to its end is done.
func (v *lessonView) slideEnd(p *views.SlidePage, x *lessonText) error {
	p.Heading, p.Also = x.text(v.w.Take), x.text(v.w.Also)
	if len(v.w.Next) > 0 {
		p.Foot = v.t.F("slides.next_lesson", "Question", v.plain(v.w.Next))
	}
	if v.kept.Done {
		return nil
	}
	for _, q := range v.l.Questions {
		if !v.answered(q.ID) && !v.progress.Shown[q.ID] {
			return nil
		}
	}
	return v.putKept(v.c, v.bench, func(k *lesson.Kept) error {
		k.Done = true
		return nil
	})
}
