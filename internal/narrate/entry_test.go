package narrate_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/step"
)

// words are read once for the tests from outside, too.
var words = sync.OnceValue(i18n.Load)

// Every kind of entry is said in both languages, with all that it names, and no two
// that differ are said alike.
func TestEveryEntryHasWords(t *testing.T) {
	values := map[step.EntryKind][]string{
		step.EntryBrowserClosed:   {"", step.RestoreTabs},
		step.EntryClockMoved:      {"2h", "31d"},
		step.EntryServerRestarted: {"same", "random"},
		step.EntryKeyChanged:      {"", "fallback"},
		step.EntryWorkersChanged:  {"1", "2"},
		step.EntryStoreEmptied:    {"memory", "sqlite", "redis"},
		step.EntrySessionsMoved:   {"memory", "sqlite", "flask", "gorilla"},
	}
	for _, lang := range i18n.Langs {
		text := words().Text(lang)
		said := map[string]bool{}
		for _, kind := range step.EntryKinds {
			all := values[kind]
			if all == nil {
				all = []string{"opaque"}
			}
			for _, value := range all {
				e := step.Entry{Kind: kind, Value: value, Cookie: "session", Name: "Alice's laptop", OtherName: "Mallory"}
				got := narrate.Entry(text, e)
				if got == "" || strings.ContainsAny(got, "{}") || strings.Contains(got, "entry.") || strings.Contains(got, "opaque") || said[got] {
					t.Errorf("%s: %s %q is said as %q", lang, kind, value, got)
				}
				said[got] = true
				if short := narrate.EntryShort(text, e); short == "" || len(short) > len(got) || strings.ContainsAny(short, "{}") || strings.Contains(short, "entry_short.") {
					t.Errorf("%s: %s %q is said in short as %q", lang, kind, value, short)
				}
			}
		}
	}
}

func TestAnEntryTellsWhatWorkersDoNotShare(t *testing.T) {
	text, said := words().Text(i18n.En), map[string]bool{}
	for _, keys := range []string{"shared", "own"} {
		for _, memory := range []string{"shared", "own"} {
			said[narrate.Entry(text, step.Entry{Kind: step.EntryWorkersChanged, Value: "2", Keys: keys, Memory: memory})] = true
		}
	}
	if len(said) != 4 {
		t.Errorf("four ways are said as %v", said)
	}
}

func TestAnEntryNamesItsBrowsers(t *testing.T) {
	text := words().Text(i18n.En)
	got := narrate.Entry(text, step.Entry{Kind: step.EntryCookieCopied, Name: "Alice's laptop", OtherName: "Mallory", Cookie: "session"})
	if want := "The browser “Mallory” got a copy of the cookie session from “Alice's laptop”"; got != want {
		t.Errorf("it says %q; want %q", got, want)
	}
}
