package reading

import "github.com/sessionlab/sessionlab/internal/step"

// A RecordChange is what became of the record in the store. Where the cookie holds
// the session it is what became of the values in it.
type RecordChange = string

// The changes of a record.
const (
	RecordNone    RecordChange = "none"    // there was none and is none
	RecordKept    RecordChange = "kept"    // it is as it was
	RecordTouched RecordChange = "touched" // only its expiry moved
	RecordCreated RecordChange = "created"
	RecordChanged RecordChange = "changed" // its values
	RecordMoved   RecordChange = "moved"   // the session has another key
	RecordDeleted RecordChange = "deleted"
	RecordUnseen  RecordChange = "unseen" // the store did not answer, or the client refused the cookie
)

// SameValues reports whether the record's values are what they were.
func (r *Reading) SameValues() bool {
	return r.Record == RecordNone || r.Record == RecordKept || r.Record == RecordTouched
}

// readRecord compares the records in the store.
func (r *Reading) readRecord(s *step.Step) {
	before, after := s.Before.Record, s.After.Record
	r.Record = r.recordChange(before, after)
	if before != nil && after != nil {
		r.NewKey, r.NewVersion = before.Key != after.Key, before.Version != after.Version
	}
}

func (r *Reading) recordChange(before, after *step.Record) RecordChange {
	switch {
	case before == nil && after == nil:
		return RecordNone
	case after == nil && r.Failed != "":
		return RecordUnseen
	case after == nil:
		return RecordDeleted
	case before == nil:
		return RecordCreated
	case before.Key != after.Key && r.Renewed:
		return RecordMoved
	case before.Key != after.Key: // the old one is refused, and still there
		return RecordCreated
	case before.Raw != after.Raw:
		return RecordChanged
	case !before.Expires.Equal(after.Expires):
		return RecordTouched
	}
	return RecordKept
}

// valuesChange is what became of the values in the cookie.
func (r *Reading) valuesChange(s *step.Step) RecordChange {
	switch {
	case r.Cookie == CookieRefused:
		return RecordUnseen
	case len(r.Before) == 0 && len(r.After) == 0:
		return RecordNone
	case len(r.Before) == 0:
		return RecordCreated
	case len(r.After) == 0:
		return RecordDeleted
	case Compare(r.Before, r.After).Any():
		return RecordChanged
	case s.Before.Cookie != nil && s.After.Cookie != nil && s.Before.Cookie.Raw != s.After.Cookie.Raw: // signed anew
		return RecordTouched
	}
	return RecordKept
}

// An Absence is why the store holds no record for the client.
type Absence = string

// The absences.
const (
	AbsentNot     Absence = "" // there is a record
	AbsentFailed  Absence = "failed"
	AbsentDeleted Absence = "deleted" // by this step
	AbsentGone    Absence = "gone"    // meanwhile
	AbsentRefused Absence = "refused" // there is one, and the client refused the cookie that leads to it
	AbsentExpired Absence = "expired"
	AbsentInvalid Absence = "invalid" // the cookie is not believed
	AbsentLate    Absence = "late"    // the cookie's ID was renewed a moment ago
	AbsentMissing Absence = "missing"
	AbsentWorker  Absence = "missing-worker" // another worker's memory has it
	AbsentMemory  Absence = "missing-memory" // memory begins empty when the server does
	AbsentLost    Absence = "lost"           // the client no longer sends the cookie that led to one
	AbsentYet     Absence = "none"           // there is no cookie either
	AbsentUnknown Absence = "unknown"
)

// absence finds the reason that says most.
func (r *Reading) absence(s *step.Step, met meeting) Absence {
	switch {
	case s.After.Record != nil:
		return AbsentNot
	case r.Failed != "":
		return AbsentFailed
	case r.Record == RecordDeleted && met.deleted:
		return AbsentDeleted
	case r.Record == RecordDeleted:
		return AbsentGone
	case r.Cookie == CookieRefused && met.saved:
		return AbsentRefused
	case r.Expired != "":
		return AbsentExpired
	case r.Invalid != "":
		return AbsentInvalid
	case r.Late:
		return AbsentLate
	case r.Missing && r.Holder > 0:
		return AbsentWorker
	case r.Missing && s.Store == "memory":
		return AbsentMemory
	case r.Missing:
		return AbsentMissing
	case r.Cookie == CookieLost:
		return AbsentLost
	case s.After.Cookie == nil:
		return AbsentYet
	}
	return AbsentUnknown
}
