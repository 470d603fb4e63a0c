package handlers_test

import (
	"testing"
)

func TestVisitsAloneStoreNothing(t *testing.T) {
	s := newSite(t)
	for range 10 {
		b := s.Browser(t)
		b.Get("/").Want(302)
		b.Get("/en/").Want(200)
		b.Get("/zh/lab").Want(200)
		b.Get("/en/lab?step=1").Want(404)
		b.Get("/en/lab/steps/1").Want(404)
		b.Get("/healthz").Want(200)
		b.Get("/readyz").Want(200)
	}
	l := s.learner()
	for _, table := range []string{"seats", "benches", "steps", "sessions"} {
		if n := s.count(table); n != 0 {
			t.Errorf("%d rows in %s after visits; want none", n, table)
		}
	}

	// The first request to the app makes it worth keeping.
	l.Get(l.app + "me").Want(401)
	l.Get("/en/lab").Want(200)
	for table, want := range map[string]int{"seats": 1, "benches": 1, "steps": 1, "sessions": 0} {
		if n := s.count(table); n != want {
			t.Errorf("%d rows in %s after the first request; want %d", n, table, want)
		}
	}
}

func TestAnAddressThatWasNotIssuedIsNobodys(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	other := []byte(l.bench)
	other[0] ^= 1
	for _, id := range []string{"0000000000000000", "x", "..", "%2e%2e", l.bench[:15], l.bench + "0", string(other), "%00", "ABCDEFGHJKMNPQRS"} {
		for _, path := range []string{"/app/" + id + "/", "/app/" + id + "/me", "/app/" + id} {
			c.Get(path).Want(404)
		}
		c.Post("/app/"+id+"/set", "key", "a", "value", "b").Want(404)
	}
	for _, table := range []string{"benches", "steps", "sessions"} {
		if n := s.count(table); n != 0 {
			t.Errorf("%d rows in %s; want none", n, table)
		}
	}
}
