package narrate

import (
	"strconv"
	"time"

	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// store tells what the store holds.
func (n *telling) store() views.StorePane {
	if n.r.InCookie {
		return n.carriedPane()
	}
	before, after := n.s.Before.Record, n.s.After.Record
	_, change := step.Changes(n.s.Before, n.s.After)
	pane := views.StorePane{Mark: mark(change), Orphan: n.orphan()}
	if n.r.Record == reading.RecordUnseen {
		pane.Mark, before = views.Same, nil // nobody knows what is there now
	}
	if pane.Mark != views.Same {
		pane.At = n.from(step.SaveDone)
		if after == nil {
			pane.At = n.from(step.DeleteDone)
		}
	}
	pane.Rows = n.rows(reading.RecordValues(before), reading.RecordValues(after))
	if after == nil {
		pane.Empty = n.say("flow.record.empty." + n.noRecord())
		pane.Key = n.keyParts(before, n.s.Before.Cookie)
		return pane
	}
	pane.Key = n.keyParts(after, n.s.After.Cookie)
	if n.r.NewKey && before != nil {
		pane.KeyWas = n.keyParts(before, n.s.Before.Cookie)
	}
	if before != nil && n.until(before.Expires) != n.until(after.Expires) { // not for a few milliseconds
		pane.ExpiresMark = views.Changed
		pane.ExpiresWas = n.limitAt("flow.record.expires", before.Expires).String()
	}
	pane.Raw, pane.Bytes, pane.Query = after.Raw, len(after.Raw), after.Query
	pane.Unreadable = reading.RecordValues(after) == nil || after.Version == 0
	if after.Version == 0 {
		return pane // there is something, and it is no record
	}
	pane.Expires = n.limitAt("flow.record.expires", after.Expires)
	pane.TTL = n.ttl(after)
	pane.Created = n.clock(after.Created)
	pane.Version = strconv.FormatInt(after.Version, 10)
	if n.r.NewVersion && before != nil {
		pane.VersionWas = strconv.FormatInt(before.Version, 10)
	}
	return pane
}

// ttl is how long the store itself still keeps a record, "" if it does not say.
// The store goes by real time, even if the bench's clock was moved.
func (n *telling) ttl(r *step.Record) string {
	if r.TTL <= 0 {
		return ""
	}
	ttl := strconv.FormatFloat(r.TTL, 'f', 0, 64) + " s"
	if n.s.Ahead == 0 {
		return ttl
	}
	return n.say("flow.record.ttl.moved", "TTL", ttl, "Ahead", n.duration(time.Duration(n.s.Ahead)))
}

// noRecord is the end of the id of why there is no record.
func (n *telling) noRecord() string {
	switch {
	case n.r.NoRecord == reading.AbsentYet && n.r.Orphaned:
		return "none-record"
	case n.r.NoRecord == reading.AbsentExpired && n.r.Left:
		return "expired-record"
	case n.r.NoRecord == reading.AbsentMemory && n.opt.Restarted:
		return "missing-stopped"
	}
	return n.r.NoRecord
}

// rows are the values on both sides of the step, by key. Removed ones stay, so
// that the reader sees them go.
func (n *telling) rows(old, now reading.Values) []views.Row {
	changes := reading.ValueChanges(old, now)
	rows := make([]views.Row, len(changes))
	for i, c := range changes {
		rows[i] = views.Row{Name: c.Key, New: readable(c.New), Mark: mark(c.Change), Note: n.note(c.Key)}
		if rows[i].New != c.New {
			rows[i].Sent = c.New
		}
		if c.Change != step.Unchanged {
			rows[i].Old = readable(c.Old)
		}
	}
	return rows
}

// note is what there is to say about a key that the app itself writes.
func (n *telling) note(key string) string {
	switch key {
	case reading.KeyUser, reading.KeyPassword, reading.KeyPermanent:
		return n.T("flow.key." + key)
	}
	return ""
}
