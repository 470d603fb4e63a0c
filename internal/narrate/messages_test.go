package narrate

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/BurntSushi/toml"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// messages reads the message files about steps flat: id to text. Plural forms
// count as "other".
func messages(t *testing.T, lang i18n.Lang) map[string]string {
	t.Helper()
	var data []byte
	for _, name := range []string{"flow", "carried"} {
		file, err := os.ReadFile("../i18n/" + string(lang) + "/" + name + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		data = append(append(data, file...), '\n')
	}
	var tree map[string]any
	if err := toml.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	flat := make(map[string]string)
	var walk func(prefix string, node map[string]any)
	walk = func(prefix string, node map[string]any) {
		for k, v := range node {
			switch v := v.(type) {
			case string:
				if k == "one" {
					continue
				}
				flat[strings.TrimSuffix(prefix+k, ".other")] = v
			case map[string]any:
				walk(prefix+k+".", v)
			}
		}
	}
	walk("", tree)
	return flat
}

// wayOf begins the ids of what is said for some mechanisms only.
var wayOf = regexp.MustCompile(`^(carried|flask|gorilla)\.`)

var placeholder = regexp.MustCompile(`\{[A-Za-z]+\}`)

// placeholders of a message, sorted; whether a name begins a sentence differs
// between languages.
func placeholders(s string) []string {
	found := placeholder.FindAllString(strings.ReplaceAll(s, "{who}", "{Who}"), -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestBothLanguagesHaveTheSameMessages(t *testing.T) {
	en, zh := messages(t, i18n.En), messages(t, i18n.Zh)
	if len(en) < 300 {
		t.Fatalf("%d messages in English; want at least 300", len(en))
	}
	for id, text := range en {
		other, ok := zh[id]
		if !ok {
			t.Errorf("message %q is not there in Chinese", id)
			continue
		}
		if a, b := placeholders(text), placeholders(other); !slices.Equal(a, b) {
			t.Errorf("message %q has placeholders %v in English and %v in Chinese", id, a, b)
		}
	}
	for id := range zh {
		if _, ok := en[id]; !ok {
			t.Errorf("message %q is not there in English", id)
		}
	}
}

// What is said in Chinese is Chinese, and in its own punctuation.
func TestChineseMessagesAreChinese(t *testing.T) {
	for full, text := range messages(t, i18n.Zh) {
		id := wayOf.ReplaceAllString(full, "")
		sentence := strings.HasSuffix(id, ".say") || strings.HasSuffix(id, ".explain") || strings.HasPrefix(id, "flow.result.lead.") ||
			strings.HasPrefix(id, "flow.result.tail.") || strings.HasPrefix(id, "flow.attribute.") || strings.HasPrefix(id, "flow.record.empty.")
		if !sentence {
			continue
		}
		if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("message %q = %q; want Chinese", id, text)
		}
		if !strings.HasSuffix(text, "。") {
			t.Errorf("message %q = %q; want a sentence that ends in 。", id, text)
		}
		if half := regexp.MustCompile(`\p{Han} ?[,;:?!]|[,;!?] ?\p{Han}`).FindString(text); half != "" {
			t.Errorf("message %q = %q; %q has Western punctuation", id, text, half)
		}
	}
}

func TestEnglishSentencesEnd(t *testing.T) {
	for id, text := range messages(t, i18n.En) {
		if (strings.HasSuffix(id, ".say") || strings.HasSuffix(id, ".explain")) && !strings.HasSuffix(text, ".") {
			t.Errorf("message %q = %q; want a sentence that ends in a full stop", id, text)
		}
	}
}

// Every id written in the code exists, and so does every variant that a refined
// id can end in.
func TestIDsInTheCodeExist(t *testing.T) {
	en := messages(t, i18n.En)
	literal := regexp.MustCompile(`"(flow\.[A-Za-z._-]+[A-Za-z])"`)
	names, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, f := range names {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		data, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literal.FindAllStringSubmatch(string(data), -1) {
			seen++
			isPrefix := slices.ContainsFunc(keysOf(en), func(id string) bool { return strings.HasPrefix(id, m[1]) })
			if !isPrefix {
				t.Errorf("%s: there is no message %q", f.Name(), m[1])
			}
		}
	}
	if seen < 20 {
		t.Errorf("found %d ids in the code; want at least 20", seen)
	}
}

func keysOf(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	return keys
}
