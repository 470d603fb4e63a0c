package narrate

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// facts are what the words of a step rest on, gathered from its events and sides.
type facts struct {
	cookie cookieChange
	record recordChange
	name   string // of the cookie
	id     string // in the cookie that the step left
	sameID bool   // the cookie had that id before
	linked bool   // the cookie leads to the record
	bare   bool   // the cookie holds an id, perhaps signed, and nothing else

	carried bool   // the request brought the cookie
	invalid string // why the cookie was not believed
	expired string // which limit ended the session
	missing bool   // the store had no record for the cookie
	garbled bool   // the record cannot be read
	failed  string // what the store could not do
	wrong   bool   // the password
	early   bool   // the log-in began before the password was checked
	ignored string // why the client refused the cookie
	renewed bool   // the id

	form          map[string]string
	before, after values          // that the program found and left
	key           string          // that the operation is about
	old, new      json.RawMessage // its values; nil: there is no such key
	user          string
}

func factsOf(s *step.Step) facts {
	f := facts{
		name: "session", form: form(s.Request),
	}
	for _, c := range []*step.Cookie{s.Before.Cookie, s.After.Cookie} {
		if c != nil {
			f.name = c.Name
		}
	}
	_, f.carried = sentCookie(s.Request, f.name)
	f.cookie = cookieChangeOf(s, f.follow(s.Events))
	if carried(s.Mechanism) {
		f.before, f.after = carriedIn(s)
		f.record = carriedChange(s, &f)
	} else {
		f.before, f.after = valuesIn(s)
		f.record = recordChangeOf(s, f.renewed, f.failed != "")
	}

	f.id = part(s.After.Cookie, "id")
	f.sameID = f.id != "" && f.id == part(s.Before.Cookie, "id")
	f.linked, _ = standsFor(f.id, s.After.Record)
	f.bare = f.id != "" && !slices.ContainsFunc(s.After.Cookie.Parts, func(p step.Part) bool {
		return p.Kind != "id" && p.Kind != "dot" && p.Kind != "signature"
	})

	f.key = f.form["key"]
	f.old, f.new = f.before[f.key], f.after[f.key]
	f.user = firstOf(f.after.text(keyUser), f.form[keyUser], f.before.text(keyUser))
	return f
}

// follow goes through the events and returns what the client did with the answer.
// What is tried again counts as it went the last time.
func (f *facts) follow(events []step.Event) (got step.Kind) {
	ran := false
	for _, e := range events {
		switch e.Kind {
		case step.CodeRan:
			ran = true
		case step.CookieRead:
			f.carried = true
		case step.CookieAbsent:
			f.carried = false
		case step.SignatureInvalid:
			f.invalid = firstOf(string(e.Why), "unknown")
		case step.LoadFound:
			f.missing, f.garbled = false, e.Why == step.WhyUnreadable
		case step.LoadMissing:
			f.missing = true
		case step.SessionExpired:
			f.expired = firstOf(string(e.Why), "unknown")
		case step.SessionOpened:
			f.failed = ""
		case step.StoreFailed:
			f.failed = firstOf(string(e.Why), "unknown")
		case step.PasswordChecked:
			f.wrong = e.Why == step.WhyWrong
			f.early = ran
		case step.IDRenewed:
			f.renewed = true
		case step.CookieStored, step.CookieReplaced, step.CookieDeleted, step.CookieKept, step.CookieIgnored:
			got = e.Kind
			if f.ignored = ""; got == step.CookieIgnored {
				f.ignored = firstOf(string(e.Why), "unknown")
			}
		}
	}
	return got
}

// value is the value that the operation is about: what the key holds now, or held,
// or what was sent for it.
func (f *facts) value() json.RawMessage {
	if f.new != nil {
		return f.new
	}
	if f.old != nil {
		return f.old
	}
	sent, _ := json.Marshal(f.form["value"])
	return sent
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

func sameInstant(a, b *time.Time) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

// sentCookie returns the value of the cookie of that name as a request carried it.
func sentCookie(r step.Request, name string) (value string, ok bool) {
	for _, h := range r.Headers {
		if !strings.EqualFold(h[0], "Cookie") {
			continue
		}
		for pair := range strings.SplitSeq(h[1], ";") {
			if n, v, found := strings.Cut(strings.TrimSpace(pair), "="); found && n == name {
				return v, true
			}
		}
	}
	return "", false
}
