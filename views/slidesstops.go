package views

import "slices"

// The parts of a request, each of which is one stop of a flow that is projected: a press
// of the remote for each event would leave no time to talk.
const (
	phaseAsk   = iota // it arrives, and the server looks who is asking
	phaseWork         // the program does what it was asked to do
	phaseSave         // the store writes
	phaseReply        // the response goes out, and the browser takes what it brings
)

// takes are the events in which the browser does something with what the response
// brings. Without one, the response is shown along with the result.
var takes = []string{"cookie.stored", "cookie.replaced", "cookie.deleted", "cookie.ignored"}

// phases are those of the events that begin one. Every other event belongs to the phase
// in which it happens.
var phases = map[string]int{
	"password.checked": phaseWork, "code.ran": phaseWork, "id.made": phaseWork, "id.renewed": phaseWork,
	"save.asked": phaseSave, "save.done": phaseSave, "delete.asked": phaseSave, "delete.done": phaseSave,
	"set-cookie.built": phaseReply, "response.sent": phaseReply,
}

// slideStops are the positions at which a flow that is projected stands: after the last
// event of each phase, and at the result. Where a phase has only events that the lesson
// folds, it goes along with the next one.
func slideStops(events []Event, lens []string) []int {
	var all []int
	phase, drawn, took := phaseAsk, false, false
	for i := range events {
		if next := phases[events[i].Kind]; next > phase {
			if drawn {
				all, drawn = append(all, events[i-1].N), false
			}
			phase = next
		}
		drawn = drawn || slices.Contains(lens, events[i].Kind)
		took = took || slices.Contains(takes, events[i].Kind)
	}
	if n := len(events); n > 0 && (took || phase < phaseReply) {
		all = append(all, events[n-1].N)
	}
	return append(all, len(events)+1)
}

// StopAt has a flow that is projected stand at the stop to which a position belongs.
func (b *LessonBench) StopAt(event int) {
	b.Event = event
	b.From = 1
	for _, stop := range slideStops(b.events(), b.Lens) {
		if b.at() <= stop {
			b.Event = stop
			return
		}
		b.From = stop + 1
	}
}

// slideBefore is the stop before where a flow stands; 0: there is none.
func (b *LessonBench) slideBefore() int { return b.From - 1 }

// slideAfter is the stop after where a flow stands; 0: there is none.
func (b *LessonBench) slideAfter() int {
	for _, stop := range slideStops(b.events(), b.Lens) {
		if stop > b.at() {
			return stop
		}
	}
	return 0
}

// refusals are the events that say why a request finds no session. The empty session that
// the program gets then says less.
var refusals = []string{"signature.invalid", "load.missing", "session.expired"}

// told is the event whose sentence is said: the one where the player stands, or the
// refusal among those that are shown at once.
func (b *LessonBench) told() int {
	for n := b.at(); n >= b.From && b.From > 0; n-- {
		if slices.Contains(refusals, b.events()[n-1].Kind) {
			return n
		}
	}
	return b.at()
}

// isNow reports whether an event of a kind is among those that are shown at once.
func (b *LessonBench) isNow(kind string) bool {
	for i := range b.events() {
		if e := &b.events()[i]; e.Kind == kind && e.N >= b.From && e.N <= b.at() {
			return true
		}
	}
	return false
}
