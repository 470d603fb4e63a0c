package systemtest

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// F-05: a server that is stopped under load finishes what it began, and finds its
// sessions again where they outlive it. Of those that do not, it can tell why.
func TestARestartUnderLoadFailsNoRequestAndKeepsSessions(t *testing.T) {
	const enough = 300
	flags := append(flagsOf(serverStores(t)), "--data", t.TempDir(), "--burst", "100000", "--rate", "100000")
	p := start(t, flags...)
	c := newClass(t, p, map[string]int{"memory": 1, "sqlite": 1, "redis": 1, "mysql": 1, "postgres": 1})
	for _, l := range c.learners {
		// A connection of its own for each request: one that is idle may be closed just
		// when it is used.
		l.Transport = &http.Transport{DisableKeepAlives: true}
		eventually(t, l.store+" is open", func() bool { return ok(l.ask("POST", l.app+"login", "uname", "momo", "pwd", "123")) })
	}
	var answered atomic.Int64
	var wg sync.WaitGroup
	for _, l := range c.learners {
		wg.Go(func() {
			for {
				a := l.click()
				if stopped(a.err) {
					return
				}
				if a.err != nil || !ok(a) {
					t.Errorf("a request while the server stops: %v; want 200", a)
					return
				}
				if answered.Add(1) == enough {
					if err := p.Process.Signal(syscall.SIGTERM); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	if answered.Load() < enough {
		t.Fatalf("there were %d answers; want %d before it is stopped", answered.Load(), enough)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("the server ends with %v; want exit 0", err)
	}
	p = start(t, flags...)
	for _, l := range c.learners {
		l.base = p.url
		var a answer
		if l.store == "memory" {
			a = l.ask("GET", l.app+"me")
			mustBe(t, "in memory, after the restart", []answer{a}, func(a answer) bool { return a.status == 401 && a.code == "not_logged_in" })
			mustTellThatTheRecordIsGone(t, l)
			continue
		}
		eventually(t, l.store+" is open again", func() bool {
			a = l.ask("GET", l.app+"me")
			return a.status != 503
		})
		mustBe(t, l.store+" after the restart", []answer{a}, func(a answer) bool { return ok(a) && a.session["uname"] == "momo" })
		mustBe(t, l.store+" goes on", []answer{l.click()}, ok)
	}
}

// mustTellThatTheRecordIsGone looks at the last step of a learner: the cookie was
// good, and the store had nothing for it.
func mustTellThatTheRecordIsGone(t *testing.T, l *learner) {
	t.Helper()
	var bench struct{ Steps []struct{ N int } }
	getJSON(t, l.Client, l.base+"/en/lab", &bench)
	var step struct{ Events []struct{ Kind string } }
	address := l.base + "/en/lab/steps/" + strconv.Itoa(bench.Steps[len(bench.Steps)-1].N)
	getJSON(t, l.Client, address, &step)
	var kinds []string
	for _, e := range step.Events {
		kinds = append(kinds, e.Kind)
	}
	for _, kind := range []string{"signature.valid", "load.missing"} {
		if !slices.Contains(kinds, kind) {
			t.Errorf("the step tells of %q; want %s among them", kinds, kind)
		}
	}
	const why = "has no record for"
	if page := look(t, l.Client, address, "text/html"); !strings.Contains(page, why) {
		t.Errorf("the page of the step does not say %q", why)
	}
}

// stopped reports whether nobody listens any more. A connection may be taken just
// before that: no request was read from it. That one that was is answered, another
// test shows.
func stopped(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.EOF)
}
