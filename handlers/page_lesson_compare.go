package handlers

import (
	"regexp"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// compare is what both sides held before and after a named step.
func (x *lessonText) compare(seen *lesson.Seen) *views.LessonCompare {
	c := &views.LessonCompare{Whose: x.whose(seen)}
	if s := x.step(seen.N); s != nil {
		c.Cookie.Mark, c.Record.Mark, c.Cookie.Beside, c.Record.Beside = x.changes(s)
	}
	was, now := x.cookieParts(seen)
	c.Cookie.Before = x.bytes(was, "lesson.characters", seen.Was.Length, "lesson.no_cookie")
	c.Cookie.After = x.bytes(now, "lesson.characters", seen.Now.Length, "lesson.no_cookie")
	was, now = differing(seen.Was.Record, seen.Now.Record)
	c.Cookie.Reads = seen.Now.Payload
	c.Record.Before = x.bytes(was, "lesson.bytes", seen.Was.Bytes, "lesson.no_record")
	c.Record.After = x.bytes(now, "lesson.bytes", seen.Now.Bytes, "lesson.no_record")
	return c
}

// whose is the name of the virtual browser that sent a step, "" for the learner's own.
func (x *lessonText) whose(seen *lesson.Seen) string {
	b, _ := x.l.Browser(seen.By)
	return b.Name
}

// bytes are a value in words and parts.
func (x *lessonText) bytes(parts []views.Part, unit string, n int, none string) views.LessonBytes {
	if n == 0 {
		return views.LessonBytes{None: x.t.T(none)}
	}
	return views.LessonBytes{Parts: parts, Length: x.t.N(unit, n)}
}

// changes marks both sides of a step as its panes do, and says what changed where the bytes
// stayed the same.
func (x *lessonText) changes(s *step.Step) (cookie, record views.Mark, besideCookie, besideRecord string) {
	cookieChange, recordChange := step.Changes(s.Before, s.After)
	was, now := s.Before, s.After
	if cookieChange == step.Changed && was.Cookie.Raw == now.Cookie.Raw {
		besideCookie = x.t.T("lesson.same_cookie")
	}
	if recordChange == step.Changed && was.Record.Raw == now.Record.Raw {
		besideRecord = x.t.T("lesson.same_record")
		if was.Record.Key != now.Record.Key {
			besideRecord = x.t.T("lesson.same_values")
		}
	}
	return views.Mark(cookieChange), views.Mark(recordChange), besideCookie, besideRecord
}

// cookieParts are those of the cookie before and after a step.
func (x *lessonText) cookieParts(seen *lesson.Seen) (was, now []views.Part) {
	was, now = []views.Part{{Text: seen.Was.Cookie}}, []views.Part{{Text: seen.Now.Cookie}}
	s := x.step(seen.N)
	if s == nil {
		return was, now
	}
	told := x.stepView(x.c, x.bench, s)
	if told.Browser.Cookie != nil {
		now = told.Browser.Cookie.Parts
	}
	switch {
	case told.Browser.Was != nil:
		was = told.Browser.Was.Parts
	case seen.Was.Cookie == seen.Now.Cookie:
		was = now
	}
	return was, now
}

// tokens are what a record in JSON consists of; of another, its characters.
var tokens = regexp.MustCompile(`(?s)"(?:[^"\\]|\\.)*"|.`)

// differing are two records in parts, of which those are marked that are only in one of
// them. The end is compared first: a value that is added stands before the rest.
func differing(was, now string) (before, after []views.Part) {
	a, b := tokens.FindAllString(was, -1), tokens.FindAllString(now, -1)
	tail := 0
	for tail < len(a) && tail < len(b) && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	head := 0
	for head < len(a)-tail && head < len(b)-tail && a[head] == b[head] {
		head++
	}
	return marked(a, head, tail, "gone"), marked(b, head, tail, "new")
}

// marked are tokens in three parts, of which the one in the middle is of that kind.
func marked(tokens []string, head, tail int, kind string) (parts []views.Part) {
	add := func(kind string, some []string) {
		text := ""
		for _, t := range some {
			text += t
		}
		if text != "" {
			parts = append(parts, views.Part{Kind: kind, Text: text})
		}
	}
	add("json", tokens[:head])
	add(kind, tokens[head:len(tokens)-tail])
	add("json", tokens[len(tokens)-tail:])
	return parts
}
