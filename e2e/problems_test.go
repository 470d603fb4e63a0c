package e2e

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// A recorder is told by a tab what a page does that it must not.
type recorder struct {
	base string

	mu       sync.Mutex
	problems []string
	allowed  []string
}

// add notes a problem, once: Firefox may ask for a missing file twice.
func (r *recorder) add(format string, args ...any) {
	problem := fmt.Sprintf(format, args...)
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.problems, problem) {
		r.problems = append(r.problems, problem)
	}
}

// request is told of each request that the page makes.
func (r *recorder) request(url string) {
	if strings.Contains(url, "://") && url != r.base && !strings.HasPrefix(url, r.base+"/") {
		r.add("external request: %s", url)
	}
}

// Problems returns what the page has done that it must not, and forgets it:
// errors and warnings in the console, uncaught exceptions, violations of the
// content security policy, and requests to anywhere but its own site. Failed
// requests count too, a wrong password's 401 among them: see [Page.Allow].
func (p *Page) Problems() []string {
	// Events come before the answer to a later command: an empty one
	// collects what is on its way. A tab that has crashed has no answer.
	ctx, cancel := p.limited()
	defer cancel()
	if _, err := p.tab.evaluate(ctx, `0`); err != nil {
		return []string{fmt.Sprintf("the tab does not answer: %v", err)}
	}
	p.seen.mu.Lock()
	defer p.seen.mu.Unlock()
	problems := slices.DeleteFunc(p.seen.problems, func(problem string) bool {
		return slices.ContainsFunc(p.seen.allowed, func(text string) bool { return strings.Contains(problem, text) })
	})
	p.seen.problems = nil
	return problems
}

// Allow makes the page's problems that contain text no problem, for what a test
// provokes on purpose.
func (p *Page) Allow(text string) {
	p.seen.mu.Lock()
	defer p.seen.mu.Unlock()
	p.seen.allowed = append(p.seen.allowed, text)
}
