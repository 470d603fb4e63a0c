package views

import (
	"slices"

	"github.com/a-h/templ"
)

// slideWide is the ladder of a screen that is projected: its smallest letters are 24
// pixels high on 1920.
var slideWide = density{
	name: "ls", width: 1000, lanes: [3]int{205, 500, 795},
	message: 44, self: 31, title: 14, line: 22, wire: 38, lead: 15, box: 470, gap: 12,
	titleCell: 82, wireCell: 82,
}

// slideTight has its rows closer together, for a step that has too many of them.
var slideTight = density{
	name: "ls", width: 1000, lanes: slideWide.lanes,
	message: 37, self: 26, title: 13, line: 18, wire: 33, lead: 14, box: 470, gap: 12,
	titleCell: 82, wireCell: 82,
}

// slideLadder draws as many rows as there is room for, among them the current one.
func slideLadder(b *LessonBench, room int) templ.Component {
	return drawn(func(m *markup) {
		d, all := slideWide, rungs(b.events(), b.Lens)
		if d.high(all) > room {
			d = slideTight
		}
		b.drawLadder(m, d, fitting(d, all, b.at(), room))
	})
}

// high is the height of all rungs.
func (d *density) high(all []rung) int {
	height := margin
	for i := range all {
		height += d.tall(&all[i])
	}
	return height
}

// fitting are the rungs that fit a room: the first, which is the request, and those from
// the second on, or around the current one if it is not among these. Those that there is
// no room for are folded.
func fitting(d density, all []rung, at, room int) []rung {
	if len(all) < 3 || d.high(all) <= room {
		return all
	}
	for from := 1; from < len(all); from++ {
		before := append(all[:1:1], foldedRungs(all[1:from])...)
		height, to := d.high(before), from
		for to < len(all) {
			end := d.high(foldedRungs(all[to+1:])) - margin
			if height+d.tall(&all[to])+end > room {
				break
			}
			height += d.tall(&all[to])
			to++
		}
		if to > from && (to == len(all) || at <= all[to-1].last()) {
			return slices.Concat(before, all[from:to], foldedRungs(all[to:]))
		}
	}
	return all[len(all)-1:]
}

// foldedRungs are rungs in a row as one that is folded; none of none.
func foldedRungs(all []rung) []rung {
	if len(all) == 0 {
		return nil
	}
	folded := rung{folded: true}
	for _, r := range all {
		folded.events = append(folded.events, r.events...)
	}
	return []rung{folded}
}

// tall is the height of a rung's row.
func (d *density) tall(r *rung) int {
	switch e := &r.events[0]; {
	case r.folded:
		return foldHeight
	case e.From == e.To:
		return d.self
	case width(visible(e.Title))*d.titleCell > 10*(d.lanes[1]-d.lanes[0]-2*d.gap):
		return d.message + d.lead
	}
	return d.message
}
