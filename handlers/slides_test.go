package handlers_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// goOn is what a remote presses on a page to go on: a link, or a button with its form.
var (
	nextLink   = regexp.MustCompile(`<a [^>]*id="event-next" href="([^"]*)"`)
	screenNow  = regexp.MustCompile(`<main id="lab" class="slide slide-(\w+)"`)
	ordinalNow = regexp.MustCompile(`<span class="say-n" aria-hidden="true">([^<]*)</span>`)
)

// A remote is one that goes through a lesson that is projected.
type remote struct {
	*pupil
	on   string   // the kind of screen
	seen []string // kinds of screen, each once in a row
}

// goOn presses what goes on, as PgDn does.
func (r *remote) goOn() {
	r.t.Helper()
	if m := nextLink.FindStringSubmatch(r.page()); m != nil {
		r.open(strings.ReplaceAll(m[1], "&amp;", "&"))
	} else {
		r.press(r.byID("event-next"))
	}
	r.look()
}

func (r *remote) look() {
	r.t.Helper()
	m := screenNow.FindStringSubmatch(r.page())
	if m == nil {
		r.t.Fatalf("no screen: %s", r.page())
	}
	r.on = m[1]
	if n := len(r.seen); n == 0 || r.seen[n-1] != r.on {
		r.seen = append(r.seen, r.on)
	}
}

func (r *remote) ordinal() string {
	m := ordinalNow.FindStringSubmatch(r.page())
	if m == nil {
		return ""
	}
	return m[1]
}

var _ = []any{fmt.Sprint, http.StatusOK, slices.Equal[[]string]}
