package e2e

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A recorder watches the events of a tab for what a page must not do.
type recorder struct {
	base string

	mu       sync.Mutex
	problems []string
	allowed  []string
	document network.RequestID
}

// see is called for each event, in order.
func (r *recorder) see(event any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		switch e.Type {
		case runtime.ConsoleAPICalledTypeError, runtime.ConsoleAPICalledTypeWarning, runtime.ConsoleAPICalledTypeAssert:
			r.add("console.%s: %s", e.Type, consoleText(e.Args))
		}
	case *runtime.EventExceptionThrown:
		r.add("uncaught: %s", exceptionText(e.ExceptionDetails))
	case *log.EventEntryAdded:
		// Among them, with the source "security", what the policy refused.
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			r.add("%s %s: %s %s", e.Entry.Source, e.Entry.Level, e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		if e.Type == network.ResourceTypeDocument {
			r.document = e.RequestID
		}
		if url := e.Request.URL; strings.Contains(url, "://") && url != r.base && !strings.HasPrefix(url, r.base+"/") {
			r.add("external request: %s", url)
		}
	}
}

func (r *recorder) add(format string, args ...any) {
	r.problems = append(r.problems, fmt.Sprintf(format, args...))
}

func (r *recorder) lastDocument() network.RequestID {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.document
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
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[chromedp.Void](`0`)); err != nil {
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

func consoleText(args []*runtime.RemoteObject) string {
	var words []string
	for _, arg := range args {
		if arg.Description != "" {
			words = append(words, arg.Description)
		} else {
			words = append(words, string(arg.Value))
		}
	}
	return strings.Join(words, " ")
}

func exceptionText(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Exception.Description
	}
	return d.Text
}
