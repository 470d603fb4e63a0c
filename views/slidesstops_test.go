package views

import (
	"slices"
	"testing"
)

// A flow that is projected has few stops, which take in all its events, whatever its
// lesson draws of them.
func TestAFlowOnAScreenHasFewStops(t *testing.T) {
	for _, s := range exampleSteps() {
		for _, lens := range [][]string{setLens, {"code.ran"}, {}} {
			stops := slideStops(s.Events, lens)
			if n := len(stops); n > 5 || !slices.IsSorted(stops) || stops[n-1] != len(s.Events)+1 {
				t.Errorf("a %s stops at %d of %d events; want five at most, and the result last", s.Op, stops, len(s.Events))
			}
		}
	}
}

// A press shows all events of a part of the request: what the server reads, what the
// program does, what the store saves, and the answer with the result.
func TestAPressShowsAPartOfTheRequest(t *testing.T) {
	b := LessonBench{Step: setStep(), Lens: setLens}
	var shown [][2]int
	for b.StopAt(1); ; b.StopAt(b.slideAfter()) {
		shown = append(shown, [2]int{b.From, b.at()})
		if b.slideAfter() == 0 {
			break
		}
		if was := b.at(); b.slideBefore() > was {
			t.Errorf("before %d comes %d", was, b.slideBefore())
		}
	}
	if want := [][2]int{{1, 6}, {7, 7}, {8, 9}, {10, 12}}; !slices.Equal(shown, want) {
		t.Errorf("the parts are %v; want %v", shown, want)
	}
	if b.StopAt(3); b.From != 1 || b.at() != 6 {
		t.Errorf("an event in the middle is shown from %d to %d; want its part, from 1 to 6", b.From, b.at())
	}
}

// All events of a part are among the rows of a screen, not only the last one.
func TestAScreenShowsAllRowsOfAPart(t *testing.T) {
	for _, s := range exampleSteps() {
		b := LessonBench{Step: s, Lens: setLens}
		for _, stop := range slideStops(s.Events, setLens) {
			b.StopAt(stop)
			rows := fitting(slideTight, rungs(s.Events, setLens), b.at(), b.room(roomFlow))
			for _, r := range rows {
				if r.folded && r.last() >= b.From && r.events[0].N <= b.at() && !foldedByLens(&r) {
					t.Errorf("at %d of a %s, events %s of the part are folded for want of room", stop, s.Op, r.numbers())
				}
			}
		}
	}
}

// foldedByLens reports whether the lesson draws none of a rung's events.
func foldedByLens(r *rung) bool {
	return !slices.ContainsFunc(r.events, func(e Event) bool { return slices.Contains(setLens, e.Kind) })
}

// Where a request finds no session, the screen says why, not that the program gets an
// empty one.
func TestAScreenSaysWhyNoSessionWasFound(t *testing.T) {
	for _, refusal := range []string{"signature.invalid", "load.missing", "session.expired"} {
		b := LessonBench{Lens: setLens, Step: &Step{Result: "Nobody", Events: []Event{
			{N: 1, Kind: "request.sent", Say: "It goes out"}, {N: 2, Kind: refusal, Say: "Refused"},
			{N: 3, Kind: "session.opened", Say: "Empty"}, {N: 4, Kind: "code.ran", Say: "None"},
			{N: 5, Kind: "response.sent", Say: "It comes back"},
		}}}
		var said []string
		for b.StopAt(1); ; b.StopAt(b.slideAfter()) {
			said = append(said, b.ordinal()+" "+b.said())
			if b.slideAfter() == 0 {
				break
			}
		}
		if want := []string{"2 Refused", "4 None", "= Nobody"}; !slices.Equal(said, want) {
			t.Errorf("%s: the stops say %q; want %q", refusal, said, want)
		}
	}
}
