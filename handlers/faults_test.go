package handlers_test

import (
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/session"
)

// faults are all that stores tell of.
var faults = []session.Fault{
	session.FaultUnreachable, session.FaultSlow, session.FaultCrowded, session.FaultDenied, session.FaultNoDatabase, session.FaultNoTable,
	session.FaultReadOnly, session.FaultFull, session.FaultLocked, session.FaultBroken, session.FaultUnknown,
}

// F-04: each fault has a message of its own, in both languages, that names the
// store and tells nothing that a learner should not know.
func TestEachFaultIsToldInItsOwnWords(t *testing.T) {
	s, store, _ := frailSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	promise := map[i18n.Lang]string{i18n.En: "as soon as SQLite is back", i18n.Zh: "恢复后就能读到"}
	for lang, back := range promise {
		seen := map[string]session.Fault{}
		for _, fault := range faults {
			store.reads.set(string(fault))
			got := op(t, c.With("Accept-Language", string(lang)).Get(l.app+"me"), 503)
			says := got.Error.Message
			if other, twice := seen[says]; twice || codeOf(got) != "store_unavailable" {
				t.Errorf("%s: %s reads as %s: %q", lang, fault, other, says)
			}
			seen[says] = fault
			if !strings.Contains(says, "SQLite") || strings.Contains(says, "canary") || strings.ContainsAny(says, "{}@") {
				t.Errorf("%s: %s reads %q; want the store's name and no more", lang, fault, says)
			}
			comes := fault == session.FaultUnreachable || fault == session.FaultSlow || fault == session.FaultCrowded || fault == session.FaultUnknown
			if strings.Contains(says, back) != comes {
				t.Errorf("%s: %s reads %q, which promises what it must not, or not what it may", lang, fault, says)
			}
		}
	}
}

func TestPagesTellWhyAStoreCannotBeChosen(t *testing.T) {
	state := map[string]error{"memory": session.FaultNoTable.Error("canary: user@10.0.0.7")}
	s := newSite(t, func(h *handlers.Options, _ *lab.Options) {
		h.StoreState = func(name string) error { return state[name] }
	})
	l := s.learner().With("Accept", "text/html")
	for _, tt := range []struct {
		path string
		want []string
	}{
		{"/en/lab/side-by-side", []string{"The table of sessions is missing in Memory."}},
		{"/en/lab/settings", []string{"The table of sessions is missing in Memory.", `<option value="memory" disabled>memory (not available)`}},
		{"/en/lab/config", []string{"The table of sessions is missing in Memory.", `<option value="memory" disabled>memory (not available)`}},
		{"/zh/lab/settings", []string{"内存 里没有存放会话的表。", "现在用不了"}},
	} {
		body := l.Get(tt.path).Want(200).Body
		for _, want := range tt.want {
			if !strings.Contains(body, want) {
				t.Errorf("%s does not say %q", tt.path, want)
			}
		}
		if strings.Contains(body, "canary") || strings.Contains(body, "SQLite does") {
			t.Errorf("%s tells too much", tt.path)
		}
	}
	delete(state, "memory")
	if body := l.Get("/en/lab/settings").Want(200).Body; strings.Contains(body, "not available") {
		t.Error("a store that is back is still said to be away")
	}
}

// Pages of the product also say which store does not answer, and why.
func TestThePagesNameTheStoreThatFails(t *testing.T) {
	s, store, state := frailSite(t)
	l := s.learner()
	s.curl().Post(l.app+"set", "key", "a", "value", "b").Want(200)
	message := func(path string) string {
		t.Helper()
		var got struct {
			Error struct{ Code, Message string }
		}
		if l.Post(path).Want(503).JSON(&got); got.Error.Code != "store_unavailable" {
			t.Errorf("POST %s = %q", path, got.Error.Code)
		}
		return got.Error.Message
	}
	store.reads.set("unreachable")
	store.writes.set("full")
	for path, want := range map[string]string{
		"/en/lab/fill": "SQLite cannot be reached", "/en/lab/unfill": "SQLite cannot be reached",
		"/zh/lab/fill": "连不上 SQLite",
	} {
		if got := message(path); !strings.Contains(got, want) {
			t.Errorf("POST %s is answered %q; want %q", path, got, want)
		}
	}
	store.reads.set("")
	if got := message("/en/lab/fill"); !strings.Contains(got, "SQLite has no space left") {
		t.Errorf("a full store reads %q", got)
	}
	store.writes.set("")
	state.set("locked")
	var got struct{ Error struct{ Message string } }
	l.Get("/en/lab").Want(503).JSON(&got)
	if !strings.Contains(got.Error.Message, "Another program has locked SQLite.") || !strings.Contains(got.Error.Message, "Benches") {
		t.Errorf("a locked state reads %q", got.Error.Message)
	}
	state.set("")
	state.steps.set("full")
	s.curl().Get(l.app + "me").Want(503).JSON(&got)
	if !strings.Contains(got.Error.Message, "SQLite has no space left") || !strings.Contains(got.Error.Message, "could not be recorded") {
		t.Errorf("a step for which there is no space reads %q", got.Error.Message)
	}
}

func TestAStoreThatDoesNotAnswerIsNotSaidToHoldNothing(t *testing.T) {
	s, store, _ := frailSite(t)
	l := s.learner()
	s.curl().Post(l.app+"set", "key", "a", "value", "b").Want(200)
	page := l.With("Accept", "text/html")
	store.reads.set("unreachable")
	body := page.Get("/en/lab/side-by-side").Want(200).Body
	if strings.Contains(body, "Nothing is stored on the server") || !strings.Contains(body, "SQLite cannot be reached") {
		t.Error("the page says that sessions cost nothing when it does not know")
	}
	if body := page.Get("/en/lab").Want(200).Body; strings.Contains(body, "holds 0 sessions") || !strings.Contains(body, "nobody knows how many sessions") {
		t.Error("the bench counts what cannot be counted")
	}
	l.set("mechanism", "flask")
	if body := page.Get("/en/lab/side-by-side").Want(200).Body; !strings.Contains(body, "Nothing is stored on the server") {
		t.Error("the page does not say that sessions in cookies cost the server nothing")
	}
}
