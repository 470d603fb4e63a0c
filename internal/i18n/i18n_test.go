package i18n_test

import (
	"testing"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

func TestWhatIsFilledInIsNotLookedAtAgain(t *testing.T) {
	text := i18n.Load().Text(i18n.En)
	for _, tt := range []struct {
		id    string
		pairs []string
		want  string
	}{
		{"error.no_such_key", []string{"Key", "{Key}"}, "The session has no key {Key}, so pop changed nothing."},
		{"error.bad_setting", []string{"Field", "a", "Value", "{Field}"}, "The setting a cannot be {Field}."},
		{"error.bad_setting", []string{"Field", "a"}, "The setting a cannot be {Value}."},
		{"{ { } {X}", []string{"X", "y"}, "{ { } y"},
		{"app.name", nil, "Session Lab"},
	} {
		if got := text.F(tt.id, tt.pairs...); got != tt.want {
			t.Errorf("F(%q, %q) = %q; want %q", tt.id, tt.pairs, got, tt.want)
		}
	}
}

func TestWhatNoPairNamesIsAskedFor(t *testing.T) {
	asked := ""
	other := func(name string) string { asked += name + " "; return "<" + name + ">" }
	if got, want := i18n.Fill("{A} {B} {a} {A", other, "A", "{B}"), "{B} <B> <a> {A"; got != want || asked != "B a " {
		t.Errorf("Fill = %q, asking for %q; want %q", got, asked, want)
	}
}

func TestAcceptLanguageChooses(t *testing.T) {
	c := i18n.Load()
	for header, want := range map[string]i18n.Lang{
		"": "en", "zh": "zh", "zh-TW": "zh", "zh-CN,zh;q=0.9,en;q=0.8": "zh", "fr, zh;q=0.5": "zh",
		"fr": "en", "en-GB, zh;q=0.1": "en", ";;;": "en", "*": "en",
	} {
		if got := c.Match(header); got != want {
			t.Errorf("Match(%q) = %s; want %s", header, got, want)
		}
	}
}

func TestBothLanguagesHaveTheSameMessages(t *testing.T) {
	c := i18n.Load()
	for _, lang := range i18n.Langs {
		for _, other := range i18n.Langs {
			for id := range c.Text(lang).IDs() {
				if !c.Text(other).Has(id) {
					t.Errorf("message %q is in %s and not in %s", id, lang, other)
				}
			}
		}
	}
}

func TestLettersStandApartFromChineseCharacters(t *testing.T) {
	for _, tt := range []struct{ message, value, want string }{
		{"{Who}手里还有 Cookie", "Mallory", "Mallory 手里还有 Cookie"},
		{"所以{Who}会删除它", "Mallory", "所以 Mallory 会删除它"},
		{"所以{Who}会删除它", "浏览器", "所以浏览器会删除它"},
		{"“{Who}”会删除它", "curl", "“curl”会删除它"},
		{"到{When}为止", "12月29日", "到12月29日为止"},
		{"so {Who}will", "curl", "so curlwill"},
	} {
		if got := i18n.Fill(tt.message, nil, "Who", tt.value, "When", tt.value); got != tt.want {
			t.Errorf("Fill(%q, %q) = %q; want %q", tt.message, tt.value, got, tt.want)
		}
	}
}
