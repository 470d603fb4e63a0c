package handlers_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

func TestFillingShowsWhatSessionsCostAndIsUndone(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	if page := l.page("/en/lab/side-by-side"); !strings.Contains(page, "SQLite holds 1 session of this website. Its values take 16 B.") ||
		!strings.Contains(page, "That counts only the values.") {
		t.Errorf("the page lacks what one session costs, or says what it is not")
	}
	to, err := url.Parse(l.Post("/en/lab/fill").Want(303).Header.Get("Location"))
	if err != nil || to.Query().Get("made") != "10000" {
		t.Fatalf("fill leads to %v, %v; want 10000 made", to, err)
	}
	if page := l.page(to.RequestURI()); !strings.Contains(page, "10001 sessions") {
		t.Errorf("the page lacks the count of all sessions")
	}
	l.Post("/en/lab/fill").Want(303)
	c.Get(l.app + "me").Want(200)
	s.curl().Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200) // there is room for more
	l.Post("/en/lab/unfill").Want(303)
	if all := rows(t, s.open(), `SELECT id, data, created, renewed, expires, version FROM sessions`); len(all) != 2 {
		t.Errorf("%d records after removing those that filled; want the learner's two", len(all))
	}
	c.Get(l.app + "me").Want(200)
}

// How soon is for the tests of lab to say, with a clock of their own.
func TestFillingADeadStoreIs503(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"fails", "hangs"} {
		for _, part := range []string{"all of it", "writing"} {
			t.Run(part+" "+how, func(t *testing.T) {
				t.Parallel()
				s, store, _ := frailSite(t)
				store.Backend = session.NewMemory()
				l := s.learner()
				l.Post(l.app+"set", "key", "a", "value", "b").Want(200)
				l.Post("/en/lab/fill").Want(303) // so that there is something to remove
				if err := store.Backend.Delete(t.Context(), anyKey(t, store, l.bench), 0); err != nil {
					t.Fatal(err) // so that there is something to make
				}
				store.writes.set(how)
				if part == "all of it" {
					store.reads.set(how)
				}
				for _, path := range []string{"/en/lab/fill", "/en/lab/unfill"} {
					a := l.Post(path).Want(503)
					if !strings.Contains(a.Body, "store_unavailable") {
						t.Errorf("%s answers %s; want store_unavailable", path, a.Body)
					}
				}
			})
		}
	}
}

// anyKey is the key of one of the sessions that fill a bench.
func anyKey(t *testing.T, store *frail, bench string) (key string) {
	t.Helper()
	err := store.Range(t.Context(), "session:"+bench+":fill-", time.Now(), func(k string, _ session.Record) bool {
		key = k
		return false
	})
	if err != nil || key == "" {
		t.Fatalf("nothing fills the bench: %v", err)
	}
	return key
}
