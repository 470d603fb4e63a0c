package narrate

import (
	"testing"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// leaving is a step that left this on the two sides.
func leaving(c *step.Cookie, r *step.Record) *step.Step {
	s := on(step.OpSet, "POST /set", "").Step
	s.After = step.Sides{Cookie: c, Record: r}
	return s
}

func TestCompareSaysWhatDiffers(t *testing.T) {
	const momo, colour = `{"uname":"momo"}`, `{"colour":"teal","uname":"alice"}`
	resigned := signed(idOne, nil)
	resigned.Raw = idOne + ".b3RoZXI"
	for name, tt := range map[string]struct {
		a, b           *step.Step
		cookie, record string
		marks          [2]views.Mark
	}{
		"nothing": {leaving(nil, nil), leaving(nil, nil), "There is no cookie at either step.", "There is no record at either step.", [2]views.Mark{}},
		"same": {
			leaving(signed(idOne, nil), stored(idOne, momo, 0)), leaving(signed(idOne, nil), stored(idOne, momo, 0)),
			"The cookie is the same.", "The record is the same.", [2]views.Mark{},
		},
		"appeared": {
			leaving(nil, nil), leaving(signed(idOne, nil), stored(idOne, momo, 0)),
			"A cookie has appeared.", "A record has appeared.", [2]views.Mark{views.Added, views.Added},
		},
		"gone": {
			leaving(signed(idOne, nil), stored(idOne, momo, 0)), leaving(nil, nil),
			"The cookie is gone.", "The record is gone.", [2]views.Mark{views.Removed, views.Removed},
		},
		"values": {
			leaving(signed(idOne, nil), stored(idOne, momo, 0)), leaving(signed(idOne, nil), stored(idOne, colour, 0)),
			"The cookie is the same.", "Values: 1 added, 1 changed.", [2]views.Mark{views.Same, views.Changed},
		},
		"lifetime": {
			leaving(signed(idOne, nil), stored(idOne, momo, 0)), leaving(signed(idOne, days(31)), stored(idOne, momo, 5)),
			"The value is the same; the attributes differ.", "The values are the same; the time of expiry changed.", [2]views.Mark{views.Changed, views.Changed},
		},
		"new id": {
			leaving(signed(idOne, nil), stored(idOne, colour, 0)), leaving(signed(idTwo, nil), stored(idTwo, momo, 0)),
			"The cookie has another value.", "Another record, under another ID. Values: 1 changed, 1 removed.", [2]views.Mark{views.Changed, views.Changed},
		},
		"another key": {
			leaving(signed(idOne, nil), nil), leaving(resigned, nil),
			"The cookie holds the same ID, with another signature.", "There is no record at either step.", [2]views.Mark{views.Changed, views.Same},
		},
	} {
		cookie, record := Compare(texts(t)[i18n.En], tt.a, tt.b, options)
		if cookie.Said != tt.cookie || record.Said != tt.record {
			t.Errorf("%s: %q and %q; want %q and %q", name, cookie.Said, record.Said, tt.cookie, tt.record)
		}
		if got := [2]views.Mark{cookie.Mark, record.Mark}; got != tt.marks {
			t.Errorf("%s: marks %q; want %q", name, got, tt.marks)
		}
	}
}

func TestCompareMarksTheRowsThatDiffer(t *testing.T) {
	a := leaving(signed(idOne, nil), stored(idOne, `{"a":1,"b":2}`, 0))
	b := leaving(signed(idOne, days(31)), stored(idOne, `{"b":3,"c":4}`, 0))
	for lang, text := range texts(t) {
		cookie, record := Compare(text, a, b, options)
		marks := map[string]views.Mark{}
		for _, r := range append(cookie.Rows, record.Rows...) {
			marks[r.Name] = r.Mark
		}
		for name, want := range map[string]views.Mark{
			"a": views.Removed, "b": views.Changed, "c": views.Added, "Path": views.Same, "HttpOnly": views.Same,
			text.T("compare.value"): views.Same, text.T("browser.lifetime"): views.Changed, text.T("store.key"): views.Same,
		} {
			if got, ok := marks[name]; !ok || got != want {
				t.Errorf("%s: row %q has mark %q (there: %v); want %q", lang, name, got, ok, want)
			}
		}
	}
}

// A cookie whose attributes nobody knows has fewer rows than one that was seen to
// be set.
func TestCompareWithAnUnknownCookie(t *testing.T) {
	unknown := signed(idOne, nil)
	unknown.Attributes = nil
	for _, pair := range [][2]*step.Cookie{{unknown, signed(idOne, nil)}, {signed(idOne, nil), unknown}, {nil, unknown}} {
		cookie, _ := Compare(texts(t)[i18n.En], leaving(pair[0], nil), leaving(pair[1], nil), options)
		for _, r := range cookie.Rows {
			if r.Name == "" {
				t.Errorf("a row has no name: %+v", r)
			}
		}
	}
}
