package handlers_test

import (
	"net/url"
	"testing"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/step"
)

// The note's program answers with plain text, and its acts are told as steps all the same.
func TestAnActOfTheNotesProgramIsAStep(t *testing.T) {
	l := newSite(t).learner()
	l.set("mechanism", "flask")
	alice, mallory := l.browser("Alice"), l.browser("Mallory")
	app := must(url.Parse(l.site.URL + l.app))(t)
	b := must(l.site.lab.Bench(t.Context(), l.bench))(t)
	for i, op := range []step.Op{step.OpIndex, step.OpGetSession, step.OpDeleteSession} {
		mallory.send("me")
		did := must(l.site.runner().Do(t.Context(), b, experiment.Act{ID: "it", By: "alice", Send: string(op)}, experiment.Hand{
			Browsers: map[string]string{"alice": alice.id}, Language: "en", App: app,
		}))(t)
		if want := 2 * (i + 1); did.Step != want {
			t.Errorf("%s is step %d; want %d", op, did.Step, want)
		}
		if s := l.step(2 * (i + 1)); s.Op != op || s.Browser != alice.id || s.Response.Status != 200 {
			t.Errorf("step %d is %s by %q, %d", s.N, s.Op, s.BrowserName, s.Response.Status)
		}
	}
}
