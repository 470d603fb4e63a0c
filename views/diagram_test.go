package views

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func densities() map[string]density {
	return map[string]density{"wide": wide, "compact": compact}
}

func TestDiagramOfASetFitsItsPaneAtFullSize(t *testing.T) {
	// The middle pane of a window of 1280x720 leaves the diagram about 680x430.
	if got := arrange(wide, setStep().Events).height; got > 455 {
		t.Errorf("height of a set = %d; want at most 455", got)
	}
}

func TestWorkIsDrawnByItsLane(t *testing.T) {
	events := sketch("browser|x||t|w|s", "server|x||t|w|s", "store|x||t|w|s")
	for name, d := range densities() {
		rows := arrange(d, events).rows
		if got := rows[0].x1; got != margin {
			t.Errorf("%s: work in the browser begins at %d; want the left edge, %d", name, got, margin)
		}
		if got, want := rows[2].x2, d.width-margin; got != want {
			t.Errorf("%s: work in the store ends at %d; want the right edge, %d", name, got, want)
		}
		if got := (rows[1].x1 + rows[1].x2) / 2; got != d.lanes[1] {
			t.Errorf("%s: the middle of work in the server = %d; want its lane, %d", name, got, d.lanes[1])
		}
		for i, r := range rows {
			if x := d.lanes[i]; x < r.x1 || x > r.x2 {
				t.Errorf("%s: the box of lane %d spans %d to %d; want %d in it", name, i, r.x1, r.x2, x)
			}
		}
	}
}

func TestMessagePointsFromItsSenderToItsReceiver(t *testing.T) {
	events := sketch("browser>server|x||t|w|s", "server>store|x||t|w|s", "store>server|x||t|w|s", "server>browser|x||t|w|s")
	wantRight := []bool{true, true, false, false}
	for name, d := range densities() {
		for i, r := range arrange(d, events).rows {
			if got := r.x2 > r.x1; got != wantRight[i] {
				t.Errorf("%s: message %d goes right: %v; want %v", name, i+1, got, wantRight[i])
			}
			if want := d.lanes[laneIndex(events[i].From)]; r.disc != want {
				t.Errorf("%s: number of message %d at %d; want its sender's lane, %d", name, i+1, r.disc, want)
			}
		}
	}
}

func TestWireKeepsGlyphAndTime(t *testing.T) {
	e := Event{Wire: strings.Repeat("x", 100), Mark: Changed, Took: "38 µs"}
	got := wire(&e, 30)
	if !strings.HasPrefix(got, "~ xxx") || !strings.HasSuffix(got, "xx · 38 µs") || width(got) > 30 {
		t.Errorf("wire = %q, %d columns; want the glyph, the time and at most 30", got, width(got))
	}
}

// anyEvent draws an event between neighbouring lanes or on one.
func anyEvent(n int) *rapid.Generator[Event] {
	return rapid.Custom(func(t *rapid.T) Event {
		from := rapid.IntRange(0, 2).Draw(t, "from")
		to := min(max(from+rapid.IntRange(-1, 1).Draw(t, "by"), 0), 2)
		return Event{
			N: n, Lane: laneNames[from], From: laneNames[from], To: laneNames[to],
			Return: to < from,
			Title:  rapid.String().Draw(t, "title"),
			Wire:   rapid.String().Draw(t, "wire"),
			Took:   rapid.SampledFrom([]string{"", "38 µs", "1.25 ms"}).Draw(t, "took"),
			Mark:   rapid.SampledFrom([]Mark{Same, Added, Changed, Removed}).Draw(t, "mark"),
		}
	})
}

func TestDiagramHoldsItsRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.SampledFrom([]density{wide, compact}).Draw(t, "density")
		var events []Event
		for n := range rapid.IntRange(0, 30).Draw(t, "count") {
			events = append(events, anyEvent(n+1).Draw(t, "event"))
		}
		g := arrange(d, events)

		y, height := rowsTop, rowsTop+margin
		for i := range g.rows {
			r := &g.rows[i]
			if r.y != y {
				t.Fatalf("row %d begins at %d; want %d, where the one above ends", i+1, r.y, y)
			}
			y += r.h
			height += r.h
			r.check(t, g)
		}
		if g.height != height {
			t.Fatalf("height = %d; want the sum of the rows, %d", g.height, height)
		}
	})
}

// check reports what of a row leaves its band or the diagram.
func (r *row) check(t *rapid.T, g diagram) {
	if r.line-disc < r.y || r.line+disc > r.y+r.h || r.titleY > r.y+r.h || r.wireY > r.y+r.h {
		t.Fatalf("row %+v leaves its band", r)
	}
	if min(r.x1, r.x2, r.disc-disc) < 0 || max(r.x1, r.x2, r.disc+disc) > g.width {
		t.Fatalf("row %+v leaves the diagram", r)
	}
	title, bytes := width(r.title)*g.titleCell/10, width(r.wire)*g.wireCell/10
	if r.self {
		if end := r.textX + title + 8*min(bytes, 1) + bytes; end > r.x2 {
			t.Fatalf("the words of %+v end at %d, past their box", r, end)
		}
		return
	}
	for _, size := range []int{title, bytes} {
		left := r.textX
		switch r.anchor {
		case "middle":
			left -= size / 2
		case "end":
			left -= size
		}
		if left < 0 || left+size > g.width {
			t.Fatalf("the words of %+v span %d to %d; want them in 0 to %d", r, left, left+size, g.width)
		}
	}
}
