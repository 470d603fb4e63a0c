package handlers_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

func TestFillingADeadStoreIs503InTime(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"fails", "hangs"} {
		for _, part := range []string{"all of it", "writing"} {
			t.Run(part+" "+how, func(t *testing.T) {
				t.Parallel()
				s, store, _ := frailSite(t)
				store.Backend = session.NewMemory(s.clock.Now)
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
					start := time.Now()
					a := l.Post(path).Want(503)
					if took := time.Since(start); took > 2500*time.Millisecond {
						t.Errorf("%s took %v", path, took)
					}
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
	err := store.Range(t.Context(), "session:"+bench+":fill-", func(k string, _ session.Record) bool {
		key = k
		return false
	})
	if err != nil || key == "" {
		t.Fatalf("nothing fills the bench: %v", err)
	}
	return key
}
