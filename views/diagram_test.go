package views

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func densities() map[string]density {
	return map[string]density{"wide": wide, "compact": compact}
}

// withLessons adds the ladders of lessons, which draw the same rows.
func withLessons(all map[string]density) map[string]density {
	all["lesson"], all["lesson, compact"], all["lesson, projected"] = lessonWide, lessonCompact, slideWide
	all["lesson, low"] = lessonWide.forRows(lowRows)
	all["lesson, projected, tight"] = slideTight
	return all
}

func TestALongDiagramFitsItsPaneAtFullSize(t *testing.T) {
	// The middle pane of a window of 1280x720 leaves the diagram 679x378.
	const room = 378 * 640 / 679
	for _, s := range []*Step{loginStep(), setStep(), logoutStep()} {
		if got := headsBelow + arrange(wide, s.Events).height; got > room {
			t.Errorf("height of a %s = %d; want at most %d", s.Op, got, room)
		}
	}
}

func TestWorkIsDrawnByItsLane(t *testing.T) {
	events := sketch("browser|x||t|w|s", "server|x||t|w|s", "store|x||t|w|s")
	for name, d := range withLessons(densities()) {
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
		d := rapid.SampledFrom([]density{wide, compact, lessonWide, lessonWide.forRows(lowRows), lessonCompact}).Draw(t, "density")
		var events []Event
		for n := range rapid.IntRange(0, 30).Draw(t, "count") {
			events = append(events, anyEvent(n+1).Draw(t, "event"))
		}
		g := arrange(d, events)

		y := 0
		for i := range g.rows {
			r := &g.rows[i]
			if r.y != y {
				t.Fatalf("row %d begins at %d; want %d, where the one above ends", i+1, r.y, y)
			}
			y += r.h
			if why := r.leaves(g, &events[i]); why != "" {
				t.Fatalf("row %+v: %s", r, why)
			}
		}
		if g.height != y+margin {
			t.Fatalf("height = %d; want the sum of the rows and the margin, %d", g.height, y+margin)
		}
	})
}

// leaves tells what of a row leaves its band, or the words their span: the box,
// or the room between the lifelines of the two lanes of a message.
func (r *row) leaves(g diagram, e *Event) string {
	if r.line-disc < 0 || r.line+disc > r.h || r.titleY > r.h || r.wireY+2 > r.h {
		return "it leaves its band"
	}
	if min(r.x1, r.x2, r.disc-disc) < 0 || max(r.x1, r.x2, r.disc+disc) > g.width {
		return "it leaves the diagram"
	}
	bytes := width(r.wire) * g.wireCell / 10
	if r.self {
		if end := r.textX + width(r.title[0])*g.titleCell/10 + 8*min(bytes, 1) + bytes; end > r.x2 {
			return fmt.Sprintf("its words end at %d, past the box", end)
		}
		return ""
	}
	a, b := g.lanes[laneIndex(e.From)], g.lanes[laneIndex(e.To)]
	for _, size := range []int{bytes, width(r.title[0]) * g.titleCell / 10, width(r.title[1]) * g.titleCell / 10} {
		if left, right := r.textX-size/2, r.textX+size/2; left <= min(a, b) || right >= max(a, b) {
			return fmt.Sprintf("its words span %d to %d; want them between the lanes %d and %d", left, right, a, b)
		}
	}
	if r.line-r.titleY-r.lead*min(len(r.title[1]), 1) < 5 {
		return "its title runs into its line"
	}
	return ""
}

// readWords reads a file of the words of a language.
func readWords(t *testing.T, lang, name string) string {
	t.Helper()
	file, err := os.ReadFile("../internal/i18n/" + lang + "/" + name + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(file)
}

// titles are those of all events in a language, with the longest values that they
// are filled with, and whether the events are messages.
func titles(t *testing.T, lang string) map[string]bool {
	t.Helper()
	file := readWords(t, lang, "flow")
	values := strings.NewReplacer("{Method}", "OPTIONS", "{Route}", "/deleteSession/", "{Line}", "431 Request Header Fields To…")
	all := regexp.MustCompile(`(?m)^\[event\.(request|response|load|save|delete|store)?[^\n]*\ntitle = "(.*)"$`).FindAllStringSubmatch(file, -1)
	list := make(map[string]bool)
	for _, m := range all {
		list[values.Replace(m[2])] = m[1] != ""
	}
	if len(all) < 80 {
		t.Fatalf("%s has %d titles of events; want all of them", lang, len(all))
	}
	return list
}

func TestNoWordsOfAnEventLeaveTheirSpan(t *testing.T) {
	long := []string{
		"", "session=", `{"_permanent":true,"colour":"` + strings.Repeat("青色", 200) + `"}`,
		"SELECT data, created FROM sessions WHERE id = ? -- [\"" + exampleID + "\"]", strings.Repeat("\u202e🏴", 50),
	}
	for _, lang := range []string{"en", "zh"} {
		for title, message := range titles(t, lang) {
			for lanes := range 7 { // to the right, on one lane, to the left
				from := (lanes + 1) / 3
				to := min(max(from+(lanes+1)%3-1, 0), 2)
				for i, mark := range []Mark{Same, Added, Changed, Removed} {
					e := Event{
						From: laneNames[from], To: laneNames[to], Lane: laneNames[from], Return: to < from,
						Title: title, Wire: long[(lanes+i)%len(long)], Mark: mark, Took: []string{"", "123.45 ms"}[i%2],
					}
					for name, d := range withLessons(densities()) {
						g := arrange(d, []Event{e})
						if why := g.rows[0].leaves(g, &e); why != "" {
							t.Errorf("%s, %s, %s to %s: %q with %q: %s", name, lang, e.From, e.To, g.rows[0].title, g.rows[0].wire, why)
						}
						if got := strings.TrimSpace(strings.Join(g.rows[0].title[:], " ")); from != to && message && got != title {
							t.Errorf("%s, %s: the title %q is drawn as %q; want all of it", name, lang, title, got)
						}
					}
				}
			}
		}
	}
}

func TestTheNameOfEveryClientFitsItsHead(t *testing.T) {
	for lang, text := range texts(t) {
		for _, client := range []string{"browser", "other-browser", "curl", "program"} {
			for name, d := range densities() {
				word := text.T("lane.client." + client)
				if got := fit(word, d.head*10/d.nameCell); got != word {
					t.Errorf("%s, %s: the head says %q; want %q", name, lang, got, word)
				}
				for lane := range d.lanes {
					if x := d.beside(lane, d.head); x < 0 || x+d.head > d.width || d.lanes[lane] < x+disc || d.lanes[lane] > x+d.head-disc {
						t.Errorf("%s: the head of lane %d spans %d to %d; want it over its lifeline, %d", name, lane, x, x+d.head, d.lanes[lane])
					}
				}
			}
		}
	}
}
