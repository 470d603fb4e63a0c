package narrate

import (
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// Ref names a step in the language of t.
func Ref(t *i18n.Text, s step.Summary, opt Options) views.StepRef {
	n := newTelling(t, &step.Step{Time: s.Time, Ahead: s.Ahead}, opt)
	return views.StepRef{
		N: s.N, Op: opName(t, s.Op, s.Method, s.Path), Client: clientName(t, s.Client, s.BrowserName), Time: n.time(),
	}
}

// Compare tells how what step b left differs from what step a left, on each side.
func Compare(t *i18n.Text, a, b *step.Step, opt Options) (cookie, record views.Comparison) {
	one, two := newTelling(t, a, opt), newTelling(t, b, opt)
	sameCookie, sameRecord := step.Changes(a.After, b.After)
	cookie = views.Comparison{Mark: mark(sameCookie), Rows: cookieRows(one, two)}
	record = views.Comparison{Mark: mark(sameRecord), Rows: recordRows(one, two)}
	cookie.Said = t.T("compare.cookie." + reading.CompareCookies(a.After.Cookie, b.After.Cookie))
	record.Said = recordDifference(t, a.After.Record, b.After.Record, record)
	return cookie, record
}

func recordDifference(t *i18n.Text, a, b *step.Record, c views.Comparison) string {
	switch {
	case a == nil && b == nil:
		return t.T("compare.record.none")
	case c.Mark != views.Changed:
		return t.T("compare.record." + markWord(c.Mark))
	}
	var counts []string
	count := func(n int, word string) {
		if n > 0 {
			counts = append(counts, t.F("compare.count."+word, "N", strconv.Itoa(n)))
		}
	}
	differ := reading.Compare(reading.RecordValues(a), reading.RecordValues(b))
	count(differ.Added, "add")
	count(differ.Changed, "change")
	count(differ.Removed, "remove")
	said := t.T("compare.record.expiry")
	if len(counts) > 0 {
		said = t.F("compare.record.values", "What", strings.Join(counts, t.T("flow.list.comma")))
	}
	if a.Key != b.Key {
		said = t.F("compare.record.moved", "Rest", said)
	}
	return said
}

func cookieRows(one, two *telling) []views.CompareRow {
	a, b := one.cookie(one.s.After.Cookie, nil), two.cookie(two.s.After.Cookie, nil)
	if a == nil && b == nil {
		return nil
	}
	t := one.Text
	var (
		blank views.Cookie
		rawA  string
		rawB  string
	)
	if a == nil {
		a = &blank
	} else {
		rawA = one.s.After.Cookie.Raw
	}
	if b == nil {
		b = &blank
	} else {
		rawB = two.s.After.Cookie.Raw
	}
	value := compareRow(t.T("compare.value"), rawA, rawB)
	value.PartsA, value.PartsB = a.Parts, b.Parts
	rows := []views.CompareRow{value, compareRow(t.T("browser.lifetime"), a.Lifetime, b.Lifetime)}
	for i := range max(len(a.Attributes), len(b.Attributes)) {
		r := attributeRow(a, b, i)
		r.Code = true
		rows = append(rows, r)
	}
	return append(rows, compareRow(t.T("compare.size"), sizeOf(a.Size), sizeOf(b.Size)))
}

// attributeRow compares the attributes at one place. Both cookies list the same
// attributes in the same order, unless they are not known.
func attributeRow(a, b *views.Cookie, i int) views.CompareRow {
	var name, was, is string
	if i < len(a.Attributes) {
		name, was = a.Attributes[i].Name, a.Attributes[i].New
	}
	if i < len(b.Attributes) {
		name, is = b.Attributes[i].Name, b.Attributes[i].New
	}
	return compareRow(name, was, is)
}

func recordRows(one, two *telling) []views.CompareRow {
	a, b := one.s.After.Record, two.s.After.Record
	if a == nil && b == nil {
		return nil
	}
	t := one.Text
	key := views.CompareRow{Name: t.T("store.key"), PartsA: one.keyParts(a, one.s.After.Cookie), PartsB: two.keyParts(b, two.s.After.Cookie)}
	var facts [2]struct{ key, expires, created, version, bytes string }
	for i, r := range []*step.Record{a, b} {
		if r == nil {
			continue
		}
		f := &facts[i]
		f.key, f.expires, f.created = r.Key, one.instant(r.Expires, true), one.instant(r.Created, true)
		f.version, f.bytes = strconv.FormatInt(r.Version, 10), sizeOf(len(r.Raw))
	}
	key.Mark = differ(facts[0].key, facts[1].key)
	rows := []views.CompareRow{key}
	for _, c := range reading.ValueChanges(reading.RecordValues(a), reading.RecordValues(b)) {
		rows = append(rows, views.CompareRow{Name: c.Key, A: readable(c.Old), B: readable(c.New), Mark: mark(c.Change), Code: true})
	}
	return append(rows,
		compareRow(t.T("store.expires"), facts[0].expires, facts[1].expires),
		compareRow(t.T("store.created"), facts[0].created, facts[1].created),
		compareRow(t.T("store.version"), facts[0].version, facts[1].version),
		compareRow(t.T("compare.size"), facts[0].bytes, facts[1].bytes),
	)
}

func compareRow(name, a, b string) views.CompareRow {
	return views.CompareRow{Name: name, A: a, B: b, Mark: differ(a, b)}
}

// differ tells how a text differs from another; "" is a text that is missing.
func differ(a, b string) views.Mark {
	if a == b {
		return views.Same
	}
	return rowMark(a != "", b != "")
}

// rowMark is the mark of a row that differs, by whether the row was there and
// is there.
func rowMark(was, is bool) views.Mark {
	switch {
	case !was:
		return views.Added
	case !is:
		return views.Removed
	}
	return views.Changed
}

func sizeOf(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n) + " B"
}
