package views

import (
	"strings"
	"unicode/utf8"
)

// spoken is text without what it offers to press or to follow: on a screen there is
// nobody who could. A sentence that is only a link is left out, and so are brackets
// around what only points to a place.
func spoken(text LessonText) LessonText {
	var all LessonText
	text = unled(text)
	for _, s := range text {
		s.Inner = spoken(s.Inner)
		switch s.Kind {
		case SpanPress, SpanSee, SpanLink:
			all = append(all, s.Inner...)
		default:
			all = append(all, s)
		}
	}
	return all
}

// unled leaves out of a text what only leads elsewhere.
func unled(text LessonText) LessonText {
	all := append(LessonText(nil), text...)
	for i := range all {
		if all[i].Kind != SpanLink && all[i].Kind != SpanSee || i == 0 || all[i-1].Kind != SpanText {
			continue
		}
		before, after := all[i-1].Text, ""
		if i+1 < len(all) && all[i+1].Kind == SpanText {
			after = all[i+1].Text
		}
		rest, last, ok := withoutBrackets(all[i], before, after)
		if !ok {
			rest, last, ok = withoutSentence(all[i], before, after)
		}
		if !ok {
			continue
		}
		all[i-1].Text, all[i] = rest, LessonSpan{}
		if i+1 < len(all) && all[i+1].Kind == SpanText {
			all[i+1].Text = last
		}
	}
	return all
}

// withoutBrackets is what stands around a link to something on the page in brackets of
// its own.
func withoutBrackets(link LessonSpan, before, after string) (rest, last string, ok bool) {
	for _, b := range [...]string{"()", "（）"} {
		open, end := b[:len(b)/2], b[len(b)/2:]
		if link.Kind == SpanSee && strings.HasSuffix(before, open) && strings.HasPrefix(after, end) {
			return strings.TrimRight(strings.TrimSuffix(before, open), " "), strings.TrimPrefix(after, end), true
		}
	}
	return "", "", false
}

// withoutSentence is what stands around a sentence of a link to another page, and at most
// one short word before it: "See the code."
func withoutSentence(link LessonSpan, before, after string) (rest, last string, ok bool) {
	const word = 4 // columns
	at := strings.LastIndexAny(before, ".。!！?？")
	if link.Kind != SpanLink || at < 0 {
		return "", "", false
	}
	_, size := utf8.DecodeRuneInString(before[at:])
	end := at + size
	verb := strings.TrimSpace(before[end:])
	stop := strings.HasPrefix(after, ".") || strings.HasPrefix(after, "。")
	if width(verb) > word || strings.Contains(verb, " ") || after != "" && !stop {
		return "", "", false
	}
	return before[:end], strings.TrimPrefix(strings.TrimPrefix(after, "."), "。"), true
}
