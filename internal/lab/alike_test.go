package lab

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gorilla/sessions"
	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// A curl sends requests to a bench. It keeps cookies in its jar, if it has one.
type curl struct {
	bench  *Bench
	agent  string
	jar    bool
	cookie string
}

func newCurl(b *Bench) *curl { return &curl{bench: b, agent: "curl/8.14.1", jar: true} }

// failing is a test of either kind.
type failing interface {
	Helper()
	Fatal(args ...any)
}

// do sends a request and returns its step.
func (c *curl) do(t failing, change func(*sessions.Session)) *step.Step {
	t.Helper()
	r := httptest.NewRequest("POST", c.bench.Path()+"set", nil)
	r.Header.Set("User-Agent", c.agent)
	if c.cookie != "" {
		r.Header.Set("Cookie", "session="+c.cookie)
	}
	g := c.bench.Begin(Arrival{Request: r, Headers: [][2]string{{"Host", r.Host}}, Private: func(string) bool { return false }})
	r = g.Request(r)
	w := httptest.NewRecorder()
	err := g.Sessions().Update(w, r, step.CookieName, func(s *sessions.Session) error { change(s); return nil })
	if err == nil {
		err = g.Finish(step.Response{Status: http.StatusOK}, w.Header()["Set-Cookie"])
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range w.Result().Cookies() {
		switch {
		case set.MaxAge < 0:
			c.cookie = ""
		case c.jar:
			c.cookie = set.Value
		}
	}
	recorded, err := c.bench.Step(context.Background(), g.Number())
	if err != nil {
		t.Fatal(err)
	}
	return recorded
}

func read(*sessions.Session)    {}
func write(s *sessions.Session) { session.Set(s, "a", "b") }
func renew(s *sessions.Session) { session.Renew(s); session.Set(s, "a", "b") }
func empty(s *sessions.Session) { session.Clear(s) }

func newBench(t testing.TB) *Bench {
	t.Helper()
	l, _, _ := newLab()
	b, err := l.Enter(context.Background(), l.BenchID(owner(), 0))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTwoCurlsAreToldApartByTheirCookies(t *testing.T) {
	b := newBench(t)
	one, other := newCurl(b), newCurl(b)
	one.do(t, write)
	other.do(t, write)
	first, second := one.do(t, read), other.do(t, read)
	if first.ClientID == second.ClientID || first.Client != step.ClientCurl || second.Client != step.ClientCurl {
		t.Fatalf("two curls are %s and %s", first.ClientID, second.ClientID)
	}
	if first.Expected != nil || second.Expected != nil {
		t.Errorf("they were expected to hold %+v and %+v; want what they hold", first.Expected, second.Expected)
	}
	if a := first.Before.Cookie.Attributes; a == nil || a.Path != b.Path() {
		t.Errorf("the attributes of the first one's cookie are %+v; want those it was given with", a)
	}
	renewed := one.do(t, renew)
	again := one.do(t, read)
	if renewed.After.Cookie.Raw == first.After.Cookie.Raw || again.ClientID != first.ClientID || again.Expected != nil {
		t.Errorf("after its cookie was renewed the first one is %s, expected to hold %+v; want %s", again.ClientID, again.Expected, first.ClientID)
	}
}

func TestACurlWithoutAJarStaysOneClient(t *testing.T) {
	b := newBench(t)
	c := newCurl(b)
	c.jar = false
	id := c.do(t, write).ClientID
	for range 5 {
		if got := c.do(t, write); got.ClientID != id || got.Before.Cookie != nil {
			t.Errorf("step %d is of %s with %+v; want %s with nothing", got.N, got.ClientID, got.Before.Cookie, id)
		}
	}
	withJar := newCurl(b)
	withJar.do(t, write)
	c.do(t, write)
	told := withJar.do(t, read)
	for range 5 {
		if got := c.do(t, write); got.ClientID != id || got.Before.Cookie != nil || got.ClientID == told.ClientID {
			t.Errorf("beside one with a jar, step %d is of %s with %+v; want %s with nothing", got.N, got.ClientID, got.Before.Cookie, id)
		}
		if got := withJar.do(t, read); got.ClientID != told.ClientID || got.Expected != nil {
			t.Errorf("step %d is of %s, expected to hold %+v; want %s", got.N, got.ClientID, got.Expected, told.ClientID)
		}
	}
}

func TestACookieMadeByHandComesFromTheLastOneSeen(t *testing.T) {
	b := newBench(t)
	one, other := newCurl(b), newCurl(b)
	for range 2 {
		one.do(t, write)
		other.do(t, write)
	}
	last := one.do(t, read)
	one.cookie += "x"
	if got := one.do(t, read); got.ClientID != last.ClientID || got.Expected == nil || got.Expected.Cookie.Raw != last.After.Cookie.Raw {
		t.Errorf("it is of %s, expected to hold %+v; want %s and its cookie", got.ClientID, got.Expected, last.ClientID)
	}
}

func TestANewcomerTakesNoCookieFromTheOthers(t *testing.T) {
	b := newBench(t)
	one, other := newCurl(b), newCurl(b)
	for range 2 {
		one.do(t, write)
		other.do(t, write)
	}
	third := newCurl(b).do(t, write)
	if third.Expected != nil {
		t.Errorf("the newcomer was expected to hold %+v", third.Expected)
	}
	for _, c := range []*curl{one, other} {
		if got := c.do(t, read); got.ClientID == third.ClientID || got.Expected != nil {
			t.Errorf("another is %s, expected to hold %+v; the newcomer is %s", got.ClientID, got.Expected, third.ClientID)
		}
	}
}

func TestAClientThatLeavesItsCookieOutOnceIsStillTheSame(t *testing.T) {
	c := newCurl(newBench(t))
	first := c.do(t, write)
	cookie := c.cookie
	c.cookie = ""
	without := c.do(t, read)
	c.cookie = cookie
	if again := c.do(t, read); without.ClientID != first.ClientID || again.ClientID != first.ClientID {
		t.Errorf("it is %s, %s without the cookie and %s with it", first.ClientID, without.ClientID, again.ClientID)
	}
}

// It may have been under way when the response with the new one came.
func TestACookieThatItsClientExchangedIsStillThatClients(t *testing.T) {
	b := newBench(t)
	one, other := newCurl(b), newCurl(b)
	for range 2 {
		one.do(t, write)
		other.do(t, write)
	}
	late := *one
	renewed := one.do(t, renew)
	if got := late.do(t, read); got.ClientID != renewed.ClientID {
		t.Errorf("a request with the cookie before is of %s; want %s", got.ClientID, renewed.ClientID)
	}
}

func TestAStolenCookieDoesNotMakeAnotherProgramItsOwner(t *testing.T) {
	b := newBench(t)
	one, thief := newCurl(b), newCurl(b)
	thief.agent = "python-requests/2"
	held := one.do(t, write)
	thief.cookie = one.cookie
	if got := thief.do(t, read); got.ClientID == held.ClientID || got.Client != step.ClientProgram || got.Before.Cookie.Attributes != nil {
		t.Errorf("the thief is %s with %+v", got.ClientID, got.Before.Cookie)
	}
	if got := one.do(t, read); got.ClientID != held.ClientID || got.Expected != nil {
		t.Errorf("the owner is %s, expected to hold %+v; want %s", got.ClientID, got.Expected, held.ClientID)
	}
}

func TestClientsThatLookAlikeAreNotCountedWithoutEnd(t *testing.T) {
	b := newBench(t)
	for range 3 * maxAlike {
		one, other := newCurl(b), newCurl(b)
		one.do(t, write)
		other.do(t, write)
		one.do(t, read)
		other.do(t, read)
	}
	if n := len(b.clients); n > maxAlike {
		t.Errorf("%d clients are told apart; want at most %d", n, maxAlike)
	}
}

// Whatever clients that look alike do, and in whatever order: once each has sent its
// cookie, each is one client.
func TestClientsThatLookAlikeAreToldApartInTheEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, _, _ := newLab()
		id := l.BenchID(owner(), 0)
		enter := func() *Bench {
			b, err := l.Enter(context.Background(), id)
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		curls := make([]*curl, rapid.IntRange(2, 5).Draw(t, "curls"))
		for i := range curls {
			curls[i] = newCurl(enter())
		}
		ops := []func(*sessions.Session){read, write, renew, empty}
		for range rapid.IntRange(0, 30).Draw(t, "requests") {
			c := rapid.SampledFrom(curls).Draw(t, "curl")
			c.do(t, rapid.SampledFrom(ops).Draw(t, "op"))
		}
		seen := make(map[string]int)
		for round := range 3 {
			if round == 2 { // the bench is read from the state again
				l.drop(id)
			}
			for i, c := range curls {
				c.bench = enter()
				sent := c.cookie != ""
				got := c.do(t, write)
				if round == 0 || !sent {
					continue
				}
				if who, ok := seen[got.ClientID]; ok && who != i || !ok && round == 2 {
					t.Fatalf("round %d: curl %d is %s, as is curl %d", round, i, got.ClientID, who)
				}
				seen[got.ClientID] = i
			}
		}
		if len(seen) != len(curls) {
			t.Fatalf("%d curls are %v", len(curls), seen)
		}
	})
}
