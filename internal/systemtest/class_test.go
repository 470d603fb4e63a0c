package systemtest

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

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

// mustLog checks that a log has a message.
func mustLog(t *testing.T, log, message string) {
	t.Helper()
	if !strings.Contains(log, message) {
		t.Errorf("the log is %q; want %q in it", log, message)
	}
}
