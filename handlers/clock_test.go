package handlers_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/stores"
	"github.com/sessionlab/sessionlab/internal/webtest"
	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

// clockJSON is what a bench says of its clock.
type clockJSON struct {
	Now           time.Time
	Ahead         string
	SessionsEnded bool `json:"sessions_ended"`
}

// move moves the bench's clock.
func (l *learner) move(by string) clockJSON {
	l.site.t.Helper()
	var c clockJSON
	l.Post("/en/lab/clock", "move", by).Want(200).JSON(&c)
	return c
}

// entries lists what happened between the steps, but for the times.
func (l *learner) entries() []step.Entry {
	l.site.t.Helper()
	var b struct{ Entries []step.Entry }
	l.Get("/en/lab").Want(200).JSON(&b)
	for i := range b.Entries {
		b.Entries[i].Time = time.Time{}
	}
	return b.Entries
}

func TestTheClockIsSeenOnTheBenchAndOnEachStep(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	real := s.clock.Now()
	clock := func() clockJSON {
		var b struct{ Clock clockJSON }
		l.Get("/en/lab").Want(200).JSON(&b)
		return b.Clock
	}
	want := func(got clockJSON, ahead string, by time.Duration) {
		t.Helper()
		if got.Ahead != ahead || !got.Now.Equal(real.Add(by)) {
			t.Errorf("the clock shows %s, %s ahead; want %s, %s ahead", got.Now, got.Ahead, real.Add(by), ahead)
		}
	}
	want(clock(), "0s", 0)
	s.curl().Get(l.app + "me").Want(401)
	want(l.move("2h"), "2h", 2*time.Hour)
	want(l.move("743h59m50s"), "31d1h59m50s", 31*24*time.Hour+2*time.Hour-10*time.Second)
	want(clock(), "31d1h59m50s", 31*24*time.Hour+2*time.Hour-10*time.Second)
	s.curl().Get(l.app + "me").Want(401)

	for n, ahead := range map[int]string{1: "0s", 2: "31d1h59m50s"} {
		recorded := l.step(n)
		if recorded.Ahead.String() != ahead || !recorded.RealTime().Equal(real) || recorded.Worker != 1 {
			t.Errorf("step %d is %s ahead, really at %s, by worker %d; want %s, %s, 1", n, recorded.Ahead, recorded.RealTime(), recorded.Worker, ahead, real)
		}
	}
	if got := l.steps()[1].Ahead.String(); got != "31d1h59m50s" {
		t.Errorf("in the list, step 2 is %s ahead", got)
	}
	if got := l.entries(); !slices.Equal(got, []step.Entry{
		{N: 1, After: 1, Kind: step.EntryClockMoved, Value: "2h"}, {N: 2, After: 1, Kind: step.EntryClockMoved, Value: "30d23h59m50s"},
	}) {
		t.Errorf("the entries are %+v", got)
	}
	page := l.With("Accept", "text/html").Post("/en/lab/clock", "move", "10s").Want(303)
	if at := page.Header.Get("Location"); at != "/en/lab" {
		t.Errorf("a form leads to %q; want the bench", at)
	}
}

func TestAClockThatCannotBeMovedSoStays(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	for _, by := range []string{"", "off", "0s", "-2h", "1d-2h", "yesterday", "99999999999d", "999ms"} {
		if got := op(t, l.Post("/en/lab/clock", "move", by), 422); codeOf(got) != "bad_move" {
			t.Errorf("by %q: %q", by, codeOf(got))
		}
	}
	l.Post("/en/lab/clock").Want(400)
	if got := l.move("36500d"); got.Ahead != "36500d" {
		t.Errorf("ahead %q after a century", got.Ahead)
	}
	if got := op(t, l.Post("/en/lab/clock", "move", "1s"), 422); codeOf(got) != "clock_too_far" {
		t.Errorf("beyond a century: %q", codeOf(got))
	}
	s.curl().Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
}

// allStores adds the stores on other servers that are installed here, and returns the
// names of all.
func allStores(t *testing.T) (names []string, add change) {
	var set stores.Set
	t.Cleanup(func() { set.Close(quiet) })
	names = []string{"memory", "sqlite"}
	for name, start := range map[string]func(testing.TB) *servers.Server{"redis": pool.Redis, "mysql": pool.MariaDB, "postgres": pool.PostgreSQL} {
		t.Run("start "+name, func(inner *testing.T) { // skips that alone
			at := map[string]stores.Addresses{}
			url := start(inner).URL
			at["redis"], at["mysql"], at["postgres"] = stores.Addresses{Redis: url}, stores.Addresses{MySQL: url}, stores.Addresses{Postgres: url}
			must(0, set.AddServers(at[name]))(t)
			must(0, set.Named(name).Check(context.Background()))(t)
			names = append(names, name)
		})
	}
	return names, func(_ *handlers.Options, o *lab.Options) {
		for name, b := range set.Backends() {
			o.Stores[name] = b
		}
	}
}

// A record ends at the second, and a cookie that carries its session one second later:
// Flask takes one that is exactly as old as its lifetime.
func TestTheClockEndsAPermanentSessionAtTheSecond(t *testing.T) {
	names, add := allStores(t)
	s := newSite(t, add)
	l := s.learner()
	l.set("refresh_each_request", "false")
	ends := func(what, just string) {
		l.move("now")
		c := s.curl()
		c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		line := c.Post(l.app+"permanent", "on", "true").Want(200).SetCookie(step.CookieName)
		if expires := s.clock.Now().Add(31 * 24 * time.Hour).UTC().Format(http.TimeFormat); !strings.Contains(line, "; Expires="+expires) {
			t.Errorf("%s: %q; want %s", what, line, expires)
		}
		l.move(just)
		op(t, c.Get(l.app+"me"), 200)
		l.move("1s")
		a := c.Get(l.app + "me")
		if a.Status != 401 {
			t.Errorf("%s: a second after %s, me = %d; want 401", what, just, a.Status)
		}
		steps := l.steps()
		if recorded := l.step(steps[len(steps)-1].N); !hasKind(recorded, step.SessionExpired) {
			t.Errorf("%s: events %v do not say that it expired", what, kinds(recorded))
		}
	}
	for _, store := range names {
		l.set("store", store)
		ends(store, "743h59m59s")
	}
	for _, mechanism := range cookieMechanisms {
		l.set("mechanism", mechanism)
		ends(mechanism, "31d")
	}
}

func TestASessionThatIsUsedOutlivesItsLifetimeOfTwoHours(t *testing.T) {
	names, add := allStores(t)
	s := newSite(t, add)
	l := s.learner()
	l.set("lifetime", "2h")
	keeps := func(what string) {
		c := s.curl()
		c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		c.Post(l.app+"permanent", "on", "true").Want(200)
		l.move("1h30m")
		c.Get(l.app + "me").Want(200)
		l.move("1h59m")
		if a := c.Get(l.app + "me"); a.Status != 200 {
			t.Errorf("%s: me = %d, 1h59m after it was used; want 200", what, a.Status)
		}
		l.move("2h1s")
		if a := c.Get(l.app + "me"); a.Status != 401 {
			t.Errorf("%s: me = %d, 2h1s after it was used; want 401", what, a.Status)
		}
	}
	for _, store := range names {
		l.set("store", store)
		keeps(store)
	}
	for _, mechanism := range cookieMechanisms {
		l.set("mechanism", mechanism)
		keeps(mechanism)
	}
}

// What was made ahead of time must not count again when real time gets there.
func TestBackToRealTimeEndsTheSessionsForGood(t *testing.T) {
	for _, mechanism := range step.Mechanisms {
		t.Run(mechanism, func(t *testing.T) {
			s := newSite(t)
			l := s.learner()
			l.set("mechanism", mechanism)
			if got := l.move("now"); got.SessionsEnded || len(l.entries()) != 0 {
				t.Errorf("at real time, back to it says %+v; want that nothing happened", got)
			}
			before, ahead := s.curl(), s.curl()
			logIn := func(c *webtest.Client) { c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200) }
			logIn(before)
			l.move("2h")
			before.Get(l.app + "me").Want(200)
			logIn(ahead)
			got := l.move("now")
			if got.Ahead != "0s" || !got.Now.Equal(s.clock.Now()) || !got.SessionsEnded {
				t.Errorf("back to real time: %+v", got)
			}
			before.Get(l.app + "me").Want(401)
			for range 4 {
				ahead.Get(l.app + "me").Want(401)
				s.clock.Advance(time.Hour)
			}
			if n := s.count("sessions"); n != 0 {
				t.Errorf("%d records are left", n)
			}
			logIn(ahead)
			ahead.Get(l.app + "me").Want(200)
			if all := l.entries(); all[len(all)-1].Kind != step.EntryClockReal {
				t.Errorf("the entries are %+v", all)
			}
		})
	}
}

// The owner's own browser lives in real time: it goes on sending a cookie whose end the
// moved server has passed.
func TestAMovedClockMovesNoRealBrowser(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	c.Post(l.app+"permanent", "on", "true").Want(200)
	l.move("32d")
	c.Get(l.app + "me").Want(401)
	recorded := l.step(3)
	if recorded.Before.Cookie == nil || recorded.Before.Cookie.Attributes == nil || recorded.Expected != nil {
		t.Errorf("before it, curl holds %+v; want the cookie that it was given, whose end has not come for it", recorded.Before.Cookie)
	}
}

func TestOneBenchsClockMovesNoOther(t *testing.T) {
	s := newSite(t)
	one, other := s.learner(), s.learner()
	c := s.curl()
	c.Post(other.app+"login", "uname", "momo", "pwd", "123").Want(200)
	one.move("365d")
	c.Get(other.app + "me").Want(200)
	var b struct{ Clock clockJSON }
	if other.Get("/en/lab").Want(200).JSON(&b); b.Clock.Ahead != "0s" {
		t.Errorf("the other's clock is %s ahead", b.Clock.Ahead)
	}
	one.Get("/en/lab").Want(200) // its seat lives in real time
}

// What leaves the product says that the clock had been moved.
func TestExportsTellAMovedClock(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.move("31d")
	s.curl().Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	page := l.With("Accept", "text/html")
	real := s.clock.Now().UTC().Format(time.RFC3339)
	for path, want := range map[string]string{
		"/en/lab/export.har":  `"startedDateTime":"` + real + `"`,
		"/en/lab/export.json": `"ahead":"31d"`,
		"/en/lab/print":       "clock 31 days ahead (simulated)",
		"/zh/lab/print":       "时钟快了 31 天（模拟）",
		"/en/lab?step=1":      "clock 31 days ahead (simulated)",
	} {
		if body := page.Get(path).Want(200).Body; !strings.Contains(body, want) {
			t.Errorf("%s does not say %s", path, want)
		}
	}
	if body := page.Get("/en/lab/export.har").Body; !strings.Contains(body, `"_ahead":"31d"`) {
		t.Error("the HAR does not say that the clock was ahead")
	}
}

// A virtual browser drops a cookie when the bench's clock has passed its Expires; one
// without it stays, and the server refuses it.
func TestAVirtualBrowserGoesByTheBenchsClock(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("refresh_each_request", "false", "mechanism", step.MechanismFlask)
	lasting, brief := l.browser("Alice's laptop"), l.browser("Mallory")
	for _, v := range []*vbrowser{lasting, brief} {
		v.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
	}
	lasting.send("permanent", "on", "true").Want(200)
	l.move("743h59m59s")
	lasting.send("me").Want(200)
	brief.send("me").Want(200)
	l.move("2s")
	if lasting.cookie() != "" || brief.cookie() == "" {
		t.Errorf("past 31 days, the jars hold %q and %q; want that the first is empty", lasting.cookie(), brief.cookie())
	}
	refused := op(t, brief.send("me"), 401)
	if recorded := l.step(refused.Step); !hasKind(recorded, step.SessionExpired) {
		t.Errorf("a cookie that is older than its lifetime: %v", kinds(recorded))
	}
	lasting.send("login", "uname", "alice", "pwd", "rabbit").Want(200) // a cookie of moved time is good in it
	lasting.send("me").Want(200)
	l.move("now")
	lasting.send("me").Want(401)
}
