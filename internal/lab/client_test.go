package lab

import (
	"encoding/json"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/origin"
	"github.com/sessionlab/sessionlab/internal/step"
)

func secret(name string) bool { return name == "seat" || name == "__Host-seat" }

func TestMaskHidesTheProductsCookiesAndNothingElse(t *testing.T) {
	const dots = "••••••••"
	for in, want := range map[string]string{
		"":                         "",
		"session=abc":              "session=abc",
		"seat=abc":                 "seat=" + dots,
		"a=b; seat=abc; c=d":       "a=b; seat=" + dots + "; c=d",
		"seat=abc;session=x":       "seat=" + dots + ";session=x",
		"seat=a=b=c":               "seat=" + dots,
		"  seat  =abc ":            "  seat  =" + dots,
		"\tseat=abc":               "\tseat=" + dots,
		"__Host-seat=abc; seat=de": "__Host-seat=" + dots + "; seat=" + dots,
		`seat="a b"; x="y"`:        "seat=" + dots + `; x="y"`,
		"seat=":                    "seat=",
		"seat":                     "seat",
		"SEAT=abc":                 "SEAT=abc",
		"myseat=abc":               "myseat=abc",
		";;=;seat=abc;":            ";;=;seat=" + dots + ";",
	} {
		got, hidden := mask(in, secret)
		if got != want || hidden != (in != want) {
			t.Errorf("mask(%q) = %q, %v; want %q", in, got, hidden, want)
		}
	}
}

func TestMaskNeverLetsASecretThrough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringMatching(`[A-Za-z0-9_-]{75}`).Draw(t, "value")
		junk := rapid.StringMatching(`[a-z=; "\t]{0,20}`)
		before, after := junk.Draw(t, "before"), junk.Draw(t, "after")
		header := before + ";seat=" + value + ";" + after
		got, hidden := mask(header, secret)
		if !hidden || strings.Contains(got, value) || !strings.HasPrefix(got, before) || !strings.HasSuffix(got, after) && !strings.Contains(after, "seat") {
			t.Fatalf("mask(%q) = %q", header, got)
		}
	})
}

func TestAConnectionsOriginIsBelievedAndNoHeader(t *testing.T) {
	for from, want := range map[origin.Origin]sender{
		"alice":        {step.ClientVirtual, "virtual-alice", true},
		origin.Network: {step.ClientCurl, "", false},
	} {
		r := httptest.NewRequestWithContext(origin.With(t.Context(), origin.Addr{Origin: from}), "GET", "/", nil)
		r.Header.Set("User-Agent", "curl/8.14.1")
		r.Header.Set("Origin", "alice")
		got := senderOf(r, true)
		if got.kind != want.kind || got.one != want.one || got.one && got.id != want.id {
			t.Errorf("the sender from %q is %+v; want %+v", from, got, want)
		}
	}
}

// What a virtual browser holds is stored with the step that changed it, also what no
// step tells.
func TestTheJarOfAVirtualBrowserIsStoredWithItsSteps(t *testing.T) {
	l, state, _ := newLab()
	id := l.BenchID(owner(), 0)
	b := enter(t, l, id)
	alice := opened(t, l, b, "Alice")
	virtually(t, b, alice, "", "session=one; Path="+b.Path(), "session=elsewhere; Path=/elsewhere")
	stored := state.jars[id+" virtual-"+alice.ID]
	var names struct{ Jar []struct{ Value string } }
	if err := json.Unmarshal(stored, &names); err != nil || len(names.Jar) != 2 {
		t.Fatalf("stored is %s, %v; want both cookies", stored, err)
	}
	newCurl(b).do(t, write)
	if len(state.jars) != 1 {
		t.Errorf("%d jars are stored; want that of the virtual browser", len(state.jars))
	}
	l.drop(id)
	b = enter(t, l, id)
	held := b.clients["virtual-"+alice.ID].jar.All(time.Now())
	if len(held) != 2 || !slices.ContainsFunc(held, func(c jar.Cookie) bool { return c.Path == "/elsewhere" }) {
		t.Errorf("the jar holds %+v; want both cookies", held)
	}
	if got := virtually(t, b, alice, ""); got.Before.Cookie == nil || got.Before.Cookie.Raw != "one" || got.Expected != nil {
		t.Errorf("a request that its browser sent without the cookie: before %+v, expected %+v; want it still held", got.Before.Cookie, got.Expected)
	}
}
