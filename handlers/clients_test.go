package handlers_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/lab"
)

func TestClientsAreToldApart(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	firefox := s.Browser(t).Header.Get("User-Agent")
	curl := "curl/8.14.1"
	seat := "seat=" + l.Cookie("seat", "/")
	tests := []struct {
		agent, language, cookie string
		want                    lab.Client
		as                      int // the number of the first with the same id
	}{
		{firefox, "en", seat, lab.ClientBrowser, 1},
		{firefox, "en", "x=y", lab.ClientOther, 2},
		{firefox, "zh", "x=y", lab.ClientOther, 3},
		{firefox + "x", "zh", seat, lab.ClientBrowser, 1},
		{curl, "", "x=y", lab.ClientCurl, 5},
		{curl, "", seat, lab.ClientCurl, 5},
		{"curl/7.0", "", "", lab.ClientCurl, 7},
		{"python-requests/2", "", "", lab.ClientProgram, 8},
		{"", "", "", lab.ClientProgram, 9},
		{firefox, "en", "seat=forged", lab.ClientOther, 2},
	}
	ids := map[int]string{}
	for i, tt := range tests {
		s.carrying(tt.cookie).With("User-Agent", tt.agent).With("Accept-Language", tt.language).Get(l.app + "me").Want(401)
		step := l.step(i + 1)
		if ids[i+1] = step.ClientID; step.Client != tt.want || step.ClientID != ids[tt.as] || step.Agent != tt.agent {
			t.Errorf("%q %q %.9q is %s %s; want %s as step %d: %s", tt.agent, tt.language, tt.cookie, step.Client, step.ClientID, tt.want, tt.as, ids[tt.as])
		}
		for n := 1; n < tt.as; n++ {
			if ids[n] == step.ClientID && n != tt.as {
				t.Errorf("step %d has the client of step %d", i+1, n)
			}
		}
	}
}

func TestStepsTellWhatTheClientDoesWithTheCookie(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	tests := []struct {
		name     string
		settings []string
		request  []string // path and form
		kind     lab.Kind
		why      string
		held     bool // a cookie, afterwards
	}{
		{"nothing yet", nil, []string{"me"}, lab.CookieKept, "no-cookie", false},
		{"first", nil, []string{"set", "key", "a", "value", "1"}, lab.CookieStored, "", true},
		{"read", nil, []string{"get?key=a"}, lab.CookieKept, "none-sent", true},
		{"changed", nil, []string{"set", "key", "a", "value", "2"}, lab.CookieReplaced, "same", true},
		{"new id", nil, []string{"login", "uname", "momo", "pwd", "123"}, lab.CookieReplaced, "", true},
		{"no more", nil, []string{"logout"}, lab.CookieDeleted, "", false},
		{"no more again", nil, []string{"logout"}, lab.CookieKept, "no-cookie", false},
		{"secure, and kept since 127.0.0.1 is trusted", []string{"secure", "true"}, []string{"set", "key", "a", "value", "1"}, lab.CookieStored, "", true},
		{"SameSite=None wants Secure", []string{"secure", "false", "same_site", "None"}, []string{"set", "key", "a", "value", "1"}, lab.CookieIgnored, "samesite-none-needs-secure", true},
	}
	for i, tt := range tests {
		if tt.settings != nil {
			l.set(tt.settings...)
		}
		if len(tt.request) > 1 || strings.HasPrefix(tt.request[0], "logout") {
			c.Post(l.app+tt.request[0], tt.request[1:]...)
		} else {
			c.Get(l.app + tt.request[0])
		}
		step := l.step(i + 1)
		last := step.Events[len(step.Events)-1]
		if last.Lane != lab.LaneBrowser || last.Kind != tt.kind || last.Why != tt.why {
			t.Errorf("%s: %s %q; want %s %q", tt.name, last.Kind, last.Why, tt.kind, tt.why)
		}
		if held := step.After.Cookie != nil; held != tt.held {
			t.Errorf("%s: holds a cookie: %v; want %v", tt.name, held, tt.held)
		}
	}
}

func TestASecureCookieOverHTTPIsIgnoredByClientsElsewhere(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("secure", "true")
	for host, want := range map[string]lab.Kind{"lab.example:8080": lab.CookieIgnored, "localhost:8080": lab.CookieStored, s.Addr: lab.CookieStored} {
		c := s.curl().With("Host", host).With("User-Agent", "for "+host)
		got := op(t, c.Post(l.app+"set", "key", "a", "value", "b"), 200)
		step := l.step(got.Step)
		if last := step.Events[len(step.Events)-1]; last.Kind != want {
			t.Errorf("over http to %s: %s %s; want %s", host, last.Kind, last.Why, want)
		}
		if step.After.Record == nil {
			t.Errorf("over http to %s: no record was shown, yet it was saved", host)
		}
	}
}

func TestACookieIsConfirmedByTheNextRequest(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	bench := must(s.lab.Bench(t.Context(), l.bench))(t)
	confirmed := func(n int, want bool) {
		t.Helper()
		b := must(s.lab.Bench(t.Context(), l.bench))(t)
		if got := b.Confirmed(n); got != want {
			t.Errorf("step %d is confirmed: %v; want %v", n, got, want)
		}
	}
	c.Post(l.app+"set", "key", "a", "value", "b").Want(200)
	confirmed(1, false)
	s.curl().With("User-Agent", "other").Get(l.app + "me").Want(401)
	confirmed(1, false)
	c.Get(l.app + "me").Want(401)
	confirmed(1, true)
	confirmed(3, false)
	c.Post(l.app + "logout").Want(200)
	c.Get(l.app + "me").Want(401)
	confirmed(4, true) // that it is gone
	if bench.Confirmed(99) {
		t.Error("a step that is not there is confirmed")
	}
}

func TestACookieThatCameFromElsewhereHasNoAttributes(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"permanent", "on", "true").Want(200)
	set := l.step(1).After.Cookie
	if set == nil || set.Attributes == nil || set.Attributes.Expires == nil || !set.Attributes.Expires.Equal(s.clock.Now().Add(31*24*time.Hour)) ||
		!set.Attributes.HTTPOnly || set.Attributes.SameSite != "Lax" || set.Attributes.Path != l.app || !strings.HasPrefix(set.Attributes.Line, "session="+set.Raw) {
		t.Fatalf("the cookie is %+v", set)
	}
	if parts := set.Parts; len(parts) != 3 || parts[0].Kind != "id" || parts[1].Text != "." || parts[2].Kind != "signature" || !*parts[2].Valid ||
		parts[0].Text+parts[1].Text+parts[2].Text != set.Raw {
		t.Errorf("the parts of %q are %+v", set.Raw, parts)
	}
	s.carrying("session="+set.Raw).With("User-Agent", "thief").Get(l.app + "get?key=a").Want(200)
	if before := l.step(2).Before.Cookie; before == nil || before.Raw != set.Raw || before.Attributes != nil {
		t.Errorf("a stolen cookie is shown as %+v", before)
	}
	s.carrying("session="+set.Raw+"x").With("User-Agent", "forger").Get(l.app + "get?key=a").Want(200)
	if before := l.step(3).Before; before.Cookie == nil || *before.Cookie.Parts[2].Valid || before.Record != nil {
		t.Errorf("a forged cookie is shown as %+v", before)
	}
	s.carrying("session=nonsense").Get(l.app + "get?key=a").Want(200)
	if before := l.step(4).Before.Cookie; before == nil || len(before.Parts) != 1 || before.Parts[0].Kind != "other" {
		t.Errorf("nonsense is shown as %+v", before)
	}
}

func TestACookieHeldBackBySameSiteIsStillHeld(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	bare := c.With("Sec-Fetch-Site", "cross-site")
	bare.Jar = nil
	bare.Get(l.app + "me").Want(401)
	step := l.step(2)
	if step.Before.Cookie == nil || step.After.Cookie == nil || step.Events[0].Why != "no-cookie" {
		t.Errorf("before %v, after %v, sent %q", step.Before.Cookie, step.After.Cookie, step.Events[0].Why)
	}
	if sum := l.steps()[1]; sum.Cookie != lab.Unchanged || sum.Record != lab.Unchanged {
		t.Errorf("changed: cookie %q, record %q", sum.Cookie, sum.Record)
	}
}
