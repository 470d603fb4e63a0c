package handlers_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// In a sentence a long value is cut. A line of code has room for the whole of it.
func TestALineOfCodeHasItsValuesWhole(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "where"), "en")
	p.skip()
	p.do("to-flask", "log-in", "set-pin")
	p.open(p.address("?part=q1.observe"))
	article := p.first("article", func(*html.Node) bool { return true })
	if text, want := said(article), `{"pin":"4711","uname":"momo"}`; !strings.Contains(text, want) {
		t.Errorf("the page lacks %s: %s", want, text)
	}
}
