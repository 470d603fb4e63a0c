package handlers_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/webtest"
)

// operate does something to the app's server.
func (l *learner) operate(pairs ...string) {
	l.site.t.Helper()
	l.Post("/en/lab/server", pairs...).Want(200)
}

// loggedIn is a new client that has logged in.
func (l *learner) loggedIn() *webtest.Client {
	l.site.t.Helper()
	c := l.site.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	return c
}

// known counts how many of some requests in a row found the user.
func (l *learner) known(c *webtest.Client, requests int) (n int) {
	l.site.t.Helper()
	for range requests {
		if c.Get(l.app+"me").Status == 200 {
			n++
		}
	}
	return n
}

// places are where an app's sessions can be: the setting, and whether they are in the
// memory of its processes.
var places = []struct {
	field, value string
	memory       bool
}{
	{"store", "memory", true}, {"store", "sqlite", false},
	{"mechanism", step.MechanismFlask, false}, {"mechanism", step.MechanismGorilla, false},
}

func TestARestartLosesTheMemoryAndNothingElse(t *testing.T) {
	for _, place := range places {
		t.Run(place.value, func(t *testing.T) {
			s := newSite(t)
			l, neighbour := s.learner(), s.learner()
			l.set(place.field, place.value)
			neighbour.set("store", "memory")
			c, other := l.loggedIn(), neighbour.loggedIn()
			key := settingsOf(t, l)["secret_key"]
			l.operate("do", "restart", "key", "same")
			if got := l.known(c, 2) == 2; got == place.memory {
				t.Errorf("the session is there after a restart: %v; want %v", got, !place.memory)
			}
			if place.memory {
				if recorded := l.step(2); !hasKind(recorded, step.LoadMissing) || hasKind(recorded, step.SessionExpired) {
					t.Errorf("after a restart: %v; want that the record is missing", kinds(recorded))
				}
			}
			if settingsOf(t, l)["secret_key"] != key {
				t.Error("the key is another")
			}
			if neighbour.known(other, 1) != 1 {
				t.Error("the neighbour's session is gone")
			}
			if got := l.entries(); !slices.Equal(got, []step.Entry{{N: 1, After: 1, Kind: step.EntryServerRestarted, Value: "same"}}) {
				t.Errorf("the entries are %+v", got)
			}
		})
	}
}

// Records that have expired are in the memory until they are swept.
func TestARestartLosesWhatHasExpiredToo(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("store", "memory", "lifetime", "10s")
	c := l.loggedIn()
	l.move("1h")
	s.clock.Advance(20 * 1e9)
	l.operate("do", "restart")
	c.Get(l.app + "me").Want(401)
	if recorded := l.step(2); hasKind(recorded, step.SessionExpired) {
		t.Errorf("after a restart: %v; want that nothing is known of the record", kinds(recorded))
	}
}

func TestARandomKeyMakesStrangersOfAll(t *testing.T) {
	for _, place := range places {
		t.Run(place.value, func(t *testing.T) {
			l := newSite(t).learner()
			l.set(place.field, place.value)
			c := l.loggedIn()
			l.operate("do", "restart", "key", "random")
			if n := l.known(c, 2); n != 0 {
				t.Errorf("%d requests are known; want none", n)
			}
			if recorded := l.step(2); !hasKind(recorded, step.SignatureInvalid) {
				t.Errorf("after it: %v; want a signature that is not valid", kinds(recorded))
			}
		})
	}
	l := newSite(t).learner()
	l.set("sign_id", "false")
	c := l.loggedIn()
	l.operate("do", "restart", "key", "random")
	if l.known(c, 1) != 1 {
		t.Error("a key that signs nothing makes strangers")
	}
}

func TestNobodyNoticesAKeyThatIsRotated(t *testing.T) {
	for _, place := range places {
		for keys, known := range map[string]int{"shared": 4, "own": 2} { // of four requests, before it as after
			l := newSite(t).learner()
			l.set(place.field, place.value, "workers", "2", "worker_keys", keys)
			c := l.loggedIn()
			old := settingsOf(t, l)["secret_key"]
			l.operate("do", "rotate")
			s := settingsOf(t, l)
			if s["secret_key"] == old || s["fallback_keys"].([]any)[0] != old {
				t.Errorf("%s, %s: keys are %v, %v after %v", place.value, keys, s["secret_key"], s["fallback_keys"], old)
			}
			if n := l.known(c, 4); n != known {
				t.Errorf("%s, %s: %d of 4 requests are known; want %d", place.value, keys, n, known)
			}
			l.operate("do", "rotate")
			if got := settingsOf(t, l)["fallback_keys"].([]any); len(got) != 2 || got[1] != old {
				t.Errorf("rotated twice, fallbacks are %v; want two, %v last", got, old)
			}
			if got := l.entries()[1]; got != (step.Entry{N: 2, After: 1, Kind: step.EntryKeyChanged, Value: "fallback"}) {
				t.Errorf("the entry is %+v", got)
			}
		}
	}
}

func TestEmptyingTheStoreTakesThisAppsRecordsAlone(t *testing.T) {
	names, add := allStores(t)
	s := newSite(t, add)
	l, neighbour := s.learner(), s.learner()
	for _, store := range names {
		l.set("store", store)
		neighbour.set("store", store)
		c, other := l.loggedIn(), neighbour.loggedIn()
		l.operate("do", "empty")
		if l.known(c, 1) != 0 || neighbour.known(other, 1) != 1 {
			t.Errorf("%s: emptied, but for %v; the neighbour's is there: %v", store, l.known(c, 1), neighbour.known(other, 1) == 1)
		}
		if all := l.entries(); all[len(all)-1].Kind != step.EntryStoreEmptied || all[len(all)-1].Value != store {
			t.Errorf("%s: the entries are %+v", store, all)
		}
	}
}

func TestTwoWorkersTakeTurns(t *testing.T) {
	for _, tt := range []struct {
		keys, memory  string
		field, value  string
		known, signed int // of six requests
	}{
		{"shared", "shared", "store", "memory", 6, 6},
		{"shared", "own", "store", "memory", 3, 6},
		{"shared", "own", "store", "sqlite", 6, 6},
		{"own", "shared", "store", "memory", 3, 3},
		{"own", "shared", "store", "sqlite", 3, 3},
		{"own", "own", "store", "memory", 3, 3},
		{"shared", "own", "mechanism", step.MechanismFlask, 6, 6},
		{"own", "shared", "mechanism", step.MechanismFlask, 3, 3},
		{"own", "shared", "mechanism", step.MechanismGorilla, 3, 3},
	} {
		t.Run(tt.value+", keys "+tt.keys+", memory "+tt.memory, func(t *testing.T) {
			l := newSite(t).learner()
			l.set(tt.field, tt.value, "workers", "2", "worker_keys", tt.keys, "worker_memory", tt.memory)
			c := l.loggedIn()
			if got := l.known(c, 6); got != tt.known {
				t.Errorf("%d of 6 requests are known; want %d", got, tt.known)
			}
			signed := 0
			for n := range 7 {
				recorded := l.step(n + 1)
				if want := n%2 + 1; recorded.Worker != want {
					t.Errorf("worker %d served step %d; want %d", recorded.Worker, n+1, want)
				}
				if n > 0 && hasKind(recorded, step.SignatureValid) {
					signed++
				}
			}
			if signed != tt.signed {
				t.Errorf("%d of 6 signatures are valid; want %d", signed, tt.signed)
			}
			l.set("workers", "1")
			if got := l.known(c, 2); got != 2 { // it was the first who made the session
				t.Errorf("with one worker again, %d of 2 requests are known", got)
			}
			all := l.entries()
			if len(all) != 2 || all[0] != (step.Entry{N: 1, Kind: step.EntryWorkersChanged, Value: "2", Keys: tt.keys, Memory: tt.memory}) {
				t.Errorf("the entries are %+v", all)
			}
		})
	}
}

// A second worker that has gone has taken its memory along.
func TestTheMemoryOfAWorkerGoesWithIt(t *testing.T) {
	l := newSite(t).learner()
	l.set("store", "memory", "workers", "2", "worker_memory", "own")
	l.site.curl().Get(l.app + "me") // the first one's turn
	c := l.loggedIn()
	if key := l.step(2).After.Record.Key; !strings.Contains(key, ".worker2:") {
		t.Fatalf("the second worker stored %s", key)
	}
	l.set("workers", "1")
	l.set("workers", "2")
	if got := l.known(c, 4); got != 0 {
		t.Errorf("%d of 4 requests are known; want none", got)
	}
}

func TestAServerDoesWhatItCanAlone(t *testing.T) {
	s := newSite(t, func(_ *handlers.Options, o *lab.Options) { o.Limits.Entries = 2 })
	l := s.learner()
	for _, form := range [][]string{{"do", "explode"}, {"do", ""}, {"do", "restart", "key", "mine"}} {
		if got := op(t, l.Post("/en/lab/server", form...), 422); codeOf(got) != "bad_choice" {
			t.Errorf("%q: %q", form, codeOf(got))
		}
	}
	l.Post("/en/lab/server").Want(400)
	l.operate("do", "restart")
	l.operate("do", "empty")
	c := l.loggedIn()
	if got := op(t, l.Post("/en/lab/server", "do", "empty"), 409); codeOf(got) != "bench_full" {
		t.Errorf("beyond the limit of entries: %q", codeOf(got))
	}
	l.set("secret_key", "dev", "fallback_keys", settingsOf(t, l)["secret_key"].(string)) // settings can be changed still
	if l.known(c, 1) != 1 {
		t.Error("what was refused was done")
	}
}
