package systemtest

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

// F-01 and F-02: a hundred learners click while each store in turn is killed and
// comes back. Who is on another store notices nothing, and who is on that one is
// told which it is, and finds what was acknowledged when it is back.
func TestAClassGoesOnWhenAStoreDiesAndComesBack(t *testing.T) {
	stores := serverStores(t)
	data := t.TempDir()
	p := start(t, append(flagsOf(stores), "--data", data)...)
	c := newClass(t, p, map[string]int{"redis": 25, "mysql": 25, "postgres": 25, "sqlite": 25})
	for _, s := range stores {
		t.Run(names[s.name], func(t *testing.T) {
			c.t = t
			t.Cleanup(func() { _ = s.server.Start() })
			outage(t, c, p.url, s.name, s.server.Kill, s.server.Start)
			for _, a := range c.answers {
				if strings.Contains(a.body, s.server.Addr) {
					t.Fatalf("an answer tells where the store is: %s", a.body)
				}
			}
		})
	}
	// A server's file that is deleted or locked away stays open, and root may use it
	// anyway; that a table is gone hits everybody, and only one store. The server
	// makes a missing table anew, but not in a database of a newer program.
	t.Run("SQLite", func(t *testing.T) {
		c.t = t
		file := filepath.Join(data, "sessionlab.db")
		outage(t, c, p.url, "sqlite",
			func() error { return execute(file, "BEGIN IMMEDIATE; "+hideTable+"; COMMIT") },
			func() error { return execute(file, "BEGIN IMMEDIATE; "+showTable+"; COMMIT") })
	})
	log := ended(t, p)
	for name := range names {
		for _, news := range []string{"store unavailable", "store available again"} {
			if want := fmt.Sprintf("msg=%q store=%s", news, name); !strings.Contains(log, want) {
				t.Errorf("the log has no %s", want)
			}
		}
	}
}

// Statements that hide the table of the sessions, and show it again. While it is
// hidden the database says that it is a newer program's: the server, which looks
// after its stores every two seconds, would otherwise make an empty table in its
// place, sooner or later.
const (
	hideTable = "INSERT INTO goose_sessions (version_id, is_applied) VALUES (99, true); ALTER TABLE sessions RENAME TO away"
	showTable = "ALTER TABLE away RENAME TO sessions; DELETE FROM goose_sessions WHERE version_id = 99"
)

// outage has a class click while a store goes and comes back.
func outage(t *testing.T, c *class, url, store string, kill, revive func() error) {
	var asked, dying, dead, reviving, back, normal time.Time
	c.during(func() {
		asked = time.Now()
		c.await("all stores are used", asked, 1, "", 200)

		dying = time.Now()
		check(t, kill())
		dead = time.Now()
		c.await("the store is asked", dead, 2, store, 0)
		for other := range names {
			if other != store {
				c.await("another store is used", dead, 3, other, 200)
			}
		}
		eventually(t, "readyz tells of the store", func() bool { return get(t, c.learners[0].Client, url+"/readyz") == 503 })
		if got := get(t, c.learners[0].Client, url+"/healthz"); got != 200 {
			t.Errorf("healthz = %d without the store; want 200", got)
		}

		reviving = time.Now()
		check(t, revive())
		back = time.Now()
		c.await("the store is used again", back, 1, store, 200)
		normal = time.Now()
		eventually(t, "readyz tells that all is well", func() bool { return get(t, c.learners[0].Client, url+"/readyz") == 200 })
		c.await("the store is used as before", normal, 2, store, 200)
	})
	of, others := split(c.between(dying, time.Now()), store)
	mustBe(t, "on another store", others, ok)
	mustBe(t, "on the store", of, func(a answer) bool { return ok(a) || refused(a) })
	without, _ := split(c.between(dead, reviving), store)
	mustBe(t, "without the store", without, func(a answer) bool {
		return refused(a) || a.began.Add(a.took).After(reviving)
	})
	with, _ := split(c.between(normal, time.Now()), store)
	mustBe(t, "with the store again", with, ok)
}

func split(answers []answer, store string) (of, others []answer) {
	for _, a := range answers {
		if a.store == store {
			of = append(of, a)
		} else {
			others = append(others, a)
		}
	}
	return of, others
}

// A serverStore is a store on a server that tests share, and its flag.
type serverStore struct {
	name   string
	server *servers.Server
}

func serverStores(t *testing.T) []serverStore {
	t.Helper()
	return []serverStore{{"redis", pool.Redis(t)}, {"mysql", pool.MariaDB(t)}, {"postgres", pool.PostgreSQL(t)}}
}

func flagsOf(stores []serverStore) (flags []string) {
	for _, s := range stores {
		flags = append(flags, "--"+s.name, s.server.URL)
	}
	return flags
}
