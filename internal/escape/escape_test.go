package escape_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/internal/escape"
)

func TestWhatCannotBeSeenIsEscaped(t *testing.T) {
	for _, tt := range []struct{ in, unseen, lines, octets string }{
		{"", "", "", ""},
		{"plain <b>& 杭州 é", "plain <b>& 杭州 é", "plain <b>& 杭州 é", "plain <b>& 杭州 é"},
		{"a\r\n\tb", `a\r\n\tb`, "a\\r\n\tb", "a\r\n\tb"},
		{"\x00\x1b[31m\x7f", `\x00\x1b[31m\x7f`, `\x00\x1b[31m\x7f`, "\x00\x1b[31m\x7f"},
		{"\u202eevil\u200b\u2028\ufeff", `\u202eevil\u200b\u2028\ufeff`, `\u202eevil\u200b\u2028\ufeff`, "\u202eevil\u200b\u2028\ufeff"},
		{"\U000e0041", `\U000e0041`, `\U000e0041`, "\U000e0041"},
		{"é\xff\xfe\ufffd\xe6\x9d", "é\\xff\\xfe\ufffd\\xe6\\x9d", "é\\xff\\xfe\ufffd\\xe6\\x9d", "é\\xff\\xfe\ufffd\\xe6\\x9d"},
	} {
		if got := escape.Unseen(tt.in); got != tt.unseen {
			t.Errorf("Unseen(%q) = %q; want %q", tt.in, got, tt.unseen)
		}
		if got := escape.Lines(tt.in); got != tt.lines {
			t.Errorf("Lines(%q) = %q; want %q", tt.in, got, tt.lines)
		}
		if got := escape.Octets(tt.in); got != tt.octets {
			t.Errorf("Octets(%q) = %q; want %q", tt.in, got, tt.octets)
		}
	}
}

func TestWhatIsEscapedCanBeSeenAndStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		for name, escaped := range map[string]func(string) string{"Unseen": escape.Unseen, "Lines": escape.Lines, "Octets": escape.Octets} {
			got := escaped(in)
			unseen := strings.ContainsFunc(got, func(r rune) bool {
				return !unicode.IsGraphic(r) && name != "Octets" && (name != "Lines" || r != '\n' && r != '\t')
			})
			if unseen || !utf8.ValidString(got) || escaped(got) != got {
				t.Fatalf("%s(%q) = %q, then %q", name, in, got, escaped(got))
			}
		}
	})
}

func TestEscapedJSONIsTheSameValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("\u202e\u200b\ufeff\x00\x7f\U000e0041没😀\n")))).Draw(t, "text")
		text, err := json.Marshal([]string{want})
		if err != nil {
			t.Fatal(err)
		}
		before := bytes.Clone(text)
		seen := escape.JSON(text)
		if bytes.ContainsFunc(seen, func(r rune) bool { return !unicode.IsGraphic(r) }) {
			t.Fatalf("JSON(%q) = %q", text, seen)
		}
		var got []string
		if err := json.Unmarshal(seen, &got); err != nil || got[0] != want {
			t.Fatalf("JSON(%q) = %q, which is %q, %v", text, seen, got, err)
		}
		if !bytes.Equal(text, before) {
			t.Fatalf("JSON changed what it was given to %q", text)
		}
	})
}
