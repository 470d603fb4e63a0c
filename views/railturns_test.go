package views

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// railOf draws the rail of steps by these browsers: a letter each, "." for one's own.
func railOf(t *testing.T, by string) string {
	t.Helper()
	slots := map[rune]int{'A': 1, 'M': 2}
	v := Lab{Page: examplePage(texts(t)[i18n.En])}
	for i, letter := range by {
		tick := Tick{Kind: ItemStep, N: i + 1}
		if letter != '.' {
			tick.Badge = Badge{Slot: slots[letter], Letter: string(letter), Name: "browser " + string(letter)}
		}
		v.Timeline.Ticks = append(v.Timeline.Ticks, tick)
	}
	return render(t, rail(&v))
}

func TestTheRailSaysWhoseTurnItWas(t *testing.T) {
	got := railOf(t, "..AAAM.A")
	for _, want := range []string{
		`data-b="1"><title>browser A</title><rect x="25.00%" width="37.50%" y="0" height="12"/><text x="25.00%" dx="2" y="10">A</text>`,
		`data-b="2"><title>browser M</title><rect x="62.50%" width="12.50%" y="0" height="12"/><text x="62.50%" dx="2" y="10">M</text>`,
		`data-b="1"><title>browser A</title><rect x="87.50%"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the rail lacks %s", want)
		}
	}
	if n := strings.Count(got, "<title>"); n != 3 {
		t.Errorf("there are %d turns; want 3", n)
	}
	if got := railOf(t, "........"); strings.Contains(got, "turns") {
		t.Error("steps by one's own browser have turns")
	}
}

// A turn that is too short for a letter is told by the height of its bar.
func TestATurnWithoutRoomForItsLetterHasAPlaceOfItsOwn(t *testing.T) {
	got := railOf(t, strings.Repeat("AM", 40))
	if strings.Contains(got, "<text") {
		t.Error("letters are drawn over each other")
	}
	for slot, y := range []int{0, 3} {
		if want := fmt.Sprintf(`width="1.25%%" y="%d" height="3"/>`, y); strings.Count(got, want) != 40 {
			t.Errorf("the bars of browser %d are not at their height", slot+1)
		}
	}
	if got := railOf(t, strings.Repeat("AM", 20)); strings.Count(got, `<text class="far"`) != 40 {
		t.Error("letters that fit on a laptop alone are not marked")
	}
}
