package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// tooLong is how long an answer may take on a machine that also runs the class and
// the stores. The product's own limit is 2.5 s; what hangs takes for ever.
const tooLong = 5 * time.Second

// An answer is what somebody got for a click.
type answer struct {
	by            *learner
	store         string // of the bench
	began         time.Time
	took          time.Duration
	status        int
	kind, body    string
	code, message string // of the error
	session       map[string]string
	err           error // what should not be
}

func (a answer) String() string {
	return fmt.Sprintf("%s: %d %s after %v, %v: %.300s", a.store, a.status, a.code, a.took.Round(time.Millisecond), a.err, a.body)
}

// ask sends a form and reads the answer. Unlike post it may be called on any
// goroutine.
func (v *visitor) ask(method, path string, pairs ...string) (a answer) {
	a.began = time.Now()
	defer func() { a.took = time.Since(a.began) }()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	req, err := http.NewRequest(method, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		a.err = err
		return a
	}
	if method == "POST" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.Header.Set("Accept", "application/json")
	res, err := v.Do(req)
	if err != nil {
		a.err = err
		return a
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	a.status, a.body, a.err = res.StatusCode, string(body), err
	var said struct {
		Error   struct{ Code, Message string }
		Session map[string]string
	}
	if err == nil {
		a.err = json.Unmarshal(body, &said)
	}
	a.code, a.message, a.session = said.Error.Code, said.Error.Message, said.Session
	return a
}

// A learner clicks on a bench of their own. Each click stores its number under one
// of two keys in turn, so that its answer shows what the click before it left.
type learner struct {
	*visitor
	store               string
	clicks              int
	tried, acknowledged [2]int
}

// canary begins each value that learners store, and no log.
const canary = "canary-"

func (l *learner) click() answer {
	l.clicks++
	key := l.clicks % 2
	l.tried[key] = l.clicks
	a := l.ask("POST", l.app+"set", "key", "k"+strconv.Itoa(key), "value", canary+strconv.Itoa(l.clicks))
	a.by, a.store = l, l.store
	if a.err != nil || a.status != http.StatusOK {
		return a
	}
	l.acknowledged[key] = l.clicks
	for key := range l.tried {
		got, _ := strconv.Atoi(strings.TrimPrefix(a.session["k"+strconv.Itoa(key)], canary))
		if got < l.acknowledged[key] || got > l.tried[key] {
			a.err = fmt.Errorf("the session has %d where %d was acknowledged and %d tried last", got, l.acknowledged[key], l.tried[key])
		}
		l.acknowledged[key] = max(l.acknowledged[key], got)
	}
	return a
}

// A class is learners who click now and then, and the answers that they got.
type class struct {
	t        *testing.T
	learners []*learner
	mu       sync.Mutex
	answers  []answer
}

// newClass seats so many learners on each store.
func newClass(t *testing.T, p *process, sizes map[string]int) *class {
	t.Helper()
	c := &class{t: t}
	transport := &http.Transport{MaxIdleConnsPerHost: 1000}
	t.Cleanup(transport.CloseIdleConnections)
	for store, size := range sizes {
		for range size {
			v := visit(t, p.url)
			v.Transport = transport
			v.want(200, "/en/lab/settings", "store", store)
			c.learners = append(c.learners, &learner{visitor: v, store: store})
		}
	}
	return c
}

// during has the class click while f runs.
func (c *class) during(f func()) {
	const pause = 250 * time.Millisecond // between clicks of a learner
	over := make(chan struct{})
	var wg sync.WaitGroup
	for _, l := range c.learners {
		wg.Go(func() {
			tick := time.NewTicker(pause)
			defer tick.Stop()
			for {
				a := l.click()
				c.mu.Lock()
				c.answers = append(c.answers, a)
				c.mu.Unlock()
				select {
				case <-over:
					return
				case <-tick.C:
				}
			}
		})
	}
	defer c.learners[0].CloseIdleConnections()
	defer wg.Wait()
	defer close(over)
	f()
}

// between returns the answers to clicks in a time.
func (c *class) between(from, to time.Time) []answer {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(c.answers), func(a answer) bool { return a.began.Before(from) || a.began.After(to) })
}

// await waits until each learner has n answers to clicks since then: those on one
// store, or all if that is "", and of one status, or of any if that is 0.
func (c *class) await(what string, since time.Time, n int, store string, status int) {
	c.t.Helper()
	eventually(c.t, what, func() bool {
		got := map[*learner]int{}
		for _, a := range c.between(since, time.Now()) {
			if status == 0 || a.status == status {
				got[a.by]++
			}
		}
		return !slices.ContainsFunc(c.learners, func(l *learner) bool {
			return (store == "" || l.store == store) && got[l] < n
		})
	})
}

// mustBe fails the test for each answer that is not as it must be.
func mustBe(t *testing.T, what string, answers []answer, good func(answer) bool) {
	t.Helper()
	const enough = 5
	bad := 0
	for _, a := range answers {
		if a.err == nil && a.took < tooLong && good(a) {
			continue
		}
		if bad++; bad <= enough {
			t.Errorf("%s: %v", what, a)
		}
	}
	if bad > enough {
		t.Errorf("%s: %d of %d answers are wrong", what, bad, len(answers))
	}
	if len(answers) == 0 {
		t.Errorf("%s: nobody asked", what)
	}
}

// ok is what an answer is that took no harm, and refused one that says which store
// does not answer.
func ok(a answer) bool { return a.status == http.StatusOK }

func refused(a answer) bool {
	return a.status == http.StatusServiceUnavailable && a.code == "store_unavailable" && strings.Contains(a.message, names[a.store])
}

// names are what answers call the stores.
var names = map[string]string{"sqlite": "SQLite", "redis": "Redis", "mysql": "MySQL", "postgres": "PostgreSQL"}

// ended kills the program and checks that its log tells of no panic, and of nothing
// that learners stored.
func ended(t *testing.T, p *process) (log string) {
	t.Helper()
	check(t, p.Process.Kill())
	_ = p.Wait()
	log = p.stderr.String()
	for _, bad := range []string{"panic", "goroutine ", canary} {
		if at := strings.Index(log, bad); at >= 0 {
			t.Errorf("the log has %q:\n%.2000s", bad, log[max(0, at-200):])
		}
	}
	return log
}
