package systemtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

// TestKill9LeavesNoJarWithoutItsStep has virtual browsers change their cookies, by
// requests and by hand, until the server is killed. Afterwards each jar holds what the
// last step or entry of its browser left in it.
func TestKill9LeavesNoJarWithoutItsStep(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { killAmongJars(t, 8, "--data", t.TempDir()) })
	t.Run("redis", func(t *testing.T) { killAmongJars(t, 4, "--state", "redis", "--redis", servers.Redis(t).URL) })
}

func killAmongJars(t *testing.T, rounds int, flags ...string) {
	flags = append(flags, "--burst", "100000", "--rate", "100000", "--max-steps", "100000")
	p := start(t, flags...)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	owner := &http.Client{Jar: jar}
	var bench struct{ App string }
	getJSON(t, owner, p.url+"/en/lab", &bench)
	must := func(path string, pairs ...string) []byte {
		t.Helper()
		body, err := post(owner, p.url+path, pairs...)
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	must("/en/lab/settings", "mechanism", "flask") // each change of the session is one of the cookie
	var ids []string
	for _, name := range []string{"Alice", "Bob", "Mallory"} {
		var b struct{ ID string }
		if err := json.Unmarshal(must("/en/lab/browsers", "name", name), &b); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, b.ID)
		must("/en/lab/browsers/"+b.ID+"/send", "op", "set", "key", "a", "value", "b")
	}
	for round := range rounds {
		enough := int64(5 + round*7%20)
		var acknowledged atomic.Int64
		var wg sync.WaitGroup
		for _, id := range ids {
			wg.Go(func() {
				at := p.url + "/en/lab/browsers/" + id
				for n := 0; ; n++ {
					_, err := post(owner, at+"/send", "op", "set", "key", "n", "value", fmt.Sprint(round, " ", n))
					if err == nil && n%3 == 0 {
						_, err = post(owner, at+"/jar", "do", "edit", "name", "session", "value", fmt.Sprint("edited-", round, "-", n))
					}
					if err != nil { // killed
						return
					}
					if acknowledged.Add(1) == enough {
						_ = p.Process.Kill()
					}
				}
			})
		}
		wg.Wait()
		_ = p.Process.Kill() // if it refused to go on
		_ = p.Wait()
		p = start(t, flags...)
		if acknowledged.Load() < enough {
			t.Fatalf("round %d: only %d changes were acknowledged", round, acknowledged.Load())
		}
		checkJars(t, owner, p.url, ids)
	}
}

// checkJars compares each jar with the last that happened to it.
func checkJars(t *testing.T, owner *http.Client, at string, ids []string) {
	t.Helper()
	var bench struct {
		Steps []struct {
			N       int
			Browser string
		}
		Entries []struct {
			After          int
			Kind           string
			Browser, Value string
		}
		Browsers []struct {
			ID  string
			Jar []struct{ Value string }
		}
	}
	getJSON(t, owner, at+"/en/lab", &bench)
	held := map[string]string{}
	for _, b := range bench.Browsers {
		if len(b.Jar) == 1 {
			held[b.ID] = b.Jar[0].Value
		}
	}
	for _, id := range ids {
		last, want := 0, ""
		for _, s := range bench.Steps {
			if s.Browser == id {
				last = s.N
			}
		}
		for _, e := range bench.Entries {
			if e.Browser == id && e.Kind == "cookie.edited" && e.After >= last {
				want = e.Value
			}
		}
		if want == "" {
			var s struct {
				After struct{ Cookie struct{ Raw string } }
			}
			getJSON(t, owner, at+"/en/lab/steps/"+strconv.Itoa(last), &s)
			want = s.After.Cookie.Raw
		}
		if want == "" || held[id] != want {
			t.Errorf("the jar of %s holds %q; its last step or entry left %q", id, held[id], want)
		}
	}
}

// post sends a form, and returns the body of the answer unless that is an error.
func post(c *http.Client, to string, pairs ...string) ([]byte, error) {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	res, err := c.Post(to, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	var body json.RawMessage
	if err := json.NewDecoder(res.Body).Decode(&body); err != nil {
		return nil, err
	}
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("POST %s = %d %s", to, res.StatusCode, body)
	}
	return body, nil
}
