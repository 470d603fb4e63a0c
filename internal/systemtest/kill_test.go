package systemtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestKill9LosesNothingThatWasAcknowledged has clients write one session until the
// server is killed, and looks for their writes and steps when it runs again.
func TestKill9LosesNothingThatWasAcknowledged(t *testing.T) {
	t.Parallel()
	const writers, rounds = 8, 25
	data := t.TempDir()
	file := filepath.Join(data, "sessionlab.db")
	flags := []string{"--data", data, "--burst", "100000", "--rate", "100000", "--max-steps", "100000"}
	p := start(t, flags...)
	var bench struct {
		App   string
		Steps []struct{ N int }
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	owner := &http.Client{Jar: jar} // cookies have no port: the seat is good after a restart
	getJSON(t, owner, p.url+"/en/lab", &bench)
	app := bench.App
	cookie := set(p.url+app, "", "start", "0").cookie
	if cookie == "" {
		t.Fatal("no session to write to")
	}
	steps := map[int]bool{1: true}
	last := make([]int, writers)
	var after, fresh time.Duration // starts after a kill, and on new folders
	for round := range rounds {
		enough := int64(10 + round*37%60) // so that it is killed at all sorts of moments
		var mu sync.Mutex
		var acknowledged atomic.Int64
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for n := last[w] + 1; ; n++ {
					a := set(p.url+app, cookie, "k"+strconv.Itoa(w), strconv.Itoa(n))
					if a.err != nil { // killed
						return
					}
					mu.Lock()
					last[w], steps[a.step] = n, true
					mu.Unlock()
					if acknowledged.Add(1) == enough {
						_ = p.Process.Kill()
					}
				}
			})
		}
		wg.Wait()
		_ = p.Process.Kill() // if it refused to go on
		_ = p.Wait()
		began := time.Now()
		p = start(t, flags...)
		after += time.Since(began)
		began = time.Now()
		control := start(t, "--data", t.TempDir())
		fresh += time.Since(began)
		ended(t, control)
		if got, err := query(file, `PRAGMA integrity_check`); got != "ok" {
			t.Errorf("round %d: integrity_check says %q, %v; want ok", round, got, err)
		}

		getJSON(t, owner, p.url+"/en/lab", &bench)
		there := map[int]bool{}
		for _, s := range bench.Steps {
			there[s.N] = true
		}
		for n := range steps {
			if !there[n] {
				t.Errorf("round %d: step %d was acknowledged and is gone", round, n)
			}
		}
		a := set(p.url+app, cookie, "round", strconv.Itoa(round))
		steps[a.step] = true
		for w, n := range last {
			if got, _ := strconv.Atoi(a.session["k"+strconv.Itoa(w)]); got < n {
				t.Errorf("round %d: writer %d was acknowledged %d and finds %d", round, w, n, got)
			} else {
				last[w] = got // what was on its way may have arrived
			}
		}
		if acknowledged.Load() < enough || t.Failed() {
			t.Fatalf("round %d: %d writes were acknowledged, %v", round, acknowledged.Load(), a.err)
		}
	}
	t.Logf("%d starts after a kill took %v, and as many on new folders %v", rounds, after, fresh)
	if after > 5*fresh {
		t.Error("want a start after a kill about as fast as another")
	}
}

// acknowledgement is the answer to a write.
type acknowledgement struct {
	step    int
	session map[string]string
	cookie  string
	err     error
}

// set stores a value in a session.
func set(app, cookie, key, value string) (a acknowledgement) {
	req, err := http.NewRequest("POST", app+"set", strings.NewReader(url.Values{"key": {key}, "value": {value}}.Encode()))
	if err != nil {
		return acknowledgement{err: err}
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Cookie", cookie)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return acknowledgement{err: err}
	}
	defer res.Body.Close()
	var answer struct {
		OK      bool
		Step    int
		Session map[string]string
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil || !answer.OK {
		return acknowledgement{err: fmt.Errorf("%d, %v", res.StatusCode, err)}
	}
	for _, c := range res.Cookies() {
		a.cookie = c.Name + "=" + c.Value
	}
	a.step, a.session = answer.Step, answer.Session
	return a
}
