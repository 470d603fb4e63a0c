package handlers_test

import (
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/sessionlab/sessionlab/internal/step"
)

// After the run of an experiment the picture is of the act that tells its cases apart, and
// leads on to the other acts of the run, those without a request among them.
func TestARunInALessonShowsWhatDecidedIt(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "flags"), "en")
	p.skip()
	for act, sent := range map[string]bool{"wifi-open": true, "wifi-shut": false} {
		p.do(act)
		p.open(p.address(""))
		n := must(strconv.Atoi(p.drawnStep()))(t)
		s := must(p.bench.Step(t.Context(), n))(t)
		if s.Op != step.OpMe || s.BrowserName != "Alice" {
			t.Errorf("%s: drawn is %s by %s; want Alice's request over plain http", act, s.Op, s.BrowserName)
		}
		got := false
		for _, e := range s.Events {
			got = got || e.Kind == step.CookieRead
		}
		if got != sent {
			t.Errorf("%s: the drawn request brought a cookie: %v", act, got)
		}
		p.says("Act 2 of 4: ")
		p.stop("next")
		p.says("Act 3 of 4: ")
		p.stop("prev")
		p.drawnIs(n)
	}
}

// stop goes to the act before or after.
func (p *pupil) stop(rel string) {
	p.t.Helper()
	p.open(attribute(p.first("a", func(a *html.Node) bool { return attribute(a, "rel") == rel }), "href"))
}

// What decided may be no request: then its bytes stand below the step before it.
func TestARunThatTriedKeysSaysSo(t *testing.T) {
	for act, says := range map[string]string{"random-key": "tried", "random-ids": "tried"} {
		p := newCourse(t).take(t, lessonCalled(t, "guess-and-forge"), "en")
		p.skip()
		p.do(act)
		p.open(p.address(""))
		bar := said(p.first("p", classed("act-of")))
		if !strings.Contains(strings.ToLower(bar), says) {
			t.Errorf("%s: the bar says %q", act, bar)
		}
	}
}
