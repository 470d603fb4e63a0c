package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"strconv"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

// TestProcessesOnOneRedisServeOneBench alternates between processes, one of which
// is killed and started again.
func TestProcessesOnOneRedisServeOneBench(t *testing.T) {
	flags := []string{"--state", "redis", "--redis", servers.Redis(t).URL}
	all := []*process{start(t, flags...), start(t, flags...)}
	var bench struct {
		App      string
		Settings struct{ Store, Lifetime string }
		Steps    []struct{ N int }
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	owner := &http.Client{Jar: jar} // cookies have no port: the seat is good with both
	getJSON(t, owner, all[0].url+"/en/lab", &bench)
	if bench.Settings.Store != "redis" {
		t.Errorf("a new bench keeps sessions in %q; want the store that both processes have", bench.Settings.Store)
	}
	cookie := ""
	for n := 1; n <= 20; n++ {
		p := all[n%2]
		if n == 10 {
			if err := p.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = p.Wait()
			all[n%2] = start(t, flags...)
			p = all[n%2]
		}
		a := set(p.url+bench.App, cookie, "n", strconv.Itoa(n))
		if a.err != nil || a.step != n {
			t.Fatalf("step %d after %d, %v", a.step, n-1, a.err)
		}
		if a.cookie != "" {
			cookie = a.cookie
		}
		getJSON(t, owner, all[(n+1)%2].url+"/en/lab", &bench)
		if len(bench.Steps) != n {
			t.Fatalf("after step %d the other process knows %d", n, len(bench.Steps))
		}
		lifetime := fmt.Sprintf("lifetime=%ds", n+10)
		res, err := owner.Post(all[n%2].url+"/en/lab/settings", "application/x-www-form-urlencoded", strings.NewReader(lifetime))
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		getJSON(t, owner, all[(n+1)%2].url+"/en/lab", &bench)
		if "lifetime="+bench.Settings.Lifetime != lifetime {
			t.Fatalf("the other process has lifetime %s after %s was set", bench.Settings.Lifetime, lifetime)
		}
	}
	for _, p := range all {
		res, err := http.Get(p.url + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Errorf("readyz = %d", res.StatusCode)
		}
	}
}

func TestMetricsHaveAnAddressOfTheirOwn(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	p := start(t, "--data", t.TempDir(), "--metrics", addr)
	var bench struct{ App string }
	getJSON(t, http.DefaultClient, p.url+"/en/lab", &bench)
	if a := set(p.url+bench.App, "", "canary", "canary"); a.err != nil {
		t.Fatal(a.err)
	}
	counts := ""
	waitFor(t, func() bool {
		counts = body(t, "http://"+addr+"/metrics")
		return strings.Contains(counts, `sessionlab_http_requests_total{code="200",method="POST",route="/app/:bench/set"} 1`)
	})
	for _, want := range []string{
		`sessionlab_steps_total{mechanism="server",op="set",outcome="stored"} 1`,
		`sessionlab_store_operations_total{op="save",outcome="done",store="sqlite"} 1`,
	} {
		if !strings.Contains(counts, want) {
			t.Errorf("metrics have no %s", want)
		}
	}
	for _, secret := range []string{"canary", strings.Trim(strings.TrimPrefix(bench.App, "/app/"), "/")} {
		if strings.Contains(counts, secret) {
			t.Errorf("metrics tell %s", secret)
		}
	}
	res, err := http.Get(p.url + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusNotFound {
		t.Errorf("/metrics where learners are = %d; want 404", res.StatusCode)
	}
}

// body returns what is at an address, or nothing as long as there is nobody.
func body(t *testing.T, address string) string {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
