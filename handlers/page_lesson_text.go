package handlers

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// A lessonText turns the words of a lesson into what its page shows, and gathers the
// forms that the buttons in them send.
type lessonText struct {
	*lessonView
	controls []views.LessonControl
	forms    []views.LessonForm
	base     string // the address of the page, which ends with "?" or "&"
}

// text is a run of text.
func (x *lessonText) text(in lesson.Inline) views.LessonText {
	out := make(views.LessonText, 0, len(in))
	for _, s := range in {
		out = append(out, x.span(s))
	}
	return out
}

func (x *lessonText) span(s lesson.Span) views.LessonSpan {
	out := views.LessonSpan{Text: s.Text, Inner: x.text(s.Inner)}
	switch s.Kind {
	case lesson.Placeholder:
		return x.filled(s)
	case lesson.Strong:
		out.Kind = views.SpanStrong
	case lesson.Emphasis:
		out.Kind = views.SpanEm
	case lesson.CodeSpan:
		out.Kind = views.SpanCode
	case lesson.LinkDo:
		return x.press(s.To, out)
	case lesson.LinkRestart:
		out.Kind, out.To = views.SpanPress, startForm
	case lesson.LinkPane:
		out.Kind, out.Lane = views.SpanSee, laneOfPane[s.To]
		out.To = "#duo-" + out.Lane
	case lesson.LinkEvent:
		out.Kind, out.To = views.SpanSee, x.eventAddress(s)
	default:
		out.Kind, out.To = views.SpanLink, x.linkAddress(s)
	}
	if out.To == "" && out.Kind != views.SpanStrong && out.Kind != views.SpanEm && out.Kind != views.SpanCode {
		out.Kind = views.SpanText // it leads to a step that is not there
	}
	return out
}

// laneOfPane are the sides that panes are about.
var laneOfPane = map[string]string{"jar": "browser", "server": "server", "store": "store"}

// filled is what the learner's own requests put into a place for it.
func (x *lessonText) filled(s lesson.Span) views.LessonSpan {
	value, ok := x.progress.Fill(s.Text)
	if !ok {
		value = x.t.T("lesson.no_value")
	}
	return views.LessonSpan{Kind: views.SpanValue, Text: value}
}

// press is a button that does an act.
func (x *lessonText) press(act string, out views.LessonSpan) views.LessonSpan {
	a, ok := x.l.Act(act)
	if !ok {
		return out
	}
	out.Kind, out.To, out.Off = views.SpanPress, x.form(a), !x.kept.Under() || x.locked(act) || !a.Own() && x.over()
	out.Press = x.slotOf(a)
	return out
}

// slotOf is the place of the control that does what an act does, 0 for none.
func (x *lessonText) slotOf(a lesson.Act) int {
	i := slices.IndexFunc(x.controls, func(c views.LessonControl) bool {
		return c.Kind == views.ControlAct && c.ID == a.ID || c.Kind == views.ControlOp && a.Own() && c.ID == a.Send
	})
	return i + 1
}

// form is the id of the form that does an act.
func (x *lessonText) form(a lesson.Act) string {
	return x.gather(x.actForm("do-"+a.ID, a))
}

// gather adds a form to those of the page, and returns its id.
func (x *lessonText) gather(f views.LessonForm) string {
	if !slices.ContainsFunc(x.forms, func(each views.LessonForm) bool { return each.ID == f.ID }) {
		x.forms = append(x.forms, f)
	}
	return f.ID
}

// eventAddress is this page with that event of a named step; "" if there is none.
func (x *lessonText) eventAddress(s lesson.Span) string {
	named, kind := s.Event()
	seen := x.progress.Steps[named]
	if seen == nil {
		return ""
	}
	recorded := x.step(seen.N)
	if recorded == nil {
		return ""
	}
	i := slices.IndexFunc(recorded.Events, func(e step.Event) bool { return e.Kind == kind })
	if i < 0 {
		return ""
	}
	return x.base + "step=" + strconv.Itoa(seen.N) + "&event=" + strconv.Itoa(i+1)
}

// codeAddress is the code that ran in a named step, at the event that the link names, or
// else at the operation's own. It leads back to this part of the lesson.
func (x *lessonText) codeAddress(s lesson.Span) string {
	named, kind := s.Event()
	seen := x.progress.Steps[named]
	if seen == nil {
		return ""
	}
	part, _ := x.chosenPart()
	back := url.Values{"lesson": {x.l.Slug}, "part": {part}}
	address := withPath(x.c, "/"+x.c.Param("lang")+"/lab/steps/"+strconv.Itoa(seen.N)+"/code?"+back.Encode())
	recorded := x.step(seen.N)
	if recorded == nil {
		return address
	}
	if i := slices.IndexFunc(recorded.Events, func(e step.Event) bool { return e.Kind == cmp.Or(kind, step.CodeRan) }); i >= 0 {
		address += "#" + views.CodeID(i+1)
	}
	return address
}

// linkAddress is where a link out of the page leads.
func (x *lessonText) linkAddress(s lesson.Span) string {
	in := "/" + x.c.Param("lang")
	switch s.Kind {
	case lesson.LinkCode:
		return x.codeAddress(s)
	case lesson.LinkExperiment:
		return in + "/experiments/" + s.To + x.runIn(s.To)
	case lesson.LinkLesson:
		return x.lessonOnPath(s.To)
	case lesson.LinkBench:
		return in + "/lab"
	}
	return s.To
}

// runIn is added to the address of an experiment to lead to its last run since the lesson
// began, "" if there is none.
func (x *lessonText) runIn(experiment string) string {
	for _, e := range slices.Backward(x.entries) {
		if e.Kind == step.EntryRunEnded && e.Value == experiment && e.N > x.kept.Began.Entry {
			return "?run=" + strconv.Itoa(e.Run)
		}
	}
	return ""
}

// blocks are paragraphs, and what stands between them.
func (x *lessonText) blocks(all []lesson.Block) (out []views.LessonBlock) {
	for _, b := range all {
		switch b.Kind {
		case lesson.Code:
			out = append(out, views.LessonBlock{Kind: views.BlockCode, Text: whole(x.text(b.Inline))})
		case lesson.List:
			list := views.LessonBlock{Kind: views.BlockList, Number: b.Number}
			for _, item := range b.Items {
				list.Items = append(list.Items, x.text(item))
			}
			out = append(out, list)
		case lesson.Compare:
			if seen := x.progress.Steps[b.Step]; seen != nil {
				out = append(out, views.LessonBlock{Kind: views.BlockCompare, Compare: x.compare(seen)})
			}
		case lesson.Line:
			if seen := x.progress.Steps[b.Step]; seen != nil {
				out = append(out, views.LessonBlock{Kind: views.BlockCode, Text: x.line(seen, b.What)})
			}
		default:
			block := views.LessonBlock{Text: x.text(b.Inline)}
			if len(b.Inline) == 1 && b.Inline[0].Kind == lesson.CodeSpan { // a line of code by itself
				block = views.LessonBlock{Kind: views.BlockCode, Text: whole(block.Text[0].Inner)}
			}
			out = append(out, block)
		}
	}
	return out
}

// whole is text whose values are not cut: a line of code has room for them.
func whole(all views.LessonText) views.LessonText {
	for i := range all {
		if all[i].Kind == views.SpanValue {
			all[i].Kind = views.SpanText
		}
	}
	return all
}

// line is a raw line of a step: the Cookie that it brought, or the Set-Cookie that it
// was answered with.
func (x *lessonText) line(seen *lesson.Seen, what string) views.LessonText {
	name, value := "Set-Cookie", seen.Set
	if what == lesson.LineCookie {
		name, value = "Cookie", seen.CookieLine
	}
	if value == "" {
		return views.LessonText{{Text: x.t.F("lesson.no_line", "Name", name)}}
	}
	return views.LessonText{{Text: name + ": " + value}}
}
