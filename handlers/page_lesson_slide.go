package handlers

import (
	"cmp"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// slideAsk asks the class. Before the lesson has begun, going on begins it; so it does
// where the lesson before leads to one that was taught already.
func (v *lessonView) slideAsk(p *views.SlidePage, x *lessonText, s screen, at int) error {
	said := x.part(s.part())
	p.Heading, p.Blocks, p.Predict, p.Foot = said.Heading, said.Blocks, said.Predict, v.t.T("slides.alone")
	if p.Start = v.slideAnew(at); p.Start != nil {
		p.Next, p.Again = "", v.kept.Under()
		return nil
	}
	p.Vote = views.LessonForm{
		Method: "post", Action: withPath(v.c, lessonAddress(v.c)+"/predict"+slideQuery(at+1, "")),
		Fields: []views.Field{{Name: "question", Value: s.question}},
	}
	if p.Next = v.slideAddress(at+1, ""); !v.answered(s.question) && !v.progress.Shown[s.question] {
		p.Next = "" // going on skips the question
	}
	return v.slideNow(p, s)
}

// slideNow shows the bytes of the side that the question is about, as they are before
// the act.
func (v *lessonView) slideNow(p *views.SlidePage, s screen) error {
	side := askedSide(v.w.Parts[s.part()].Ask)
	if side == "" {
		return nil
	}
	recorded, err := v.drawn(s.part())
	if recorded == nil || err != nil {
		return err
	}
	told := v.stepView(v.c, v.bench, recorded)
	switch cookie, record := told.Browser.Cookie, told.Store.Raw; {
	case side == "browser" && cookie != nil:
		n := 0
		for _, part := range cookie.Parts {
			n += len(part.Text)
		}
		p.Side, p.Now = side, views.LessonBytes{Parts: cookie.Parts, Length: v.t.N("lesson.characters", n)}
	case side == "store" && record != "":
		p.Side, p.Now = side, views.LessonBytes{
			Parts: []views.Part{{Kind: "json", Text: record}}, Length: v.t.N("lesson.bytes", told.Store.Bytes),
		}
	}
	return nil
}

// slideEvents goes through the events of the step that shows what was asked.
func (v *lessonView) slideEvents(p *views.SlidePage, s screen, at int) error {
	shown := v.shownStepOf(s.question)
	p.Bench = v.slideBench(p, shown)
	p.Bench.At = v.slideAddress(at, "&")
	if shown == nil {
		return nil
	}
	back, said := v.isBack(s, shown.N)
	id := "slides.of_step"
	if back {
		id = "slides.back_to"
	}
	p.About = v.t.F(id, "N", strconv.Itoa(shown.N), "Act", cmp.Or(said, p.Bench.Step.Op))
	event, err := chosenEvent(v.c, shown)
	p.Bench.StopAt(event)
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
	if s.Run == 0 {
		b.Others = v.others(s.Browser, s, nil)
	}
	b.Step, b.Gave = &told, gave(s)
	p.SeeOther = v.seeOther(s)
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

// slideWhy explains, and says who else says so.
func (v *lessonView) slideWhy(p *views.SlidePage, x *lessonText, s screen) {
	said := x.part(s.part())
	p.Heading, p.Blocks, p.Foot = said.Heading, said.Blocks, v.plain(v.w.Parts[s.part()].Source)
}

// slideEnd is what to take away. A lesson that was shown to its end is done.
func (v *lessonView) slideEnd(p *views.SlidePage, x *lessonText) {
	p.Heading, p.Also, p.Foot = x.text(v.w.Take), x.text(v.w.Also), v.slideNext()
	if v.kept.Done {
		return
	}
	for _, q := range v.l.Questions {
		if v.l.Asks(q.ID, pathOf(v.c)) && !v.answered(q.ID) && !v.progress.Shown[q.ID] {
			return
		}
	}
	v.finish()
}

// finish keeps that the lesson was shown to its end. A state that cannot be written keeps
// nobody from showing it.
func (v *lessonView) finish() {
	if err := v.keep(func(k *lesson.Kept) { k.Done = true }); err != nil && err != errBegunAgain {
		v.Log.Warn("progress of a lesson not stored", "error", err)
	}
}
