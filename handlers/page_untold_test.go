package handlers

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/webtest"
)

func TestAPanicWhileWordingStepsShowsThemAsTheyAreStored(t *testing.T) {
	log := new(webtest.Log)
	h := &pages{core: &core{Options: Options{Log: slog.New(log.Handler())}}}
	one, two := &step.Step{N: 1, Agent: "curl"}, &step.Step{N: 2}
	if got := h.attempt(func() {}, one, two); got != nil {
		t.Errorf("of steps that can be told, attempt = %+v; want nil", got)
	}
	got := h.attempt(func() { panic("no words") }, one, two)
	if len(got) != 2 || got[0].N != 1 || !strings.Contains(got[0].Raw, `"agent": "curl"`) || got[1].N != 2 {
		t.Errorf("attempt = %+v; want both steps as JSON", got)
	}
	if !strings.Contains(log.Text(), "step not told") {
		t.Error("the log has no word of it")
	}
	broken := step.Broken("junk", step.Summary{N: 3})
	got = h.attempt(func() { t.Error("a broken step is worded") }, one, broken)
	if len(got) != 1 || got[0].N != 3 || got[0].Raw != "junk" {
		t.Errorf("attempt = %+v; want the broken step alone", got)
	}
}
