package e2e

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Two processes on one Redis, behind a balancer, are one lab.

// startRedis starts a Redis of the test's own and returns its URL.
func startRedis(t testing.TB) string {
	t.Helper()
	program, err := exec.LookPath("redis-server")
	requireTool(t, "redis-server", err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	_, port, _ := net.SplitHostPort(addr)
	var said output
	cmd := exec.Command(program, "--bind", "127.0.0.1", "--port", port, "--dir", t.TempDir(), "--appendonly", "yes", "--appendfsync", "always", "--save", "")
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := start(cmd); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for end := time.Now().Add(patience()); ; {
		c, err := net.Dial("tcp", addr)
		if err == nil {
			c.Close()
			return "redis://" + addr + "/0"
		}
		if time.Now().After(end) {
			t.Fatalf("Redis: %v\n%s", err, said.String())
		}
		<-time.After(10 * time.Millisecond)
	}
}

// A balancer is one address for several processes. Requests to the app under study
// alternate between them, as do all others; live streams are the first one's.
type balancer struct {
	*httptest.Server
	all        []*httputil.ReverseProxy
	app, pages atomic.Int64
	posts      []atomic.Int64 // that each has answered
}

func balance(t testing.TB, all ...*App) *balancer {
	b := &balancer{posts: make([]atomic.Int64, len(all))}
	for _, app := range all {
		to, err := url.Parse(app.URL)
		if err != nil {
			t.Fatal(err)
		}
		b.all = append(b.all, &httputil.ReverseProxy{FlushInterval: -1, ErrorLog: log.New(io.Discard, "", 0), Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(to)
			r.Out.Host = r.In.Host
			r.SetXForwarded()
		}})
	}
	b.Server = httptest.NewServer(b)
	t.Cleanup(b.Close)
	return b
}

func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	turn := &b.pages
	if strings.HasPrefix(r.URL.Path, "/app/") {
		turn = &b.app
	}
	i := int(turn.Add(1)) % len(b.all)
	if strings.HasSuffix(r.URL.Path, "/live") {
		i = 0
	}
	if r.Method == http.MethodPost {
		b.posts[i].Add(1)
	}
	b.all[i].ServeHTTP(w, r)
}

func TestTwoProcessesAreOneLab(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		redis := startRedis(t)
		one := startApp(t, "--state", "redis", "--redis", redis, "--trust-proxy")
		two := startApp(t, "--state", "redis", "--redis", redis, "--trust-proxy")
		front := balance(t, one, two)
		b := with.sit(t, &App{URL: front.URL}, View{ReducedMotion: true})
		b.Await(isLive)

		b.Login("momo", "123") // each request by the other process
		b.Set("colour", "teal")
		b.Get("colour")
		b.Permanent()
		b.Set("colour", "red")
		b.Pop("colour")
		for n, op := range []string{"login", "set", "get", "permanent", "set", "pop"} {
			s := b.Step(n + 1)
			if s.Op != op || n > 0 && (s.Before.Cookie == nil || s.Before.Cookie.Raw == "" || s.Before.Record == nil) {
				t.Errorf("step %d = %s with %+v before; want %s, and what the other process left", s.N, s.Op, s.Before, op)
			}
		}
		if now := b.Step(6).After.Record; now == nil || now.Values["uname"] != "momo" || !strings.HasPrefix(now.Query, "HGETALL") {
			t.Errorf("the record is %+v; want that of momo, in Redis", now)
		}
		for i := range front.posts {
			if front.posts[i].Load() == 0 {
				t.Errorf("process %d answered nothing", i+1)
			}
		}

		// What one records appears on a page that hears of it from the other.
		past := strings.Replace(b.Address, front.URL, two.URL, 1)
		for range 3 {
			res, err := http.Get(past + "me")
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			b.Arrive()
		}

		// And all of it when a process goes and comes back.
		b.Allow("network error")
		b.Allow("502")
		b.Allow("/en/lab/live")
		one.Kill()
		startApp(t, "--state", "redis", "--redis", redis, "--trust-proxy", "--addr", strings.TrimPrefix(one.URL, "http://"))
		b.Await(isLive)
		b.Set("colour", "blue")
		b.Logout()
		b.Set("colour", "green")
		if s := b.Step(b.N); s.After.Record == nil || fmt.Sprint(s.After.Record.Values) != fmt.Sprint(map[string]any{"colour": "green"}) {
			t.Errorf("the last step leaves %+v; want a new session", s.After.Record)
		}
	})
}
