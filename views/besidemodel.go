package views

// BesidePage shows one operation on each of three mechanisms: what it did to the jar, on
// the wire and in the store.
type BesidePage struct {
	Lab     // the learner's own bench, as far as the page is about it
	Rounds  []BesideRound
	Round   int // which is shown, from 1; 0: there is none yet
	Total   int
	At      int // up to which phase it is shown: from 0 to End, which is the result
	End     int
	Phase   string // what happens there, in words
	Columns []BesideColumn
	Holds   bool   // whether there is a cookie to copy
	HasCopy bool   // whether there is a copy from before a log-out
	Try     string // what to try next
	Press   string // the button that does it
	Cost    *Cost  // of the sessions in the store chosen now; nil: none are stored, or it cannot tell
	Away    string // why it cannot tell; "" if it can
}

// BesideRound is one operation that was sent to all three.
type BesideRound struct {
	N  int
	Op string // in words
	By string // who sent it, in words; "" for the browser that logs in
}

// BesideColumn is one of the three. Its page is the learner's, and its step that of a
// bench of its own; nil if the request is not recorded there.
type BesideColumn struct {
	Lab
	Mechanism string // as the settings name it
	Name      string // in words
	Place     string // where its sessions are, in words, unless the name says so; or ""
	Keeps     string // what the server keeps, where it keeps no sessions; else ""
	Was, Is   Tells  // what the cookie before and after the step tells whoever holds it
	Wire      []WireLine
	Now       []Event // what happens at the position
	Verdicts  []BesideVerdict
}

// Tells is what a cookie tells whoever holds it.
type Tells struct {
	Said     string // in words
	Readable string // what it says, decoded; or ""
}

// WireLine is one of the things that travelled, and the event from which on it has.
type WireLine struct {
	Sign string // "→", "⇄", "←"
	What string // the same in words
	Text string
	Code bool // whether Text is bytes
	Mark Mark
	At   int
}

// BesideVerdict is what was found out by trying.
type BesideVerdict struct {
	Question, Answer string
	Untried          bool
	Odd              bool // whether both others answer otherwise
}

// round is the address of a round, shown up to a position.
func (p *BesidePage) round(n, at int) string {
	address := p.in("/lab/side-by-side") + "?round=" + itoa(n)
	if at < p.End {
		address += "&event=" + itoa(at)
	}
	if p.Present {
		address += "&present"
	}
	return address
}

// ordinal is what stands for the position.
func (p *BesidePage) ordinal() string {
	if p.At < p.End {
		return itoa(p.At)
	}
	return "="
}

// again is the position that follows: after the result, the beginning.
func (p *BesidePage) again() int {
	if p.At < p.End {
		return p.At + 1
	}
	return 0
}

// latest is the last round, 0 if that is shown.
func (p *BesidePage) latest() int {
	if p.Round == p.Total {
		return 0
	}
	return p.Total
}

// nowAt is the event from which on the new state holds; a state that is not new always
// did.
func (b *BrowserPane) nowAt() int {
	if b.Mark == Same {
		return 0
	}
	return b.At
}

// nowAt is the event from which on there is a record, if the step made it.
func (s *StorePane) nowAt() int {
	if s.Mark == Added {
		return s.At
	}
	return 0
}

// gone is the event from which on there is no record, if the step deleted it.
func (s *StorePane) gone() int {
	if s.Mark == Removed {
		return s.At
	}
	return 0
}

// idsOf are the parts of a key that stand for the session.
func idsOf(key []Part) (ids []Part) {
	for _, part := range key {
		if part.Kind == "id" {
			ids = append(ids, part)
		}
	}
	return ids
}
