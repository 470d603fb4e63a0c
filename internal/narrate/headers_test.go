package narrate

import (
	"slices"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// setCookies is a step whose response sets cookies with these lines.
func setCookies(lines ...string) *step.Step {
	s := on(step.OpSet, "POST /set", "").Step
	for _, line := range lines {
		s.Response.Headers = append(s.Response.Headers, [2]string{"Set-Cookie", line})
	}
	return s
}

func none(string) bool { return false }

// piece returns the piece of that name.
func piece(t *testing.T, h views.CookieHeader, name string) views.CookiePiece {
	t.Helper()
	i := slices.IndexFunc(h.Pieces, func(p views.CookiePiece) bool { return p.Name == name })
	if i < 0 {
		t.Fatalf("%q has no piece %s", h.Value, name)
	}
	return h.Pieces[i]
}

func TestEveryAttributeIsTold(t *testing.T) {
	text := texts(t)[i18n.En]
	const future, past = "Expires=Wed, 23 Dec 2026 19:00:00 GMT", "Expires=Thu, 01 Jan 1970 00:00:00 GMT"
	for line, wants := range map[string]map[string]string{ // name to the end of the id
		"session=a; HttpOnly; Path=/app/x/; SameSite=Lax": {
			"session": "value.session", "HttpOnly": "httponly.set", "Path": "path.set", "SameSite": "samesite.lax",
			"Expires": "expires.absent", "Secure": "secure.absent", "Domain": "domain.absent",
		},
		"session=a; " + future + "; Secure; SameSite=None": {
			"Expires": "expires.future", "Secure": "secure.set", "SameSite": "samesite.none", "HttpOnly": "httponly.absent", "Path": "path.absent",
		},
		"session=; " + past + "; Max-Age=0; Path=/": {"session": "value.empty", "Max-Age": "max-age.now", "SameSite": "samesite.absent"},
		"session=a; " + past:                        {"Expires": "expires.past"},
		"session=a; max-age=60; samesite=STRICT":    {"max-age": "max-age.set", "samesite": "samesite.strict"},
		"session=a; SameSite=odd; Domain=a.b":       {"SameSite": "samesite.absent", "Domain": "domain.set"},
		"session=a; Secure; Partitioned":            {"Partitioned": "partitioned.set"},
	} {
		_, set := CookieHeaders(text, setCookies(line), none)
		if len(set) != 1 {
			t.Fatalf("%q: %d headers; want 1", line, len(set))
		}
		for name, id := range wants {
			p := piece(t, set[0], name)
			if want := text.T("explain." + id); p.Does != want {
				t.Errorf("%q: %s does %q; want %q", line, name, p.Does, want)
			}
			if absent := strings.HasSuffix(id, ".absent") && p.Value == ""; p.Absent != absent {
				t.Errorf("%q: %s absent = %v; want %v", line, name, p.Absent, absent)
			}
		}
	}
}

func TestIgnoredAttributesSayWhy(t *testing.T) {
	text := texts(t)[i18n.En]
	_, set := CookieHeaders(text, setCookies("session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Colour=teal; Path=/a; Path=/b"), none)
	for name, reason := range map[string]jar.Reason{"Expires": jar.ReasonOverridden, "Colour": jar.ReasonUnknownAttribute, "Path": jar.ReasonOverridden} {
		p := piece(t, set[0], name)
		if want := text.T("explain.ignored." + string(reason)); p.Ignored != want || p.Changes != nil {
			t.Errorf("%s is ignored for %q, with changes %v; want %q and none", name, p.Ignored, p.Changes, want)
		}
	}
	if p := piece(t, set[0], "Max-Age"); p.Ignored != "" {
		t.Errorf("Max-Age is ignored for %q; want it in force", p.Ignored)
	}
}

func TestARefusedLineSaysWhy(t *testing.T) {
	text := texts(t)[i18n.En]
	s := setCookies("session=a; Secure")
	s.Events = append(s.Events, step.Event{Lane: step.LaneBrowser, Kind: step.CookieIgnored, Why: step.Why(jar.ReasonSecureNeedsHTTPS)})
	_, set := CookieHeaders(text, s, none)
	if want := text.T("flow.reason.secure-needs-https"); set[0].Refuse != want {
		t.Errorf("refused for %q; want %q", set[0].Refuse, want)
	}
	_, set = CookieHeaders(text, setCookies("session="+strings.Repeat("x", jar.MaxPairSize)), none)
	if want := text.T("flow.reason.too-large"); set[0].Refuse != want {
		t.Errorf("refused for %q; want %q", set[0].Refuse, want)
	}
}

func TestSentCookiesAreToldApart(t *testing.T) {
	text := texts(t)[i18n.En]
	s := on(step.OpGet, "GET /get", "").Step
	s.Request.Headers = append(s.Request.Headers, [2]string{"cookie", "seat=••••••••; session=a=b; other"})
	sent, set := CookieHeaders(text, s, func(name string) bool { return name == "seat" })
	if len(sent) != 1 || len(set) != 0 {
		t.Fatalf("%d Cookie and %d Set-Cookie headers; want 1 and 0", len(sent), len(set))
	}
	for name, id := range map[string]string{"seat": "own", "session": "session", "other": "rest"} {
		if got, want := piece(t, sent[0], name).Does, text.T("explain.sent."+id); got != want {
			t.Errorf("%s: %q; want %q", name, got, want)
		}
	}
	if p := piece(t, sent[0], "session"); p.Value != "a=b" {
		t.Errorf("value of session = %q; want a=b", p.Value)
	}
}

// Every id that the explanations are made of has a message in both languages.
func TestEveryExplanationExists(t *testing.T) {
	for lang, text := range texts(t) {
		want := []string{"explain.without", "explain.ignored.unknown-attribute", "explain.ignored.attribute-too-large", "explain.ignored.unreadable-attribute", "explain.ignored.overridden", "explain.partitioned.set"}
		for id, changes := range attributeChanges {
			want = append(want, "explain."+id)
			for _, c := range changes {
				want = append(want, "explain.change."+c.id)
			}
			if name, _, _ := strings.Cut(id, "."); attributeNames[name] == "" {
				t.Errorf("attribute %q has no name", name)
			}
		}
		for _, id := range want {
			if !text.Has(id) {
				t.Errorf("%s: there is no message %q", lang, id)
			}
		}
	}
}
