package advice

import (
	"slices"
	"testing"

	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A trace makes the steps of a bench, one after the other.
type trace struct {
	mechanism string
	steps     []step.Summary
}

func (tr *trace) add(s step.Summary) *trace {
	s.Mechanism, s.N = tr.mechanism, len(tr.steps)+1
	tr.steps = append(tr.steps, s)
	return tr
}

// own is a step of the bench's own browser, which holds the cookie "c".
func own(op step.Op, change step.Change) step.Summary {
	return step.Summary{Op: op, Client: step.ClientBrowser, ClientID: "browser", Status: 303, Sent: "c", Left: "c", Cookie: change, Record: change}
}

func from(client step.Client, sent string) step.Summary {
	return step.Summary{Op: step.OpMe, Client: client, ClientID: string(client), Status: 401, Error: "not_logged_in", Sent: sent}
}

func refused(why step.Why) step.Summary {
	s := own(step.OpMe, "")
	s.Status, s.Error, s.Refused = 401, "not_logged_in", why
	return s
}

// follow has steps that follow each hint.
var follow = map[string][]step.Summary{
	"login":     {own(step.OpLogin, step.Added)},
	"set":       {own(step.OpSet, step.Changed)},
	"get":       {own(step.OpGet, "")},
	"pop":       {own(step.OpPop, step.Changed)},
	"permanent": {own(step.OpPermanent, step.Changed), own(step.OpMe, "")},
	"elsewhere": {from(step.ClientOther, "")},
	"logout":    {own(step.OpLogout, step.Removed)},
	"clear":     {own(step.OpClear, step.Removed)},
	"lifetime":  {refused(step.WhyLifetime)},
	"key":       {refused(step.WhySignature)},
	"replay":    {own(step.OpLogout, step.Removed), from(step.ClientCurl, "c")},
}

func TestEachHintOfEachPathCanBeReachedAndDone(t *testing.T) {
	for _, mechanism := range step.Mechanisms {
		path := guide(t).Path(mechanism)
		tr := &trace{mechanism: mechanism}
		for i, h := range path {
			p := guide(t).Next(mechanism, tr.steps)
			if p.Next.ID != h.ID || p.Done != i || p.All != len(path) || p.Acts != 0 && h.ID != "replay" {
				t.Fatalf("%s, after %d hints: Next = %s, %d acts, %d of %d; want %s", mechanism, i, p.Next.ID, p.Acts, p.Done, p.All, h.ID)
			}
			if h.ID == "mechanism" { // the condition is of another mechanism's steps
				for _, other := range step.Mechanisms {
					if s := own(step.OpLogin, step.Added); other != mechanism {
						s.Mechanism = other
						tr.steps = append(tr.steps, s)
					}
				}
				continue
			}
			for _, s := range follow[h.ID] {
				tr.add(s)
			}
		}
		if p := guide(t).Next(mechanism, tr.steps); p.Next != nil || p.Done != len(path) {
			t.Errorf("%s: after all, Next = %s, %d of %d", mechanism, p.Next.ID, p.Done, p.All)
		}
	}
}

func TestAHintOfTwoActsStaysUntilBothAreDone(t *testing.T) {
	at := func(tr *trace) (string, int) {
		for _, h := range guide(t).Path(tr.mechanism) {
			if acts := h.done(tr.mechanism, meaningsOf(reading.OfSummaries(tr.steps))); len(h.Acts) > 1 && acts < len(h.Acts) {
				return h.ID, acts
			}
		}
		return "", 0
	}
	tr := &trace{mechanism: step.MechanismServer}
	tr.add(own(step.OpMe, "")) // before it was asked for
	if id, acts := at(tr); id != "permanent" || acts != 0 {
		t.Errorf("the second act alone = %s, %d; want permanent, 0", id, acts)
	}
	tr.add(own(step.OpPermanent, step.Changed))
	if id, acts := at(tr); id != "permanent" || acts != 1 {
		t.Errorf("the first act = %s, %d; want permanent, 1", id, acts)
	}
	tr.add(own(step.OpClear, step.Removed)).add(from(step.ClientBrowser, "")) // no cookie came back
	if id, acts := at(tr); id != "permanent" || acts != 1 {
		t.Errorf("to ask without a cookie = %s, %d; want permanent, 1", id, acts)
	}
	tr.add(own(step.OpSet, step.Changed)).add(own(step.OpMe, ""))
	if id, _ := at(tr); id != "" {
		t.Errorf("after both, %s is open", id)
	}
}

// What looks like the act and is not ticks nothing.
func TestNoHintIsDoneByAccident(t *testing.T) {
	failed := own(step.OpLogin, "")
	failed.Error = "wrong_password"
	icon := from(step.ClientOther, "")
	icon.Op = ""
	for name, tt := range map[string]struct {
		mechanism string
		steps     []step.Summary
	}{
		"a wrong password":                 {step.MechanismServer, []step.Summary{failed}},
		"the note's own page":              {step.MechanismServer, []step.Summary{own(step.OpIndex, step.Added)}},
		"a log-out of nobody":              {step.MechanismServer, []step.Summary{own(step.OpLogout, "")}},
		"nothing to clear":                 {step.MechanismServer, []step.Summary{own(step.OpClear, "")}},
		"another browser asks for an icon": {step.MechanismServer, []step.Summary{icon}},
		"curl with its own cookie":         {step.MechanismServer, []step.Summary{from(step.ClientCurl, "another")}},
		"a virtual browser with a cookie":  {step.MechanismServer, []step.Summary{from(step.ClientVirtual, "its own")}},
		"a session lost with its store":    {step.MechanismServer, []step.Summary{refused(step.WhyMissing)}},
		"another's session expired":        {step.MechanismGorilla, []step.Summary{{Op: step.OpMe, Client: step.ClientCurl, Sent: "c", Refused: step.WhyLifetime, Status: 401}}},
		"curl's own cookie, not a copy":    {step.MechanismFlask, []step.Summary{from(step.ClientCurl, "another")}},
	} {
		tr := &trace{mechanism: tt.mechanism}
		for _, s := range tt.steps {
			tr.add(s)
		}
		if p := guide(t).Next(tt.mechanism, tr.steps); p.Done != 0 {
			t.Errorf("%s does %d hints", name, p.Done)
		}
	}
}

func TestAPathGoesByItsOwnMechanismsSteps(t *testing.T) {
	tr := &trace{mechanism: step.MechanismServer}
	tr.add(own(step.OpLogin, step.Added)).add(own(step.OpSet, step.Changed))
	if p := guide(t).Next(step.MechanismFlask, tr.steps); p.Next.ID != "login" || p.Done != 0 {
		t.Errorf("with Flask, after steps with a store: Next = %s, %d done; want login, 0", p.Next.ID, p.Done)
	}
	if p := guide(t).Next(step.MechanismGorilla, tr.steps); p.Done != 1 { // a store was tried already
		t.Errorf("with gorilla, after steps with a store: %d done; want 1", p.Done)
	}
}

func TestWhatRedisRemovedHadExpired(t *testing.T) {
	s := refused(step.WhyMissing)
	s.Store = "redis"
	if !reading.OfSummary(&s).Expired {
		t.Error("a record that Redis removed by itself had not expired")
	}
}

func TestPathsHaveNoHintTwice(t *testing.T) {
	for _, mechanism := range step.Mechanisms {
		var ids []string
		for _, h := range guide(t).Path(mechanism) {
			if slices.Contains(ids, h.ID) {
				t.Errorf("%s has %s twice", mechanism, h.ID)
			}
			ids = append(ids, h.ID)
		}
	}
}
