package views

import "strings"

// events are those that are drawn: none while the question comes first.
func (b *LessonBench) events() []Event {
	if b.Step == nil || b.Locked {
		return nil
	}
	return b.Step.Events
}

// end is the position of the result.
func (b *LessonBench) end() int { return len(b.events()) + 1 }

// at is where the player stands: 0 is before the first event, and one more than
// there are events is the result.
func (b *LessonBench) at() int {
	switch {
	case b.Event == BeforeFirst:
		return 0
	case b.Event > 0:
		return min(b.Event, b.end())
	}
	return b.end()
}

// stops are the positions that the player goes through: one a row, and the result.
// At folded events it stops at the last of them.
func (b *LessonBench) stops() []int {
	var all []int
	for _, r := range rungs(b.events(), b.Lens) {
		all = append(all, r.last())
	}
	return append(all, b.end())
}

// before is the stop before where the player stands; 0: there is none.
func (b *LessonBench) before() int {
	stop := 0
	for _, n := range b.stops() {
		if n < b.at() {
			stop = n
		}
	}
	return stop
}

// after is the stop after where the player stands; 0: there is none.
func (b *LessonBench) after() int {
	for _, n := range b.stops() {
		if n > b.at() {
			return n
		}
	}
	return 0
}

// event is the address of a position. The result needs no mention.
func (b *LessonBench) event(at int) string {
	if at >= b.end() {
		return strings.TrimRight(b.At, "?&") + "#ladder"
	}
	return b.At + "event=" + itoa(at) + "#ladder"
}

// stopAt is the address of an act of a run.
func (b *LessonBench) stopAt(s RunStop) string {
	address := b.Stops + "step=" + itoa(s.Step)
	if s.Act > 0 {
		address += "&act=" + itoa(s.Act)
	}
	return address + "#ladder"
}

// said is the sentence of where the player stands.
func (b *LessonBench) said() string {
	switch at := b.at(); {
	case b.Step == nil:
		return b.Text.T("ladder.nothing")
	case b.Locked:
		return b.Text.F("ladder.as_after", "N", itoa(b.Step.N), "Op", visible(b.Step.Op))
	case at == 0:
		return b.Text.T("player.before")
	case at < b.end():
		return b.Step.Events[b.told()-1].Say
	}
	return b.Step.Result
}

// returned is what the website returned, at the result: a browser that sent a form sees
// the same status, 303, whatever that is.
func (b *LessonBench) returned() string {
	if b.Step == nil || b.Locked || b.at() < b.end() {
		return ""
	}
	return b.Step.Answer.Text
}

// Returned is what the website returned to the step, once it is all there.
func (b *LessonBench) Returned() string { return b.returned() }

// ordinal is what stands before that sentence.
func (b *LessonBench) ordinal() string {
	switch at := b.at(); {
	case b.Step == nil || b.Locked:
		return "?"
	case at < b.end():
		return itoa(b.told())
	}
	return "="
}

// position is where in its step the player stands, in words.
func (b *LessonBench) position() string {
	if b.at() > len(b.events()) {
		return b.Text.T("ladder.result")
	}
	return b.Text.F("ladder.event", "N", itoa(b.at()), "Of", itoa(len(b.events())))
}

// duo is what the panes show.
func (b *LessonBench) duo() *Duo {
	return &Duo{
		Text: b.Text, Asset: b.Asset, Step: b.Step, Lens: b.Lens,
		Detail: true, Still: b.Locked, At: b.at(), Asked: b.Asked, Store: b.Store, Quiet: b.Quiet, Gave: b.Gave, Badge: b.Badge, Others: b.Others,
	}
}
