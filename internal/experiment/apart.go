package experiment

import "slices"

// Apart is how many things are different between two variants: each setting, and each act
// that only one of them does. An act that stands in the place of another is one thing.
func (e *Experiment) Apart(a, b Variant) (n int) {
	names := make(map[string]bool)
	for _, v := range []Variant{a, b} {
		for name := range v.Settings {
			names[name] = true
		}
	}
	for name := range names {
		if e.setting(a, name) != e.setting(b, name) {
			n++
		}
	}
	var only [2]int
	for _, act := range e.Acts {
		switch in, other := act.In(a.ID), act.In(b.ID); {
		case in && !other:
			only[0]++
		case other && !in:
			only[1]++
		}
	}
	return n + max(only[0], only[1])
}

// attacker is who wants in, in the experiments of the course.
const attacker = "mallory"

// Slot is the place, from 1, whose colour and badge a browser of a script has: that of
// its turn, except that Mallory is the second even where she is alone. So she is never
// taken for Alice.
func (e *Experiment) Slot(id string) int {
	at := slices.IndexFunc(e.Browsers, func(b Browser) bool { return b.ID == id })
	if len(e.Browsers) == 1 && id == attacker {
		return 2
	}
	return at + 1
}
