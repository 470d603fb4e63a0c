package views

import (
	"slices"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// However long a step is, the current event is among the rows of its screen.
func TestAScreenShowsTheCurrentEvent(t *testing.T) {
	for lang, text := range texts(t) {
		for _, s := range exampleSteps() {
			var everything []string
			for i := range s.Events {
				everything = append(everything, s.Events[i].Kind)
			}
			for _, lens := range [][]string{setLens, everything} {
				for at := 1; at <= len(s.Events)+1; at++ {
					const room = 250
					rows := fitting(slideWide, rungs(s.Events, lens), at, room)
					if g := slideWide.lesson(text, rows); g.height > room {
						t.Errorf("%s: the ladder of a %s is %d high; want at most %d", lang, s.Op, g.height, room)
					}
					if len(rows) == 0 || rows[0].events[0].N != 1 || rows[len(rows)-1].last() != len(s.Events) {
						t.Errorf("%s: at event %d of a %s the ladder is not whole, from the request to the end", lang, at, s.Op)
					}
					if len(rows) == 0 || at <= len(s.Events) && (at < rows[0].events[0].N || at > rows[len(rows)-1].last()) {
						t.Errorf("%s: at event %d of a %s its row is not on the screen", lang, at, s.Op)
					}
				}
			}
		}
	}
}

// Events that there is no room for are folded into one row, and counted: of the rows each
// event is in one.
func TestAScreenFoldsWhatThereIsNoRoomFor(t *testing.T) {
	s := setStep()
	all := rungs(s.Events, setLens)
	rows := fitting(slideTight, all, len(s.Events)+1, slideTight.high(all)-1)
	if len(rows) >= len(all) || rows[0].folded || !rows[1].folded {
		t.Fatalf("there are %d of %d rows; want the request, and a fold after it", len(rows), len(all))
	}
	n := 0
	for _, r := range rows {
		for _, e := range r.events {
			if n++; e.N != n {
				t.Errorf("event %d is where %d belongs", e.N, n)
			}
		}
	}
	if n != len(s.Events) {
		t.Errorf("%d events are drawn or folded; want %d", n, len(s.Events))
	}
}

// What is beside the buttons of acts is as wide as its letters: no line is kept free that
// the ladder needs.
func TestThreeActsAndWhatIsSaidOfThemAreOneLine(t *testing.T) {
	for lang, text := range texts(t) {
		p := SlidePage{Page: Page{Text: text}}
		for _, label := range []string{"Mallory asks: who am I?", "momo logs out", "Mallory asks once more"} {
			p.Acts = append(p.Acts, SlidePress{Label: label, Done: len(p.Acts) < 2})
		}
		if got := p.actLines(); got != 1 {
			t.Errorf("%s: the acts have %d lines; want one", lang, got)
		}
	}
}

// On a screen there is nobody to press a button in a sentence.
func TestTextOnAScreenOffersNothingToPress(t *testing.T) {
	text := LessonText{
		{Text: "Press "}, {Kind: SpanPress, To: "do-set", Inner: LessonText{{Text: "Set "}, {Kind: SpanCode, Inner: LessonText{{Text: "theme"}}}}},
		{Kind: SpanStrong, Inner: LessonText{{Kind: SpanSee, To: "#duo-browser", Inner: LessonText{{Text: " and look"}}}}},
	}
	if got, want := render(t, inline(spoken(text))), "Press Set <code>theme</code><strong> and look</strong>"; got != want {
		t.Errorf("on a screen the text is %q; want %q", got, want)
	}
}

// What only points to where nobody can go is not on a screen; what says something is.
func TestTextOnAScreenPointsNowhere(t *testing.T) {
	link := func(kind, said string) LessonSpan {
		return LessonSpan{Kind: kind, To: "/", Inner: LessonText{{Text: said}}}
	}
	for want, text := range map[string]LessonText{
		"Nobody can guess it.":       {{Text: "Nobody can guess it. See "}, link(SpanLink, "the code"), {Text: "."}},
		"谁也猜不到。":                     {{Text: "谁也猜不到。看"}, link(SpanLink, "代码"), {Text: "。"}},
		"It got a record. It also":   {{Text: "It got a record ("}, link(SpanSee, "here"), {Text: "). It also"}},
		"Closing is not (lesson 6).": {{Text: "Closing is not ("}, link(SpanLink, "lesson 6"), {Text: ")."}},
		"It is new. It does not fit": {{Text: "It is new. "}, link(SpanSee, "It does not fit")},
		"The answer is in lesson 6.": {{Text: "The answer is in "}, link(SpanLink, "lesson 6"), {Text: "."}},
	} {
		if got := render(t, inline(spoken(text))); got != want {
			t.Errorf("on a screen the text is %q; want %q", got, want)
		}
	}
}

// All words of a screen's ladder stay in their rows, as those of other ladders do.
func TestNoWordsOfAScreenLeaveTheirRow(t *testing.T) {
	text := texts(t)[i18n.Zh]
	for _, s := range exampleSteps() {
		all := rungs(s.Events, setLens)
		for _, d := range []density{slideWide, slideTight} {
			g := d.lesson(text, all)
			for i := range g.rows {
				if r := &g.rows[i]; r.last == 0 {
					if why := r.leaves(g, &all[i].events[0]); why != "" {
						t.Errorf("step %d, event %d, rows of %d: %s", s.N, r.n, d.message, why)
					}
				}
			}
		}
	}
}

// A screen has room for nine rows at least: they come closer together before one is left
// out.
func TestAScreenHasRoomForNineRows(t *testing.T) {
	for _, s := range exampleSteps() {
		b := LessonBench{Step: s, Lens: setLens}
		all := rungs(s.Events, setLens)
		if got := len(fitting(slideTight, all, len(s.Events)+1, b.room(roomFlow))); got < min(len(all), 9) {
			t.Errorf("a screen has %d of %d rows of a %s; want nine", got, len(all), s.Op)
		}
	}
}

// The panes of a screen are as high as what is in them: a long cookie is cut, and a long
// value has one line more.
func TestPanesOfAScreenHaveRoomForWhatTheyHold(t *testing.T) {
	cookie := func(n int) BrowserPane {
		return BrowserPane{Cookie: &Cookie{Parts: []Part{{Text: strings.Repeat("x", n), Label: "values", Kind: "payload"}}}}
	}
	rows := []Row{{Name: "a", New: "1"}, {Name: "b", New: strings.Repeat("x", 6000)}}
	short, long, longer := cookie(40), cookie(130), cookie(4000)
	if short.tall() >= long.tall() || long.tall() != longer.tall() {
		t.Errorf("panes of cookies of 40, 130 and 4000 are %d, %d and %d high; want more for the second, and no more for the third", short.tall(), long.tall(), longer.tall())
	}
	if got, want := tallRows(rows), 2*paneRow+paneLine; got != want {
		t.Errorf("rows with a long value are %d high; want %d", got, want)
	}
}

// Buttons take as many lines as their labels need.
func TestManyActsHaveMoreLines(t *testing.T) {
	press := SlidePress{Label: "Mallory's website posts"}
	p := SlidePage{Page: Page{Text: texts(t)[i18n.En]}}
	for n, want := range map[int]int{1: 1, 5: 2, 9: 3} {
		p.Acts = slices.Repeat([]SlidePress{press}, n)
		if got := p.actLines(); got != want {
			t.Errorf("%d acts have %d lines; want %d", n, got, want)
		}
	}
}
