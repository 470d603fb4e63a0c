package lab

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
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
