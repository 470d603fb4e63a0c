package systemtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

// An answer is what somebody got for a click.
type answer struct {
	by            *learner
	store         string // of the bench
	began         time.Time
	took          time.Duration
	status        int
	body          string
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

// mustBe fails the test for each answer that is not as it must be.
func mustBe(t *testing.T, what string, answers []answer, good func(answer) bool) {
	t.Helper()
	const enough = 5
	bad := 0
	for _, a := range answers {
		if a.err == nil && good(a) {
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

// unrecorded is an answer whose step the disk of a busy machine did not take in time.
func unrecorded(a answer) bool {
	return a.status == http.StatusServiceUnavailable && a.code == "step_not_stored"
}

// names are what answers call the stores.
var names = map[string]string{"sqlite": "SQLite", "redis": "Redis", "mysql": "MySQL", "postgres": "PostgreSQL"}
