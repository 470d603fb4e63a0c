package systemtest

import (
	"fmt"
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
	t.Parallel()
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
