package systemtest

import (
	"io"
	"net"
	"net/http"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// Who the product says it is to servers, with a password that is right or wrong.
const guest, right, wrong = "gu3st", "r1ght", "wr0ng"

// A guarded store is a place of its own on a server, which the guest may use.
type guarded struct {
	prepare  []string             // commands to the server
	address  string               // with GUEST for name and password, and ADDR
	refusals map[string][2]string // commands that begin and end one, by what it is
}

var guards = map[string]guarded{
	"redis": {
		prepare: []string{"ACL SETUSER " + guest + " on >" + right + " ~* &* +@all"},
		address: "redis://GUEST@ADDR/1",
		refusals: map[string][2]string{
			"no rights": {"ACL SETUSER " + guest + " -@all", "ACL SETUSER " + guest + " +@all"},
			"no memory": {"CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0"},
			"read-only": {"CONFIG SET min-replicas-to-write 1", "CONFIG SET min-replicas-to-write 0"},
		},
	},
	"mysql": {
		prepare: []string{"CREATE DATABASE lab", "CREATE USER " + guest + "@'%' IDENTIFIED BY '" + right + "'", "GRANT ALL ON lab.* TO " + guest + "@'%'"},
		address: "GUEST@tcp(ADDR)/lab",
		refusals: map[string][2]string{
			"no table":  {hideTable, showTable},
			"read-only": {"SET GLOBAL read_only = ON", "SET GLOBAL read_only = OFF"},
			// Connections keep the rights that they began with.
			"no rights": {"REVOKE ALL ON lab.* FROM " + guest + "@'%'; KILL USER " + guest, "GRANT ALL ON lab.* TO " + guest + "@'%'"},
		},
	},
	"postgres": {
		prepare: []string{"CREATE ROLE " + guest + " LOGIN PASSWORD '" + right + "'", "CREATE DATABASE lab OWNER " + guest},
		address: "postgres://GUEST@ADDR/lab?sslmode=disable",
		refusals: map[string][2]string{
			"no table":  {hideTable, showTable},
			"no rights": {"REVOKE ALL ON sessions FROM " + guest, "GRANT ALL ON sessions TO " + guest},
			"read-only": {"ALTER DATABASE lab SET default_transaction_read_only = on; " + dropGuests,
				"BEGIN READ WRITE; ALTER DATABASE lab RESET default_transaction_read_only; COMMIT; " + dropGuests},
		},
	},
}

// dropGuests ends the connections of the guest, which keep their settings.
const dropGuests = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + guest + "'"

// F-04: whatever a store refuses, learners are told which store it is, and nobody is
// told where it is, or as whom it is used. When it refuses no more it is used.
func TestWhatAStoreRefusesIsToldWithoutSecrets(t *testing.T) {
	stores := serverStores(t)
	closed := freeAddress(t)
	var good, denied, unreachable []string
	for _, s := range stores {
		g := guards[s.name]
		for _, command := range g.prepare {
			tell(t, s, "", command)
		}
		address := func(addr, password string) string {
			return strings.NewReplacer("GUEST", guest+":"+password, "ADDR", addr).Replace(g.address)
		}
		good = append(good, "--"+s.name, address(s.server.Addr, right))
		denied = append(denied, "--"+s.name, address(s.server.Addr, wrong))
		unreachable = append(unreachable, "--"+s.name, address(closed, right))
	}
	for what, flags := range map[string][]string{"a wrong password": denied, "a closed port": unreachable} {
		p := start(t, append(flags, "--data", t.TempDir())...)
		for _, s := range stores {
			v := visit(t, p.url)
			v.want(200, "/en/lab/settings", "store", s.name)
			mustRefuse(t, s, what, v, closed)
		}
		v := visit(t, p.url)
		v.want(200, v.app+"set", "key", "a", "value", "b")
		endedWithoutSecrets(t, p)
	}
	p := start(t, append(good, "--data", t.TempDir())...)
	for _, s := range stores {
		v := visit(t, p.url)
		v.want(200, "/en/lab/settings", "store", s.name)
		works := func() bool { return ok(v.ask("POST", v.app+"set", "key", "a", "value", "b")) }
		eventually(t, s.name+" is used", works)
		for what, commands := range guards[s.name].refusals {
			tell(t, s, "lab", commands[0])
			t.Cleanup(func() { _, _ = ask(s, "lab", commands[1]) })
			mustRefuse(t, s, what, v, closed)
			tell(t, s, "lab", commands[1])
			eventually(t, s.name+" is used again after "+what, works)
		}
	}
	endedWithoutSecrets(t, p)
}

// mustRefuse checks all that a visitor is shown of a store that refuses a write.
func mustRefuse(t *testing.T, s serverStore, what string, v *visitor, closed string) {
	t.Helper()
	a := v.ask("POST", v.app+"set", "key", "a", "value", "c")
	a.store = s.name
	mustBe(t, what, []answer{a}, refused)
	var bench struct{ Steps []struct{ N int } }
	getJSON(t, v.Client, v.base+"/en/lab", &bench)
	last := bench.Steps[len(bench.Steps)-1].N
	step := "/en/lab/steps/" + strconv.Itoa(last)
	stranger := *v.Client
	stranger.Jar = nil
	everything := []string{guest, right, wrong, s.server.Addr, closed}
	for _, at := range []struct {
		client  *http.Client
		path    string
		accept  string
		secrets []string
	}{
		{v.Client, v.app + "me", "application/json", everything},
		{&stranger, v.app + "me", "text/html", everything},
		{&stranger, "/readyz", "text/html", everything},
		{v.Client, step, "application/json", everything},
		{v.Client, "/en/lab/export.json", "application/json", everything},
		{v.Client, step + "/raw", "text/html", everything},
		{v.Client, step, "text/html", everything[:3]}, // the bench says where its store is
		{v.Client, "/en/lab/side-by-side", "text/html", everything[:3]},
	} {
		text := look(t, at.client, v.base+at.path, at.accept)
		for _, secret := range at.secrets {
			if i := strings.Index(text, secret); i >= 0 {
				t.Errorf("%s: %s: %s as %s tells %q: %.400s", names[s.name], what, at.path, at.accept, secret, text[max(0, i-200):])
			}
		}
	}
	if strings.Contains(a.body, guest) || strings.Contains(a.body, s.server.Addr) {
		t.Errorf("%s: %s: the answer is %s; want no word of where and who", names[s.name], what, a.body)
	}
}

// look returns what is at an address.
func look(t *testing.T, c *http.Client, address, accept string) string {
	t.Helper()
	req, err := http.NewRequest("GET", address, nil)
	check(t, err)
	req.Header.Set("Accept", accept)
	res, err := c.Do(req)
	check(t, err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	check(t, err)
	return string(b)
}

func endedWithoutSecrets(t *testing.T, p *process) {
	t.Helper()
	log := ended(t, p)
	for _, secret := range []string{right, wrong} {
		if at := strings.Index(log, secret); at >= 0 {
			t.Errorf("the log has a password: %.600s", log[max(0, at-300):])
		}
	}
}

// tell has a server run a command, as its administrator.
func tell(t *testing.T, s serverStore, database, command string) {
	t.Helper()
	if out, err := ask(s, database, command); err != nil || s.name == "redis" && out != "OK\n" {
		t.Fatalf("%s: %s: %s, %v", s.name, command, out, err)
	}
}

func ask(s serverStore, database, command string) (string, error) {
	var cmd *exec.Cmd
	switch host, port, _ := net.SplitHostPort(s.server.Addr); s.name {
	case "redis":
		cmd = exec.Command("redis-cli", append([]string{"-u", s.server.URL}, strings.Fields(command)...)...)
	case "mysql":
		cmd = exec.Command("mariadb", "-h", host, "-P", port, "-u", "root", "-e", command, database)
	default:
		url := s.server.URL
		if database != "" {
			url = strings.Replace(url, "/postgres?", "/"+database+"?", 1)
		}
		cmd = exec.Command("psql", "-q", "-v", "ON_ERROR_STOP=1")
		for part := range strings.SplitSeq(command, "; ") {
			cmd.Args = append(cmd.Args, "-c", part)
		}
		cmd.Args = append(cmd.Args, url)
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}
