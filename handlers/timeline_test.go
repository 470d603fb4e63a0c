package handlers_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

var chip = regexp.MustCompile(`class="chip" href="(\?step=(\d+)[^"]*)"`)

// stripOf returns the numbers of the steps on the strip, and where the first leads.
func stripOf(page string) (numbers, first string) {
	var list []string
	for _, m := range chip.FindAllStringSubmatch(page, -1) {
		list = append(list, m[2])
		if first == "" {
			first = m[1]
		}
	}
	return strings.Join(list, " "), first
}

func TestTheTimelineShowsTheStepsOfOneKindOfClient(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	page := l.With("Accept", "text/html")
	for i, agent := range []string{"Mozilla/5.0", "curl/8", "Mozilla/5.0", "python", "curl/8", "Mozilla/5.0"} {
		l.With("User-Agent", agent).Post(l.app+"set", "key", "a", "value", fmt.Sprint(i)).Want(200)
	}
	for _, tt := range []struct{ query, strip, first, links string }{
		{"", "1 2 3 4 5 6", "?step=1", "1 5 -"},
		{"?client=curl", "2 5", "?step=2&amp;client=curl", "2 2 -"},
		{"?step=3&client=curl", "2 5", "?step=2&amp;client=curl", "2 2 5"},
		{"?step=2&client=curl&event=1", "2 5", "?step=2&amp;client=curl", "2 - 5"},
		{"?client=program", "4", "?step=4&amp;client=program", "4 - -"},
		{"?client=other-browser", "", "", "- - -"},
		{"?client=nonsense", "1 2 3 4 5 6", "?step=1", "1 5 -"},
	} {
		body := page.Get("/en/lab" + tt.query).Want(200).Body
		strip, first := stripOf(body)
		if strip != tt.strip || first != tt.first {
			t.Errorf("%q shows the steps %q, the first at %q; want %q, %q", tt.query, strip, first, tt.strip, tt.first)
		}
		if got := strings.Join([]string{wayTo(body, "first"), wayTo(body, "prev"), wayTo(body, "next")}, " "); got != tt.links {
			t.Errorf("%q leads to first, previous and next %q; want %q", tt.query, got, tt.links)
		}
		if !strings.Contains(body, `data-newest="6"`) {
			t.Errorf("%q does not tell the newest step", tt.query)
		}
	}
}

// wayTo is the number of the step that a link of the timeline leads to, or "-".
func wayTo(page, name string) string {
	m := regexp.MustCompile(`id="step-` + name + `" href="[^"]*step=(\d+)`).FindStringSubmatch(page)
	if m == nil {
		return "-"
	}
	return m[1]
}

func TestAnEventHasAnAddress(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	page := l.With("Accept", "text/html")
	last := len(l.step(1).Events)
	for query, position := range map[string]int{
		"?step=1": last + 1, "?step=1&event=0": 0, "?step=1&event=1": 1, "?event=3": 3, fmt.Sprintf("?step=1&event=%d", last): last,
	} {
		if body := page.Get("/en/lab" + query).Want(200).Body; !strings.Contains(body, fmt.Sprintf(`data-position="%d"`, position)) {
			t.Errorf("%q does not stand at %d", query, position)
		}
	}
	for _, event := range []string{"-1", "x", "1.5", fmt.Sprint(last + 1), "99999999999999999999"} {
		page.Get("/en/lab?step=1&event=" + event).Want(404)
	}
}

func TestAPageIsPresentedByItsAddress(t *testing.T) {
	s := newSite(t)
	page := s.Browser(t)
	if body := page.Get("/zh/lab?present").Want(200).Body; !strings.Contains(body, "data-present>") {
		t.Error("the page is not in its form for a projector")
	}
	if body := page.Get("/zh/lab").Want(200).Body; strings.Contains(body, "data-present>") {
		t.Error("the page is in its form for a projector unasked")
	}
}
