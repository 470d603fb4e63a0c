package systemtest

import (
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
)

func TestKill9KeepsTheClockOfABench(t *testing.T) {
	flags := []string{"--data", t.TempDir()}
	p := start(t, flags...)
	var bench struct {
		App     string
		Clock   struct{ Ahead string }
		Entries []struct{ Kind, Value string }
	}
	jar, err := cookiejar.New(nil)
	check(t, err)
	owner := &http.Client{Jar: jar} // cookies have no port: the seat is good after a restart
	getJSON(t, owner, p.url+"/en/lab", &bench)
	res, err := owner.Post(p.url+"/en/lab/clock", "application/x-www-form-urlencoded", strings.NewReader("move=31d"))
	check(t, err)
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("the clock answers %d", res.StatusCode)
	}
	check(t, p.Process.Kill())
	_ = p.Wait()

	p = start(t, flags...)
	getJSON(t, owner, p.url+"/en/lab", &bench)
	if bench.Clock.Ahead != "31d" || len(bench.Entries) != 1 || bench.Entries[0].Kind != "clock.moved" || bench.Entries[0].Value != "31d" {
		t.Errorf("after a kill, the clock is %q ahead, with entries %+v; want 31d, and that it was moved", bench.Clock.Ahead, bench.Entries)
	}
}
