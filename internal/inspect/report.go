package inspect

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// A Part is a stretch of the value. The parts of a report, one after the other,
// are the value.
type Part struct {
	Kind       Kind
	Text       string // as it stands in the value
	Decoded    string // what it says, where it can be read; long text is cut
	Start, End int    // in bytes
}

// A Signature says what is known of a cookie's signature.
type Signature string

// What can be known of a signature.
const (
	Unchecked Signature = "unchecked" // no key was given, or there is no signature
	Valid     Signature = "valid"
	Invalid   Signature = "invalid"
)

// A Moment is a time that a cookie names or implies. Kinds are "signed",
// "issued", "expires", "not-before", "made" (an id that tells its age), and
// "default-limit": when the maker's default lifetime ends, which is not in the
// cookie.
type Moment struct {
	Kind string
	At   time.Time
}

// A Note is a sentence about the cookie, by the name of its message and what to
// fill in: names and values in turn.
type Note struct {
	Code string
	Args []string
}

// A Report says what a cookie is.
type Report struct {
	Name    string // as pasted or given
	Value   string
	Format  Format
	Sure    Confidence
	Variant string   // which kind of the format, "" if there is but one
	Maybe   []Format // what else it could be
	Others  []string // the names of other cookies in the same paste

	Parts     []Part
	Payload   json.RawMessage // valid JSON; nil if nothing could be read
	Moments   []Moment
	Algorithm string // of the signature or cipher; "" if there is none
	Signature Signature
	Encrypted bool
	Match     string // how the key fitted: which salt or derivation, "" if that is plain
	Notes     []Note

	// Unread are the bytes that a signature protects where nothing can be read in
	// them, encrypted as a rule. Sign takes them in hexadecimal.
	Unread []byte

	packed *packed // nil: not a format that needs it
	keyed  bool    // a key was given
	dated  bool    // it has a time, though none that can be used
	public bool    // the key that verifies does not sign
}

// SignedAt returns when the cookie was signed or issued, and whether it says so.
func (r *Report) SignedAt() (at time.Time, ok bool) {
	for _, m := range r.Moments {
		if m.Kind == "signed" || m.Kind == "issued" {
			return m.At, true
		}
	}
	return time.Time{}, false
}

func (r *Report) note(code string, args ...any) {
	n := Note{Code: code}
	for _, a := range args {
		n.Args = append(n.Args, fmt.Sprint(a))
	}
	r.Notes = append(r.Notes, n)
}

// unchecked notes that a key was given which cannot be tried here.
func (r *Report) unchecked(in *input) {
	if in.key != nil {
		r.note("no-check")
	}
}

// moment adds a time, unless no calendar has it.
func (r *Report) moment(kind string, at time.Time) {
	if y := at.UTC().Year(); y >= 1 && y <= 9999 {
		r.Moments = append(r.Moments, Moment{kind, at.UTC()})
	}
}

// due notes that a cookie is past the end that it names, or before its beginning.
func (r *Report) due(now time.Time) {
	for _, m := range r.Moments {
		switch {
		case m.Kind == "expires" && !now.Before(m.At):
			r.note("expired")
		case m.Kind == "not-before" && now.Before(m.At):
			r.note("not-yet")
		}
	}
}

// verdict notes what follows for any signed or encrypted cookie.
func (r *Report) verdict() {
	if r.Signature == "" {
		r.Signature = Unchecked
	}
	if r.Signature == Valid {
		r.Sure = Certain
	}
	_, signed := r.SignedAt()
	has := func(k Kind) bool { return slices.ContainsFunc(r.Parts, func(p Part) bool { return p.Kind == k }) }
	switch {
	case r.Algorithm == "":
		return
	case r.Signature == Invalid:
		r.note("wrong-key")
	case r.Signature == Valid && r.public:
		r.note("valid-public")
	case r.Signature == Valid && has(ID):
		r.note("forge-id")
	case r.Signature == Valid:
		r.note("forge")
	case r.Encrypted:
		r.note("sealed")
	case !r.keyed:
		r.note("unchecked")
	}
	if !r.Encrypted && has(Payload) {
		r.note("readable")
	}
	if !signed && !r.dated && len(r.Moments) == 0 && !has(ID) && !(r.Encrypted && r.Signature != Valid) {
		r.note("no-time")
	}
}
