package session_test

import (
	"context"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
)

// start is when the tests' clocks begin: ahead of the cookie jar's, which is real.
var start = time.Date(2091, time.May, 6, 7, 8, 9, 123e6, time.UTC)

// A clock stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// A site is a server with sessions in memory, and a browser on it.
type site struct {
	t       testing.TB
	clock   *clock
	memory  *session.Memory
	options session.Options
	store   *session.Store
	client  *http.Client
	url     string
	handler http.HandlerFunc
}

// newSite serves a site with the default options as adjust changes them.
func newSite(t testing.TB, adjust func(*session.Options)) *site {
	t.Helper()
	c := &clock{now: start}
	st := &site{t: t, clock: c, memory: session.NewMemory(), options: session.DefaultOptions()}
	st.options.Now = c.Now
	if adjust != nil {
		adjust(&st.options)
	}
	st.store = session.New(st.memory, st.options)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { st.handler(w, r) }))
	t.Cleanup(server.Close)
	st.url = server.URL
	st.client = browser(t)
	return st
}

func browser(t testing.TB) *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

// reconfigure restarts the server with other options, on the same records.
func (st *site) reconfigure(adjust func(*session.Options)) {
	adjust(&st.options)
	st.store = session.New(st.memory, st.options)
}

// handle sends a request, with these Cookie headers in place of the jar's if
// there are any, and has handler answer it.
func (st *site) handle(handler http.HandlerFunc, cookies ...string) *http.Response {
	st.t.Helper()
	st.handler = handler
	r, err := http.NewRequest("GET", st.url, nil)
	if err != nil {
		st.t.Fatal(err)
	}
	client := st.client
	if len(cookies) > 0 {
		r.Header["Cookie"] = cookies
		client = http.DefaultClient
	}
	resp, err := client.Do(r)
	if err != nil {
		st.t.Fatal(err)
	}
	resp.Body.Close()
	return resp
}

// update sends a request that is answered by an Update, which must succeed.
func (st *site) update(change func(*sessions.Session) error, cookies ...string) *http.Response {
	st.t.Helper()
	return st.handle(func(w http.ResponseWriter, r *http.Request) {
		if err := st.store.Update(w, r, "session", change); err != nil {
			st.t.Errorf("Update = %v", err)
		}
	}, cookies...)
}

// values returns what the session of a request holds.
func (st *site) values(cookies ...string) map[any]any {
	st.t.Helper()
	var values map[any]any
	st.handle(func(w http.ResponseWriter, r *http.Request) {
		s, err := st.store.Get(r, "session")
		if err != nil {
			st.t.Errorf("Get = %v", err)
		}
		values = maps.Clone(s.Values)
	}, cookies...)
	return values
}

// cookie returns what the browser holds, as name=value, or "".
func (st *site) cookie() string {
	u, err := url.Parse(st.url)
	if err != nil {
		st.t.Fatal(err)
	}
	for _, c := range st.client.Jar.Cookies(u) {
		return c.Name + "=" + c.Value
	}
	return ""
}

// records returns the sessions that the store holds.
func (st *site) records() map[string]session.Record {
	st.t.Helper()
	records := make(map[string]session.Record)
	err := st.memory.Range(context.Background(), "", st.clock.Now(), func(key string, rec session.Record) bool {
		if !rec.Forwards() {
			records[key] = rec
		}
		return true
	})
	if err != nil {
		st.t.Fatal(err)
	}
	return records
}

// setCookie returns the one Set-Cookie line of resp, or "".
func setCookie(t testing.TB, resp *http.Response) string {
	t.Helper()
	lines := resp.Header["Set-Cookie"]
	if len(lines) > 1 {
		t.Errorf("%d Set-Cookie lines %q; want one", len(lines), lines)
	}
	return strings.Join(lines, "")
}

// set returns a change that stores pairs of keys and values.
func set(pairs ...any) func(*sessions.Session) error {
	return func(s *sessions.Session) error {
		for i := 0; i < len(pairs); i += 2 {
			session.Set(s, pairs[i].(string), pairs[i+1])
		}
		return nil
	}
}

// do returns a change that calls f.
func do(f func(*sessions.Session)) func(*sessions.Session) error {
	return func(s *sessions.Session) error { f(s); return nil }
}

func read(s *sessions.Session) error {
	session.Get(s, "uname")
	return nil
}
