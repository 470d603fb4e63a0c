package sessiontest

import (
	"net/http/httptest"
	"strings"

	"github.com/gorilla/sessions"
)

func getCaches(v *visit) {
	r := v.request()
	first := v.open(r, "a")
	first.Values["k"] = "v"
	if second := v.open(r, "a"); second != first {
		v.Error("the second Get of a request returns another session than the first")
	}
	if third, err := sessions.GetRegistry(r).Get(v.store, "a"); third != first || err != nil {
		v.Errorf("the registry returns %p, %v; want the session %p of Get", third, err, first)
	}
	if other := v.open(r, "b"); other == first || len(other.Values) != 0 {
		v.Error("Get of another name returns the same session or its values")
	}
}

func newIsNew(v *visit) {
	v.set("a", "k", "v")
	r := v.request()
	first := v.open(r, "a")
	first.Values["k"] = "changed"
	second, err := v.store.New(r, "a")
	if second == nil || err != nil || second == first || second.Values["k"] != "v" {
		v.Errorf("New(%q) = %+v, %v; want another session than Get, with what is stored", "a", second, err)
	}
}

func saveAndFind(v *visit) {
	r := v.request()
	s := v.open(r, "a")
	if !s.IsNew || len(s.Values) != 0 {
		v.Fatalf("without a cookie, IsNew = %v and Values = %v; want true and none", s.IsNew, s.Values)
	}
	s.Values["text"] = "日本 <'\";=\x00>"
	s.Values["number"] = 42
	s.Values["truth"] = true
	v.save(r, s)
	for range 2 {
		s := v.open(v.request(), "a")
		if s.IsNew {
			v.Fatal("the next request sees IsNew")
		}
		if s.Values["text"] != "日本 <'\";=\x00>" || s.Values["number"] != 42 || s.Values["truth"] != true {
			v.Fatalf("the next request sees %#v; want what was saved", s.Values)
		}
	}
	v.set("a", "more", "m")
	v.has("a", "more", "m")
	v.has("a", "number", 42)
}

func unsaved(v *visit) {
	v.set("a", "k", "saved")
	v.open(v.request(), "a").Values["k"] = "not saved"
	v.has("a", "k", "saved")
}

func removedValue(v *visit) {
	v.set("a", "k", "v")
	v.set("a", "other", "v")
	r := v.request()
	s := v.open(r, "a")
	delete(s.Values, "k")
	v.save(r, s)
	v.has("a", "k", nil)
	v.has("a", "other", "v")
}

func noCookie(v *visit) {
	s, err := v.store.New(v.request(), "a")
	if s == nil || err != nil || !s.IsNew || s.Values == nil || s.Options == nil || s.Name() != "a" {
		v.Fatalf("New without a cookie = %+v, %v; want a new session", s, err)
	}
}

func garbageCookie(v *visit) {
	for _, cookie := range []string{
		"", "x", "=", "==", ".", "..", "/", "../../etc/passwd", "%00", "a|b|c", "null", "{}", "\"quoted\"",
		"MTIz", "0", "-1", "\xff\xfe", "\U0001F36A", "' OR 1=1 --", strings.Repeat("A", 4096), strings.Repeat("A.", 50_000),
		strings.Repeat("0", 64), strings.Repeat("=", 1000),
	} {
		v.fresh("a", cookie)
	}
}

func tamperedCookie(v *visit) {
	cookie := v.set("a", "k", "v").Value
	v.has("a", "k", "v")
	for _, i := range []int{0, 1, len(cookie) / 3, len(cookie) / 2, len(cookie) - 2} {
		flipped := byte('A')
		if cookie[i] >= 'A' && cookie[i] <= 'P' {
			flipped = 'z' // the last letters of base64 have bits that do not count, but never these
		}
		v.fresh("a", cookie[:i]+string(flipped)+cookie[i+1:])
	}
	v.fresh("a", cookie[1:])
	v.fresh("a", cookie[:len(cookie)-4])
	v.fresh("a", cookie+"AAAA")
	v.fresh("a", cookie+cookie)
}

func foreignName(v *visit) {
	v.fresh("b", v.set("a", "k", "v").Value)
}

func twoNames(v *visit) {
	v.set("a", "k", "of a")
	v.set("b", "k", "of b")
	v.has("a", "k", "of a")
	v.has("b", "k", "of b")
	r := v.request()
	a, b := v.open(r, "a"), v.open(r, "b")
	a.Values["k"], b.Values["k"] = "new a", "not saved"
	v.save(r, a)
	v.has("a", "k", "new a")
	v.has("b", "k", "of b")
}

func twoVisitors(v *visit) {
	other := &visit{TB: v.TB, store: v.store, traits: v.traits}
	mine, theirs := v.set("a", "k", "mine"), other.set("a", "k", "theirs")
	if mine.Value == theirs.Value {
		v.Fatal("two visitors get the same cookie")
	}
	v.has("a", "k", "mine")
	other.has("a", "k", "theirs")
}

func saveAll(v *visit) {
	r := v.request()
	v.open(r, "a").Values["k"] = "of a"
	v.open(r, "b").Values["k"] = "of b"
	w := httptest.NewRecorder()
	if err := sessions.Save(r, w); err != nil {
		v.Fatalf("sessions.Save = %v; want nil", err)
	}
	if w.Body.Len() != 0 {
		v.Error("sessions.Save writes a body")
	}
	v.receive(w)
	v.has("a", "k", "of a")
	v.has("b", "k", "of b")
}
