package handlers

import (
	"strconv"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// repeats is how often going on does the last act of a question once more, while it has
// not come to what the question is about: a text may want it twice.
const repeats = 3

// slideActs has the acts of a question, in order: going on shows those that were done as
// done, all at once, then presses the next one, and after the last one shows what
// happened. Going back shows what the act before came to.
func (v *lessonView) slideActs(p *views.SlidePage, x *lessonText, s screen, at int) error {
	acts := v.actsInOrder(s)
	came := v.came(s.question, acts)
	seen := v.actsSeen(s, doneOf(came))
	done := max(doneOf(came), seen)
	p.Heading, p.Foot = x.text(v.w.Parts[s.part()].Heading), v.plain(v.w.Parts[s.question+"."+lesson.Predict].Ask)
	next := seen
	switch {
	case v.progress.Shown[s.question] && seen >= len(acts):
	case seen < done:
		p.Next = v.slideAddress(at, actsQuery(done))
	case done >= len(acts)+repeats: // they do not come to it on this bench
		all := v.screens(v.l)
		p.Next = v.entered(all, afterQuestion(all, at))
	default:
		next, p.Next = min(done, len(acts)-1), ""
	}
	if seen > 0 {
		p.Prev = v.slideAddress(at, actsQuery(seen-1))
	}
	numbers := numbered(came)
	for i, label := range acts {
		a := came[i].act
		n := max(i+1, done)
		if i == len(acts)-1 && done >= len(acts) {
			n = done + 1 // once more
		}
		to := slideQuery(at, actsQuery(n))
		if i == len(acts)-1 {
			to = slideQuery(at+1, firstEvent+actsQuery(n))
		}
		press := views.SlidePress{
			LessonForm: v.slideForm(a, to), Label: label.said,
			Done: i < done, Now: p.Next == "" && i == next, Again: i == seen-1,
		}
		if press.Done {
			press.N = numbers[i]
		}
		if press.Now {
			p.Silent = sendsNothing(a)
		}
		p.Acts = append(p.Acts, press)
	}
	return v.slideResult(p, s, seen, came)
}

// actsQuery is added to the address of a screen of acts to show so many of them done.
func actsQuery(n int) string { return "&act=" + strconv.Itoa(n) }

// slideResult shows what the last act that is seen came to: its step, or both sides as
// they were then if it sent nothing. Where an act led is what just that act came to.
func (v *lessonView) slideResult(p *views.SlidePage, s screen, seen int, came []outcome) error {
	done, query := doneOf(came), v.c.QueryParams()
	if query.Has("step") || query.Has(didField) || done == 0 || v.justActed() && seen > done {
		if err := v.slideJust(p, s); err != nil {
			return err
		}
	} else {
		p.Bench = v.slideCame(p, s.question, came[:min(seen, done)])
	}
	p.Bench.Locked = seen == 0
	if text := p.Bench.Returned(); text != "" && !p.Bench.Quiet {
		p.Returned, p.Foot = text, v.t.F("slides.step", "N", strconv.Itoa(p.Bench.Step.N))
	}
	return nil
}

// slideJust shows what was done just now.
func (v *lessonView) slideJust(p *views.SlidePage, s screen) error {
	if v.justActed() {
		if b := v.quiet(); b != nil {
			b.Page, p.Bench = p.Page, b
			return nil
		}
	}
	recorded, err := v.drawn(s.part())
	p.Bench = v.slideBench(p, recorded)
	return err
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

// actsSeen is after how many of a question's acts its screen stands: as many as its
// address says, or else all that were done.
func (v *lessonView) actsSeen(s screen, done int) int {
	n, err := strconv.Atoi(v.c.QueryParam("act"))
	if err == nil {
		return max(n, 0)
	}
	if v.progress.Shown[s.question] {
		return max(done, len(v.actsInOrder(s)))
	}
	return done
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
