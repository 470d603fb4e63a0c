package narrate

import (
	"maps"
	"slices"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// store tells what the store holds.
func (n *telling) store() views.StorePane {
	if carried(n.s.Mechanism) {
		return n.carriedPane()
	}
	before, after := n.s.Before.Record, n.s.After.Record
	_, change := step.Changes(n.s.Before, n.s.After)
	pane := views.StorePane{Mark: mark(change)}
	if n.facts.record == recordUnseen {
		pane.Mark, before = views.Same, nil // nobody knows what is there now
	}
	if pane.Mark != views.Same {
		pane.At = n.from(step.SaveDone)
		if after == nil {
			pane.At = n.from(step.DeleteDone)
		}
	}
	pane.Rows = n.rows(recordValues(before), recordValues(after))
	if after == nil {
		pane.Empty = n.say("flow.record.empty." + n.emptyWord())
		pane.Key = n.keyParts(before, n.s.Before.Cookie)
		return pane
	}
	pane.Key = n.keyParts(after, n.s.After.Cookie)
	if before != nil && before.Key != after.Key {
		pane.KeyWas = n.keyParts(before, n.s.Before.Cookie)
	}
	if before != nil && n.until(before.Expires) != n.until(after.Expires) { // not for a few milliseconds
		pane.ExpiresMark = views.Changed
		pane.ExpiresWas = n.limit("flow.record.expires", before.Expires)
	}
	pane.Raw, pane.Bytes, pane.Query = after.Raw, len(after.Raw), after.Query
	pane.Unreadable = recordValues(after) == nil || after.Version == 0
	if after.Version == 0 {
		return pane // there is something, and it is no record
	}
	pane.Expires = n.limit("flow.record.expires", after.Expires)
	if after.TTL > 0 {
		pane.TTL = strconv.FormatFloat(after.TTL, 'f', 0, 64) + " s"
	}
	pane.Created = n.clock(after.Created)
	pane.Version = strconv.FormatInt(after.Version, 10)
	if before != nil && before.Version != after.Version {
		pane.VersionWas = strconv.FormatInt(before.Version, 10)
	}
	return pane
}

// emptyWord tells why there is no record.
func (n *telling) emptyWord() string {
	f := &n.facts
	switch {
	case f.failed != "":
		return "failed"
	case f.record == recordDeleted && n.last(step.DeleteDone) >= 0:
		return "deleted"
	case f.record == recordDeleted:
		return "gone"
	case f.cookie == cookieRefused && n.last(step.SaveDone) >= 0:
		return "refused"
	case f.expired != "":
		return "expired"
	case f.invalid != "":
		return "invalid"
	case f.missing && n.s.Store == "memory":
		return "missing-memory"
	case f.missing:
		return "missing"
	case n.s.After.Cookie == nil:
		return "none"
	}
	return "unknown"
}

// rows are the values on both sides of the step, by key. Removed ones stay, so
// that one sees them go.
func (n *telling) rows(old, now values) []views.Row {
	union := maps.Clone(old)
	if union == nil {
		union = make(values, len(now))
	}
	maps.Copy(union, now)
	rows := make([]views.Row, 0, len(union))
	for _, key := range slices.Sorted(maps.Keys(union)) {
		was, had := old[key]
		is, has := now[key]
		row := views.Row{Name: key, New: string(is), Note: n.note(key)}
		if had != has || string(was) != string(is) {
			row.Old, row.Mark = string(was), rowMark(had, has)
		}
		rows = append(rows, row)
	}
	return rows
}

// note is what there is to say about a key that the app itself writes.
func (n *telling) note(key string) string {
	switch key {
	case keyUser, keyPassword, keyPermanent:
		return n.T("flow.key." + key)
	}
	return ""
}
