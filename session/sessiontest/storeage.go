package sessiontest

import "time"

func ownOptions(v *visit) {
	r := v.request()
	v.open(r, "a").Options.Path = "/elsewhere"
	if got := v.open(r, "b").Options.Path; got == "/elsewhere" {
		v.Error("changed options of one session are seen by another")
	}
	if got := v.open(v.request(), "a").Options.Path; got == "/elsewhere" {
		v.Error("changed options of one session are seen by the next request")
	}
}

func negativeMaxAge(v *visit) {
	old := v.set("a", "k", "v").Value
	v.set("b", "k", "v")
	r := v.request()
	s := v.open(r, "a")
	s.Options.MaxAge = -1
	c := v.save(r, s)
	if c == nil {
		v.Fatal("Save with a negative MaxAge sets no cookie")
	}
	if c.MaxAge >= 0 && (c.Expires.IsZero() || c.Expires.After(time.Now())) {
		v.Errorf("Save with a negative MaxAge sets the cookie %v; want one that has expired", c)
	}
	if !v.traits.Stateless {
		v.fresh("a", old)
	}
	v.has("a", "k", nil)
	v.has("b", "k", "v")

	r = v.request() // without a stored session, there is nothing to fail
	s = v.open(r, "none")
	s.Options.MaxAge = -1
	v.save(r, s)
}

func zeroMaxAge(v *visit) {
	r := v.request()
	s := v.open(r, "a")
	s.Options.MaxAge = 0
	s.Values["k"] = "v"
	c := v.save(r, s)
	if c != nil && v.traits.DropsZeroMaxAge {
		v.fresh("a", c.Value)
		return
	}
	if c == nil || c.MaxAge != 0 || !c.Expires.IsZero() {
		v.Fatalf("Save with a MaxAge of 0 sets the cookie %v; want one without Max-Age and Expires", c)
	}
	v.has("a", "k", "v")
}

func positiveMaxAge(v *visit) {
	r := v.request()
	s := v.open(r, "a")
	s.Options.MaxAge = 3600
	s.Values["k"] = "v"
	if c := v.save(r, s); c == nil || c.MaxAge != 3600 {
		v.Errorf("Save with a MaxAge of 3600 sets the cookie %v; want one with Max-Age=3600", c)
	}
	v.has("a", "k", "v")
}
