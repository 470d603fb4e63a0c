package views

import "strings"

// BeforeFirst, as [Lab.Event], is the position before a step's first event.
const BeforeFirst = -1

// at is where the player stands: 0 is before the first event, 1 to n are the
// events, and n+1 is the result.
func (v *Lab) at() int {
	switch {
	case v.Event == BeforeFirst:
		return 0
	case v.Event > 0:
		return v.Event
	}
	return v.end()
}

// end is the position of the result.
func (v *Lab) end() int { return len(v.Step.Events) + 1 }

// after is the position that follows: after the result, the beginning.
func (v *Lab) after() int {
	if v.at() < v.end() {
		return v.at() + 1
	}
	return 0
}

// afterWord names the way there.
func (v *Lab) afterWord() string {
	if v.at() < v.end() {
		return v.Text.T("flow.next")
	}
	return v.Text.T("flow.again")
}

// address is that of a step with the player at a position. The result needs no
// mention: it is what a step shows when it is asked for.
func (v *Lab) address(step, at, end int) string {
	var b strings.Builder
	b.WriteString(v.in(v.Path))
	b.WriteString("?step=")
	b.WriteString(itoa(step))
	if at < end {
		b.WriteString("&event=")
		b.WriteString(itoa(at))
	}
	b.WriteString(v.view())
	return b.String()
}

// view is the part of an address that stays from step to step.
func (v *Lab) view() string {
	s := ""
	if v.Timeline.Client != "" {
		s = "&client=" + v.Timeline.Client
	}
	if v.Present {
		s += "&present"
	}
	if v.Who.Beside != nil {
		s += "&beside=" + v.Who.Beside.ID
	}
	if v.FromNote {
		s += "&from=note"
	}
	return s
}

// event is the address of a position in the step shown.
func (v *Lab) event(at int) string { return v.address(v.Step.N, at, v.end()) + v.ofBrowser() }

// yet is a class of a part of the panes whose state holds from an event on: it
// has not come to be as long as the player stands before that event.
func (v *Lab) yet(class string, from int) string {
	if from > v.at() {
		return class + " not-yet"
	}
	return class
}

// said is the sentence of where the player stands.
func (v *Lab) said() string {
	switch at := v.at(); {
	case at == 0:
		return v.Text.T("player.before")
	case at < v.end():
		return v.Step.Events[at-1].Say
	}
	return v.Step.Result
}

// ordinal is what stands before that sentence.
func (v *Lab) ordinal() string {
	if at := v.at(); at < v.end() {
		return itoa(at)
	}
	return "="
}

// counted is the event where the player stands, of how many.
func (v *Lab) counted() string { return v.ordinal() + " / " + itoa(len(v.Step.Events)) }

// concern tells which thing in the panes an event is about: "cookie", or its "id"
// or "signature", or the "record"; "" if none.
func concern(kind string) string {
	subject, _, _ := strings.Cut(kind, ".")
	switch subject {
	case "request", "response", "cookie", "set-cookie":
		return "cookie"
	case "signature", "id":
		return subject
	case "load", "save", "delete", "store":
		return "record"
	}
	return ""
}
