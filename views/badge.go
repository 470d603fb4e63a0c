package views

import (
	"slices"
	"strings"
	"unicode"
)

// A Badge tells a virtual browser from the others: by its letter, the colour of its
// place, and its name. The learner's own browser has none.
type Badge struct {
	Slot   int    // the place that it has among the bench's, from 1; 0: it was removed
	Letter string // "" for none
	Name   string
}

// The people of the course, whose letters are the same in each lesson: M is Mallory's, also
// where momo is alone.
const (
	mallory, mallorysLetter = "Mallory", "M"
	momo                    = "momo"
)

// Letters returns a letter for each of the names: the first one of the name that no
// name before it has, so that two browsers of Alice's differ. Mallory always has hers.
func Letters(names []string) []string {
	letters := make([]string, len(names))
	taken := map[string]bool{mallorysLetter: slices.Contains(names, mallory) || slices.Contains(names, momo)}
	for i, name := range names {
		if name == mallory && !slices.Contains(letters, mallorysLetter) {
			letters[i] = mallorysLetter
			continue
		}
		letters[i] = freeLetter(name, taken)
		taken[letters[i]] = true
	}
	return letters
}

// freeLetter prefers the first letter of a name, then its number: that of "momo 2" is 2
// after one of "momo".
func freeLetter(name string, taken map[string]bool) string {
	first := ""
	for _, r := range name {
		if first != "" && unicode.IsNumber(r) && !taken[string(r)] {
			return string(r)
		}
		if first == "" && (unicode.IsLetter(r) || unicode.IsNumber(r)) {
			first = strings.ToUpper(string(r))
			if !taken[first] {
				return first
			}
		}
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			continue
		}
		letter := strings.ToUpper(string(r))
		if !taken[letter] {
			return letter
		}
	}
	if first == "" {
		return "?"
	}
	return first
}

// draw writes the badge. Its name is said elsewhere.
func (b Badge) draw(m *markup) {
	if b.Letter == "" {
		return
	}
	m.raw(`<i class="b" data-b="`)
	m.num(b.Slot)
	m.raw(`" aria-hidden="true">`)
	m.text(b.Letter)
	m.raw(`</i>`)
}
