package handlers

import (
	"slices"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// repeats is how often going on does the last act of a question once more, while it has
// not come to what the question is about: a text may want it twice.
const repeats = 3

// slideActs has the acts of a question, in order: going on presses the next one of them,
// and after the last one shows what happened.
func (v *lessonView) slideActs(p *views.SlidePage, x *lessonText, s screen, at int) error {
	acts, done := v.actsInOrder(s), v.actsDone(s)
	p.Heading, p.Foot = x.text(v.w.Parts[s.part()].Heading), v.plain(v.w.Parts[s.question+"."+lesson.Predict].Ask)
	next := done
	switch {
	case v.progress.Shown[s.question] && done >= len(acts):
	case done >= len(acts)+repeats: // they do not come to it on this bench
		all := screens(v.l)
		p.Next = v.entered(all, afterQuestion(all, at))
	default:
		next, p.Next = min(done, len(acts)-1), ""
	}
	numbers := v.numbered(s.question, acts)
	for i, label := range acts {
		a, _ := v.l.Act(label.id)
		n := max(i+1, done)
		if i == len(acts)-1 && done >= len(acts) {
			n = done + 1 // once more
		}
		to := slideQuery(at, "&act="+strconv.Itoa(n))
		if i == len(acts)-1 {
			to = slideQuery(at+1, firstEvent+"&act="+strconv.Itoa(n))
		}
		press := views.SlidePress{
			LessonForm: v.slideForm(a, to), Label: label.said,
			Done: i < done, Now: p.Next == "" && i == next, Again: i == done-1,
		}
		if press.Done {
			press.N = numbers[i]
		}
		if press.Now {
			p.Silent = sendsNothing(a)
		}
		p.Acts = append(p.Acts, press)
	}
	return v.slideResult(p, s, done, numbers)
}

// slideResult shows what the last act came to: its step, or both sides as they are now
// if it sent nothing. Whoever comes back sees the step of the question's last request.
func (v *lessonView) slideResult(p *views.SlidePage, s screen, done int, numbers []int) error {
	if v.justActed() {
		if b := v.quiet(); b != nil {
			b.Page, p.Bench = p.Page, b
			return nil
		}
	}
	recorded, err := v.drawn(s.part())
	if err != nil {
		return err
	}
	if last := slices.Max(append(numbers, 0)); !v.justActed() && last > 0 {
		recorded = v.step(last)
	}
	p.Bench = v.slideBench(p, recorded)
	p.Bench.Locked = done == 0
	if text := p.Bench.Returned(); text != "" {
		p.Returned, p.Foot = text, v.t.F("slides.step", "N", strconv.Itoa(recorded.N))
	}
	return nil
}

// An actInText is an act, and what its button in a text says.
type actInText struct{ id, said string }

// actsInOrder are the acts of a question in the order in which its text wants them done.
func (v *lessonView) actsInOrder(s screen) []actInText {
	var all []actInText
	for _, b := range v.w.Parts[s.part()].Blocks {
		for _, in := range append(b.Items[:len(b.Items):len(b.Items)], b.Inline) {
			all = v.actsIn(all, in)
		}
	}
	return all
}

// actsIn adds the acts that a text offers.
func (v *lessonView) actsIn(all []actInText, in lesson.Inline) []actInText {
	for _, s := range in {
		if s.Kind == lesson.LinkDo {
			all = append(all, actInText{s.To, v.plain(s.Inner)})
			continue
		}
		all = v.actsIn(all, s.Inner)
	}
	return all
}

// actsDone is how many of a question's acts were done on its screen.
func (v *lessonView) actsDone(s screen) int {
	n, err := strconv.Atoi(v.c.QueryParam("act"))
	if err != nil && v.progress.Shown[s.question] {
		return len(v.actsInOrder(s))
	}
	return max(n, 0)
}

// slideForm is the form of an act that leads back to a screen.
func (v *lessonView) slideForm(a lesson.Act, to string) views.LessonForm {
	f := v.actForm("", a)
	if !a.Own() {
		f.Action = v.toScreen(f.Action, to)
		return f
	}
	for i := range f.Fields {
		if f.Fields[i].Name == "back" {
			f.Fields[i].Value = v.toScreen(f.Fields[i].Value, to)
		}
	}
	return f
}
