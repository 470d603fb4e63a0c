package systemtest

import (
	"database/sql"
	"errors"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

// elsewhere is a store on another server, and how its own shell reads a record.
type elsewhere struct {
	name, flag string
	server     *servers.Server
	shell      func(key string) *exec.Cmd
	drop       func() *exec.Cmd // its table; nil: it has none
}

// storesElsewhere are the stores on other servers, by name.
var storesElsewhere = map[string]func(t *testing.T) elsewhere{
	"Redis": func(t *testing.T) elsewhere {
		s := pool.Redis(t)
		return elsewhere{"redis", "--redis", s, func(key string) *exec.Cmd {
			return exec.Command("redis-cli", "-u", s.URL, "HGET", key, "data")
		}, nil}
	},
	"MySQL": func(t *testing.T) elsewhere {
		s := pool.MariaDB(t)
		host, port, _ := strings.Cut(s.Addr, ":")
		return elsewhere{"mysql", "--mysql", s, func(key string) *exec.Cmd {
			return exec.Command("mariadb", "-h", host, "-P", port, "-u", "root", "--default-character-set=utf8mb4", "--skip-column-names", "--raw",
				"sessions", "-e", "SELECT data FROM sessions WHERE id = '"+key+"'")
		}, func() *exec.Cmd {
			return exec.Command("mariadb", "-h", host, "-P", port, "-u", "root", "sessions", "-e", "DROP TABLE sessions")
		}}
	},
	"PostgreSQL": func(t *testing.T) elsewhere {
		s := pool.PostgreSQL(t)
		return elsewhere{"postgres", "--postgres", s, func(key string) *exec.Cmd {
			return exec.Command("psql", "-t", "-A", "-c", "SELECT data FROM sessions WHERE id = '"+key+"'", s.URL)
		}, func() *exec.Cmd { return exec.Command("psql", "-c", "DROP TABLE sessions", s.URL) }}
	},
}

func TestStoresOnOtherServers(t *testing.T) {
	for name, open := range storesElsewhere {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := open(t)
			t.Run("its own shell shows the very record", func(t *testing.T) { testRecord(t, e) })
			t.Run("it is given up in time when it is slow", func(t *testing.T) { testSlow(t, e) })
			if e.drop != nil {
				t.Run("its table is made again when it is gone", func(t *testing.T) { testEmpty(t, e) })
			}
		})
	}
}

// using starts the program with a store, and visits it twice: by one who keeps
// sessions there, and by one who keeps them in SQLite.
func using(t *testing.T, e elsewhere) (p *process, v, other *visitor) {
	t.Helper()
	p = start(t, e.flag, e.server.URL, "--data", t.TempDir())
	v, other = visit(t, p.url), visit(t, p.url)
	v.want(200, "/en/lab/settings", "store", e.name)
	eventually(t, e.name+" answers", func() bool {
		status, _ := v.post(v.app+"login", "uname", "momo", "pwd", "123")
		return status == 200
	})
	return p, v, other
}

func testRecord(t *testing.T, e elsewhere) {
	_, v, _ := using(t, e)
	v.want(200, v.app+"set", "key", "城市", "value", "it's \"so\" 🍵")
	key, raw := v.record()
	out, err := e.shell(key).Output()
	if err != nil {
		t.Fatal(err)
	}
	if shown := strings.TrimSuffix(string(out), "\n"); shown != raw || !strings.Contains(raw, "城市") {
		t.Errorf("its own shell reads %q; the page shows %q", shown, raw)
	}
}

// F-03: a store that does not answer is given up while it keeps silent, and holds
// up no other meanwhile.
func testSlow(t *testing.T, e elsewhere) {
	_, v, other := using(t, e)
	other.want(200, other.app+"login", "uname", "alice", "pwd", "rabbit")
	write := func() <-chan answer {
		given := make(chan answer, 1)
		go func() {
			a := v.ask("POST", v.app+"set", "key", "a", "value", "b")
			a.store = e.name
			given <- a
		}()
		return given
	}
	check(t, e.server.Pause())
	paused := time.Now()
	given := write()
	eventually(t, "readyz tells of the store", func() bool { return get(t, other.Client, other.base+"/readyz") == 503 })
	told := time.Since(paused) // who asks whether it is there has the same patience
	a := <-given
	mustBe(t, "a write to a paused store", []answer{a}, refused)
	if a.took > 3*told {
		t.Errorf("a write to a paused store is given up after %v; readyz tells of the store after %v", a.took, told)
	}
	eventually(t, "a bench on SQLite is answered before one on the silent store", func() bool {
		given := write()
		other.want(200, other.app+"set", "key", "a", "value", "b")
		before := len(given) == 0
		<-given
		return before
	})
	check(t, e.server.Resume())
	eventually(t, "the store is used again", func() bool {
		status, _ := v.post(v.app+"set", "key", "a", "value", "b")
		return status == 200
	})
}

func TestAStoreThatIsAwayAtTheStartIsUsedWhenItComes(t *testing.T) {
	t.Parallel()
	redis := servers.Redis(t)
	if err := redis.Stop(); err != nil {
		t.Fatal(err)
	}
	v := visit(t, start(t, "--redis", redis.URL, "--data", t.TempDir()).url)
	v.want(200, "/en/lab/settings", "store", "redis")
	v.want(503, v.app+"login", "uname", "momo", "pwd", "123")
	if err := redis.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "Redis is used", func() bool {
		status, _ := v.post(v.app+"login", "uname", "momo", "pwd", "123")
		return status == 200
	})
}

// Whoever sends requests to a process as soon as it is ready asks at once.
func TestAProcessThatAnswersHasAskedItsStores(t *testing.T) {
	redis := servers.Redis(t)
	flags := []string{"--redis", redis.URL, "--data", t.TempDir()}
	p := start(t, flags...)
	if status := get(t, http.DefaultClient, p.url+"/readyz"); status != 200 {
		t.Errorf("the first readyz = %d with all stores there", status)
	}
	ended(t, p)
	check(t, redis.Pause())
	p = start(t, flags...) // a store that keeps silent does not hold it up
	if status := get(t, http.DefaultClient, p.url+"/readyz"); status != 503 {
		t.Errorf("readyz = %d while a store keeps silent", status)
	}
	check(t, redis.Resume())
}

func TestBadAddressesOfStoresNameTheFlag(t *testing.T) {
	for flag, bad := range map[string]string{"--redis": "http://secret@x", "--mysql": "secret", "--postgres": "postgres://u:secret@[::1"} {
		out, err := command(t, flag, bad).CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 2 || !strings.Contains(string(out), flag) || strings.Contains(string(out), "secret") || strings.Count(string(out), "\n") != 1 {
			t.Errorf("%s %s = %v, %q; want exit 2 and one line that names the flag", flag, bad, err, out)
		}
	}
}

// F-07 and F-08: where nothing can be written the server is not ready, says why,
// and is ready again once it can be.
func TestAFileThatTakesNoWritesIsTold(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	p := start(t, "--data", folder)
	v := visit(t, p.url)
	v.want(200, v.app+"login", "uname", "momo", "pwd", "123")

	db, err := sql.Open("sqlite", filepath.Join(folder, "sessionlab.db"))
	check(t, err)
	defer db.Close()
	other, err := db.Conn(t.Context())
	check(t, err)
	_, err = other.ExecContext(t.Context(), "BEGIN IMMEDIATE")
	check(t, err)
	eventually(t, "a write to a locked file is refused for the lock", func() bool { // on a busy machine one may just take too long
		status, body := v.post(v.app+"set", "key", "tea", "value", "green")
		if status != 503 || strings.Contains(body, "database is locked") {
			t.Errorf("a write to a locked file = %d %s; want 503, and the reason in our words", status, body)
		}
		return strings.Contains(body, "locked SQLite")
	})
	eventually(t, "readyz tells that nothing can be written", func() bool {
		res, err := v.Get(p.url + "/readyz")
		check(t, err)
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		check(t, err)
		return res.StatusCode == 503 && string(body) == "not ready\nAnother program has locked SQLite.\n"
	})
	_, err = other.ExecContext(t.Context(), "ROLLBACK")
	check(t, err)
	eventually(t, "readyz tells that it can be", func() bool { return get(t, v.Client, p.url+"/readyz") == 200 })
	v.want(200, v.app+"set", "key", "tea", "value", "green")
}

// A server that came back without its tables is used again, too, with new ones.
func testEmpty(t *testing.T, e elsewhere) {
	_, v, _ := using(t, e)
	if out, err := e.drop().CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if status, body := v.post(v.app+"set", "key", "a", "value", "b"); status == 503 && (!strings.Contains(body, "table") || strings.Contains(body, "as soon as")) {
		t.Errorf("without its table it is told as %s", body)
	}
	eventually(t, "it has a table again", func() bool {
		status, _ := v.post(v.app+"login", "uname", "momo", "pwd", "123")
		return status == 200
	})
}
