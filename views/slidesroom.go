package views

// What stands on a screen from top to bottom, in pixels of one of 1280x720: a larger one
// makes all of it larger. The style sheet's sizes are the same in rem, of 16 pixels.
const (
	roomFlow    = 562 // for panes and ladder, above a sentence of three lines
	roomActs    = 568 // the same below one line of buttons
	lineOfActs  = 52  // each further line of buttons
	widthOfActs = 1220

	paneFrame  = 55 // its borders, and its title
	paneLabel  = 30 // what it holds in words, and a gap
	paneValue  = 13 // around a value in its box
	paneLine   = 24 // of a value, or of the code that ran
	paneRow    = 31
	paneLegend = 28
	paneNone   = 56 // that there is nothing, in two lines
	paneGave   = 38 // a line of what the code returned
	paneOther  = 26 // another browser

	threeLines = 144 // columns of the sentence below the ladder in its large letters

	lineOfValue = 46 // its columns; that of the code that ran is shorter
	lineOfSaid  = 52 // of what is said of it
	lineOfRow   = 20
	lineOfRan   = 17
	lineOfGave  = 11
	lineOfOther = 30
	mostLines   = 3 // of a value: the rest is left out

	mostGave     = 22 // columns of what the code returned
	mostReturned = 60 // and of what the website answered
)

// long says that the sentence does not fit in its room in large letters.
func (p *SlidePage) long() bool {
	return min(width(p.Bench.returned()), mostReturned)+width(p.said()) > threeLines
}

// paneHeights are those that the panes of a screen may have at least, from low to high.
// The style sheet knows them by their places. Panes are as high before an event as after
// it: the ladder below does not move.
var paneHeights = [...]int{144, 172, 200, 228, 256, 284}

// paneHeight is the place of the height that the panes have for a step.
func (b *LessonBench) paneHeight() int {
	if b.Step == nil {
		return 0
	}
	high := max(b.Step.Browser.tall()+paneOther*len(b.Others), b.Step.Store.tall(), b.tallRan())
	for i, most := range paneHeights {
		if paneFrame+high <= most {
			return i
		}
	}
	return len(paneHeights) - 1
}

// tall is how high the contents of a pane are, before or after what the step did.
func (p *BrowserPane) tall() int {
	longest, legend := 0, 0
	for _, c := range []*Cookie{p.Was, p.Cookie} {
		if c != nil {
			longest = max(longest, partsLen(c.Parts))
			if labels(c.Parts) != "" && p.Sealed == "" {
				legend = paneLegend
			}
		}
	}
	if longest == 0 {
		return paneNone
	}
	high := paneLabel + paneValue + paneLine*min(linesOf(longest, lineOfValue), mostLines)
	high += tallRows(p.Rows)
	if len(p.Rows) > 0 {
		high += paneLine * linesOf(width(p.Sealed), lineOfSaid)
	}
	if p.Cookie == nil {
		return high + paneNone
	}
	return high + legend
}

func (p *StorePane) tall() int {
	high := tallRows(p.Rows)
	if len(p.Key) > 0 {
		high += paneLabel + paneValue + paneLine
	}
	if p.Empty != "" {
		high += paneNone
	}
	return high
}

// tallRows are those of values: the mark of a long one stands below it.
func tallRows(rows []Row) int {
	high := paneRow * len(rows)
	for i := range rows {
		if max(width(rows[i].Old), width(rows[i].New)) > lineOfRow {
			high += paneLine
		}
	}
	return high
}

// tallRan is how high the code that ran is on the server, with what it returned.
func (b *LessonBench) tallRan() int {
	high := 0
	for i := range b.Step.Events {
		if e := &b.Step.Events[i]; e.Kind == "code.ran" {
			high = max(high, paneValue+paneLine*linesOf(width(fit(e.Wire, 60)), lineOfRan))
		}
	}
	return high + paneGave*linesOf(min(width(b.Gave), mostGave), lineOfGave)
}

func linesOf(columns, line int) int { return (columns + line - 1) / line }

// room is how high the ladder may be below the panes, in units of its drawing, if there
// are so many pixels for both.
func (b *LessonBench) room(pixels int) int {
	const drawn = 1220 // pixels that it is wide
	return (pixels - paneHeights[b.paneHeight()]) * slideWide.width / drawn
}

// actsOfOneSize is how many acts have large buttons; if there are more, all are small.
const actsOfOneSize = 5

// actLines is on how many lines there is room for the buttons, and what is said of them.
func (p *SlidePage) actLines() int {
	const (
		small = 9 // a column of a small button
		say   = 8 // and of what is said
		tick  = 28
	)
	around, column := 55, 10 // of a button with its gap, and of its label
	if len(p.Acts) > actsOfOneSize {
		around, column = 36, small
	}
	lines, x := 1, 0
	add := func(w int) {
		if x += w; x > widthOfActs {
			lines, x = lines+1, w
		}
	}
	for i := range p.Acts {
		w := around + column*width(p.Acts[i].Label)
		if p.Acts[i].Done {
			w += tick
		}
		add(w)
	}
	add(say * width(p.saysOfActs()))
	return lines
}
