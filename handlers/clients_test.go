package handlers_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

func TestClientsAreToldApart(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	firefox := s.Browser(t).Header.Get("User-Agent")
	curl := "curl/8.14.1"
	seat := "seat=" + l.Cookie("seat", "/")
	tests := []struct {
		agent, language, cookie string
		want                    step.Client
		as                      int // the number of the first with the same id
	}{
		{firefox, "en", seat, step.ClientBrowser, 1},
		{firefox, "en", "x=y", step.ClientOther, 2},
		{firefox, "zh", "x=y", step.ClientOther, 3},
		{firefox + "x", "zh", seat, step.ClientBrowser, 1},
		{curl, "", "x=y", step.ClientCurl, 5},
		{curl, "", seat, step.ClientCurl, 5},
		{"curl/7.0", "", "", step.ClientCurl, 7},
		{"python-requests/2", "", "", step.ClientProgram, 8},
		{"", "", "", step.ClientProgram, 9},
		{firefox, "en", "seat=forged", step.ClientOther, 2},
	}
	ids := map[int]string{}
	for i, tt := range tests {
		s.carrying(tt.cookie).With("User-Agent", tt.agent).With("Accept-Language", tt.language).Get(l.app + "me").Want(401)
		recorded := l.step(i + 1)
		if ids[i+1] = recorded.ClientID; recorded.Client != tt.want || recorded.ClientID != ids[tt.as] || recorded.Agent != tt.agent {
			t.Errorf("%q %q %.9q is %s %s; want %s as step %d: %s", tt.agent, tt.language, tt.cookie, recorded.Client, recorded.ClientID, tt.want, tt.as, ids[tt.as])
		}
		for n := 1; n < tt.as; n++ {
			if ids[n] == recorded.ClientID && n != tt.as {
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
		kind     step.Kind
		why      string
		held     bool // a cookie, afterwards
	}{
		{"nothing yet", nil, []string{"me"}, step.CookieKept, "no-cookie", false},
		{"first", nil, []string{"set", "key", "a", "value", "1"}, step.CookieStored, "", true},
		{"read", nil, []string{"get?key=a"}, step.CookieKept, "none-sent", true},
		{"changed", nil, []string{"set", "key", "a", "value", "2"}, step.CookieReplaced, "same", true},
		{"new id", nil, []string{"login", "uname", "momo", "pwd", "123"}, step.CookieReplaced, "", true},
		{"no more", nil, []string{"logout"}, step.CookieDeleted, "", false},
		{"no more again", nil, []string{"logout"}, step.CookieKept, "no-cookie", false},
		{"secure, and stored since 127.0.0.1 is trusted", []string{"secure", "true"}, []string{"set", "key", "a", "value", "1"}, step.CookieStored, "", true},
		{"SameSite=None wants Secure", []string{"secure", "false", "same_site", "None"}, []string{"set", "key", "a", "value", "1"}, step.CookieIgnored, "samesite-none-needs-secure", true},
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
		recorded := l.step(i + 1)
		last := recorded.Events[len(recorded.Events)-1]
		if last.Lane != step.LaneBrowser || last.Kind != tt.kind || string(last.Why) != tt.why {
			t.Errorf("%s: %s %q; want %s %q", tt.name, last.Kind, last.Why, tt.kind, tt.why)
		}
		if held := recorded.After.Cookie != nil; held != tt.held {
			t.Errorf("%s: holds a cookie: %v; want %v", tt.name, held, tt.held)
		}
	}
}

func TestASecureCookieOverHTTPIsIgnoredByClientsElsewhere(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("secure", "true")
	for host, want := range map[string]step.Kind{"lab.example:8080": step.CookieIgnored, "localhost:8080": step.CookieStored, s.Addr: step.CookieStored} {
		c := s.curl().With("Host", host).With("User-Agent", "for "+host)
		got := op(t, c.Post(l.app+"set", "key", "a", "value", "b"), 200)
		recorded := l.step(got.Step)
		if last := recorded.Events[len(recorded.Events)-1]; last.Kind != want {
			t.Errorf("over http to %s: %s %s; want %s", host, last.Kind, last.Why, want)
		}
		if recorded.After.Record == nil {
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
	recorded := l.step(2)
	if recorded.Before.Cookie == nil || recorded.After.Cookie == nil || recorded.Events[0].Why != "no-cookie" {
		t.Errorf("before %v, after %v, sent %q", recorded.Before.Cookie, recorded.After.Cookie, recorded.Events[0].Why)
	}
	if sum := l.steps()[1]; sum.Cookie != step.Unchanged || sum.Record != step.Unchanged {
		t.Errorf("changed: cookie %q, record %q", sum.Cookie, sum.Record)
	}
}
