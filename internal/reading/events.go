package reading

import (
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// meeting is what the events of a step show that the reading does not keep.
type meeting struct {
	client        step.Kind // what the client did with the response
	wrongPassword bool
	saved         bool // the store confirmed that it saved a record
	deleted       bool // likewise, that it deleted one
}

// follow goes through the events. What was tried again counts as it went the last
// time.
func (r *Reading) follow(events []step.Event) (met meeting) {
	ran := false
	for _, e := range events {
		switch e.Kind {
		case step.CodeRan:
			ran = true
		case step.CookieRead:
			r.Sent = true
		case step.CookieAbsent:
			r.Sent = false
		case step.SignatureInvalid:
			r.Invalid, r.Signer = reason(e), e.Worker
		case step.LoadFound:
			r.Missing, r.Late, r.Unreadable = false, false, e.Why == step.WhyUnreadable
		case step.LoadMissing:
			r.Missing, r.Late, r.Left = true, e.Why == step.WhyRenewed, e.Why == step.WhyExpired
			r.Holder = e.Worker
		case step.SessionExpired:
			r.Expired, r.Allowed = reason(e), time.Duration(e.Limit)
		case step.SessionOpened:
			r.Failed = ""
		case step.StoreFailed:
			r.Failed = reason(e)
		case step.SaveDone:
			met.saved = true
		case step.DeleteDone:
			met.deleted = true
		case step.PasswordChecked:
			met.wrongPassword = e.Why == step.WhyWrong
			r.Early = ran
		case step.IDRenewed:
			r.Renewed = true
		case step.CookieStored, step.CookieReplaced, step.CookieDeleted, step.CookieKept, step.CookieIgnored:
			met.client = e.Kind
			if r.Refused = ""; e.Kind == step.CookieIgnored {
				r.Refused = reason(e)
			}
		}
	}
	return met
}

func reason(e step.Event) string { return firstOf(string(e.Why), Unknown) }
