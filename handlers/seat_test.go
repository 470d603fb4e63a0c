package handlers_test

import (
	"strings"
	"testing"
)

// Another program on the same host, by another port, can plant cookies of any name.
func TestOfSeveralSeatsTheOneThatIsSomebodysCounts(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"set", "key", "a", "value", "b").Want(200)
	l.steps() // the seat is stored
	seat, fresh := l.Cookie("seat", "/"), s.learner().Cookie("seat", "/")
	planted := "seat=" + strings.Repeat("A", len(seat))
	for _, cookie := range []string{
		planted + "; seat=" + seat, "seat=" + seat + "; " + planted, "seat=; " + planted + "; seat=" + seat,
		"seat=" + fresh + "; seat=" + seat, "seat=" + seat + "; seat=" + fresh,
	} {
		a := s.carrying(cookie).Get("/en/lab").Want(200)
		var b benchJSON
		if a.JSON(&b); b.Bench != l.bench || a.SetCookie("seat") != "" {
			t.Errorf("with %.30q… the bench is %s; want %s, and no new seat", cookie, b.Bench, l.bench)
		}
	}
	a := s.carrying(planted + "; " + planted + "B").Get("/en/lab").Want(200)
	var b benchJSON
	if a.JSON(&b); b.Bench == l.bench || a.SetCookie("seat") == "" {
		t.Error("two planted seats are no fresh seat")
	}
	c := s.carrying(planted+"; seat="+seat).With("User-Agent", "Mozilla/5.0")
	c.Get(l.app + "me").Want(401)
	if got := l.step(2).Client; got != "browser" {
		t.Errorf("the owner's browser is %s", got)
	}
}
