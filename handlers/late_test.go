package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/webtest"
	"github.com/sessionlab/sessionlab/session"
)

// A gate lets the first loads of records wait for each other, once it is set.
type gate struct {
	mu   sync.Mutex
	wait int
	all  chan struct{}
}

// set has the next n loads wait until all of them have been made.
func (g *gate) set(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.wait, g.all = n, make(chan struct{})
}

func (g *gate) pass() {
	g.mu.Lock()
	all := g.all
	if g.wait == 0 {
		g.mu.Unlock()
		return
	}
	if g.wait--; g.wait == 0 {
		close(all)
	}
	g.mu.Unlock()
	<-all
}

// A gated store has its loads pass a gate.
type gated struct {
	session.Backend
	*gate
}

func (g gated) Load(ctx context.Context, key string, now time.Time) (session.Record, error) {
	rec, err := g.Backend.Load(ctx, key, now)
	g.pass()
	return rec, err
}

// bothGated runs f with each of the stores that every site has, behind a gate.
func bothGated(t *testing.T, f func(*testing.T, *site, *learner, *gate)) {
	for _, store := range []string{"memory", "sqlite"} {
		t.Run(store, func(t *testing.T) {
			g := new(gate)
			s := newSite(t, func(_ *handlers.Options, o *lab.Options) { o.Stores[store] = gated{o.Stores[store], g} })
			l := s.learner()
			l.set("store", store)
			f(t, s, l, g)
		})
	}
}

// A tab is a browser on a learner's app, with a cart.
type tab struct {
	*webtest.Client
	*learner
	old string // its cookie before anybody logged in
}

func (l *learner) tab() tab {
	c := l.site.curl()
	c.Post(l.app+"set", "key", "cart", "value", "book").Want(200)
	return tab{c, l, "session=" + sessionCookie(c, l.app)}
}

func (b tab) logIn(c *webtest.Client) *webtest.Answer {
	return c.Post(b.app+"login", "uname", "momo", "pwd", "123")
}

func (b tab) put(c *webtest.Client) *webtest.Answer {
	return c.Post(b.app+"set", "key", "colour", "value", "teal")
}

// late is a request that goes out with the cookie from before the log-in, whatever
// has come back since.
func (b tab) late() *webtest.Client { return b.site.carrying(b.old) }

// take gives answers to the browser, one after the other.
func (b tab) take(t *testing.T, answers ...*webtest.Answer) {
	t.Helper()
	u := must(url.Parse(b.site.URL + b.app))(t)
	for _, a := range answers {
		b.Client.Jar.SetCookies(u, (&http.Response{Header: a.Header}).Cookies())
	}
}

// mustBeIn fails the test unless the browser is logged in, with its cart.
func (b tab) mustBeIn(t *testing.T, how string) opJSON {
	t.Helper()
	got := op(t, b.Client.Get(b.app+"get?key=cart"), 200)
	if got.Session["uname"] != "momo" || got.Session["cart"] != "book" {
		t.Errorf("%s: the browser's session is %v; want momo's, with the cart", how, got.Session)
	}
	return got
}

// together answers requests that have all read the record before one is saved.
func (g *gate) together(requests ...func() *webtest.Answer) []*webtest.Answer {
	g.set(len(requests))
	answers := make([]*webtest.Answer, len(requests))
	var wg sync.WaitGroup
	for i, request := range requests {
		wg.Go(func() { answers[i] = request() })
	}
	wg.Wait()
	return answers
}

func TestALogInClickedTwiceKeepsTheCart(t *testing.T) {
	bothGated(t, func(t *testing.T, _ *site, l *learner, g *gate) {
		for round := range 20 {
			b := l.tab()
			login := func() *webtest.Answer { return b.logIn(b.late()).Want(200) }
			answers := g.together(login, login)
			if round%2 > 0 {
				slices.Reverse(answers)
			}
			b.take(t, answers...)
			b.mustBeIn(t, "both under way")

			b = l.tab()
			answers = []*webtest.Answer{login(), login()} // the second comes when the first is done
			if round%2 > 0 {
				slices.Reverse(answers)
			}
			b.take(t, answers...)
			b.mustBeIn(t, "one after the other")

			b = l.tab()
			login() // whose answer the browser, told to log in again, never took
			b.take(t, login())
			b.mustBeIn(t, "the first answer lost")
		}
	})
}

func TestALogInClickedTwiceInOneJarKeepsTheCart(t *testing.T) {
	both(t, func(t *testing.T, _ *site, l *learner) {
		for round := range 40 {
			b := l.tab()
			var wg sync.WaitGroup
			for range 2 {
				wg.Go(func() { b.logIn(b.Client).Want(200) })
			}
			wg.Wait()
			b.mustBeIn(t, fmt.Sprint("round ", round))
		}
	})
}

func TestALogInBesideASetLeavesTheBrowserLoggedIn(t *testing.T) {
	bothGated(t, func(t *testing.T, _ *site, l *learner, g *gate) {
		acknowledged, refused := 0, 0
		check := func(how string, b tab, set *webtest.Answer) {
			t.Helper()
			got := b.mustBeIn(t, how)
			switch set.Status {
			case 200:
				acknowledged++
				if got.Session["colour"] != "teal" {
					t.Errorf("%s: the set was acknowledged, and is lost: %v", how, got.Session)
				}
			case 409:
				refused++
				if code := codeOf(op(t, set, 409)); code != "session_renewed" || set.Header["Set-Cookie"] != nil {
					t.Errorf("%s: the set = %s, cookies %q; want session_renewed, and none", how, code, set.Header["Set-Cookie"])
				}
				op(t, b.put(b.Client), 200) // once more, with the cookie that the browser has now
			default:
				t.Errorf("%s: the set = %d %s", how, set.Status, set.Body)
			}
		}
		for range 10 {
			b := l.tab()
			answers := g.together(
				func() *webtest.Answer { return b.put(b.late()) },
				func() *webtest.Answer { return b.logIn(b.late()).Want(200) })
			b.take(t, answers...) // a set that was done first is answered first
			check("both under way", b, answers[0])

			b = l.tab()
			login := b.logIn(b.late()).Want(200)
			set := b.put(b.late()).Want(409)
			b.take(t, login, set)
			check("the set late", b, set)

			b = l.tab()
			login = b.logIn(b.late()).Want(200)
			set = b.put(b.late()).Want(409)
			b.take(t, set, login)
			check("the set late, and answered first", b, set)
		}
		if acknowledged+refused != 30 {
			t.Errorf("%d sets acknowledged, %d refused; want 30 in all", acknowledged, refused)
		}
	})
}

// What a stranger can do with an id that he planted or copied before the log-in.
func TestAnIDFromBeforeTheLogInIsWorthNothingDuringTheGraceEither(t *testing.T) {
	both(t, func(t *testing.T, s *site, l *learner) {
		b := l.tab()
		b.take(t, b.logIn(b.late()).Want(200))
		own := sessionCookie(b.Client, b.app)
		for _, request := range []func() *webtest.Answer{
			func() *webtest.Answer { return b.late().Get(b.app + "me").Want(401) },
			func() *webtest.Answer { return b.late().Get(b.app + "get?key=cart").Want(200) },
			func() *webtest.Answer { return b.put(b.late()).Want(409) },
			func() *webtest.Answer { return b.late().Post(b.app + "logout").Want(409) },
			func() *webtest.Answer { return b.late().Post(b.app + "clear").Want(409) },
			func() *webtest.Answer {
				return b.late().Post(b.app+"login", "uname", "mallory", "pwd", "letmein").Want(409)
			},
			func() *webtest.Answer { return b.late().Post(b.app+"login", "uname", "momo", "pwd", "wrong").Want(401) },
		} {
			a := request()
			var got opJSON
			if a.JSON(&got); len(got.Session) != 0 || got.Result != nil || a.Header["Set-Cookie"] != nil {
				t.Errorf("%s finds %v, %v, and cookies %q; want nothing", a.Request, got.Result, got.Session, a.Header["Set-Cookie"])
			}
		}
		if got := b.mustBeIn(t, "after all that"); len(got.Session) != 2 || sessionCookie(b.Client, b.app) != own {
			t.Errorf("the session is %v; want it untouched", got.Session)
		}
		s.clock.Advance(lab.RenewGrace)
		b.late().Get(b.app + "me").Want(401)
		if a := b.put(b.late()).Want(200); a.SetCookie(step.CookieName) == "" {
			t.Error("after the grace the old id is not like any other that leads nowhere")
		}
		b.mustBeIn(t, "after the grace")
	})
}

func TestAStepTellsThatItsRequestCameLate(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	b := l.tab()
	b.logIn(b.late()).Want(200)
	got := op(t, b.put(b.late()), 409)
	recorded := l.step(got.Step)
	i := slices.IndexFunc(recorded.Events, func(e step.Event) bool { return e.Kind == step.LoadMissing })
	if i < 0 || recorded.Events[i].Why != step.WhyRenewed || recorded.Before.Record != nil || recorded.After.Record != nil {
		t.Errorf("events %+v, record %v; want that the id was renewed, and none", recorded.Events, recorded.After.Record)
	}
	for lang, want := range map[string]string{"en": "This request brought an old ID", "zh": "请求带来的是旧 ID"} {
		page := l.With("Accept", "text/html").Get(fmt.Sprintf("/%s/lab?step=%d", lang, got.Step)).Want(200)
		if !strings.Contains(page.Body, want) {
			t.Errorf("%s: the bench does not say %q", lang, want)
		}
	}
}

// After the grace nothing is under the old id: no session has ended there, whose time
// could have run out.
func TestAnOldIDIsUnknownAfterTheGrace(t *testing.T) {
	s := newSite(t)
	for _, store := range []string{"memory", "sqlite"} {
		l := s.learner()
		l.set("store", store)
		b := l.tab()
		b.logIn(b.late()).Want(200)
		s.clock.Advance(lab.RenewGrace + time.Second)
		got := op(t, b.late().Get(b.app+"me"), 401)
		recorded := l.step(got.Step)
		i := slices.IndexFunc(recorded.Events, func(e step.Event) bool { return e.Kind == step.LoadMissing })
		if i < 0 || recorded.Events[i].Why != "" || strings.HasPrefix(recorded.Events[i].Detail, "1 ") || hasKind(recorded, step.SessionExpired) {
			t.Errorf("%s: events %+v; want that no record was found", store, recorded.Events)
		}
		page := l.With("Accept", "text/html").Get(fmt.Sprintf("/en/lab?step=%d", got.Step)).Want(200)
		if strings.Contains(page.Body, "expired") {
			t.Errorf("%s: the bench says that a session expired", store)
		}
	}
}

// What a log-in leaves under the old id is no session: the bench does not count it.
func TestALogInLeavesOneSessionToCount(t *testing.T) {
	s := newSite(t)
	for _, store := range []string{"sqlite", "memory"} {
		l := s.learner()
		l.set("store", store)
		c := s.curl()
		c.Post(l.app+"set", "key", "cart", "value", "book").Want(200)
		c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		b := must(s.lab.Bench(t.Context(), l.bench))(t)
		usage := must(b.Usage(t.Context()))(t)
		if record := l.step(2).After.Record; usage.Sessions != 1 || usage.Bytes != int64(len(record.Raw)) {
			t.Errorf("%s: %+v; want one session of %d bytes", store, usage, len(record.Raw))
		}
	}
}
