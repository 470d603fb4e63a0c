package sqlbackend

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// awkward are bytes that the forms of text treat each in their own way.
var awkward = rapid.SliceOf(rapid.SampledFrom([]byte{0, 1, 2, 'a', 'b', 'h', 0x7f, 0x80, 0xc3, 0xa9, 0xff}))

func TestKeysAreTextOfTheSameOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := string(awkward.Draw(t, "a")), string(awkward.Draw(t, "b"))
		text := keyText(a)
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
			t.Errorf("keyText(%q) = %q; want UTF-8 without NUL", a, text)
		}
		if back := textKey(text); back != a {
			t.Errorf("textKey(keyText(%q)) = %q", a, back)
		}
		if got, want := strings.Compare(text, keyText(b)), strings.Compare(a, b); got != want {
			t.Errorf("%q and %q compare as %d; want %d", text, keyText(b), got, want)
		}
		if text >= keyTextEnd {
			t.Errorf("keyText(%q) = %q; want less than %q", a, text, keyTextEnd)
		}
	})
}

func TestValuesAreTextThatComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := append([]byte(rapid.SampledFrom([]string{"", "hex:", "hex:00", `{"é":1}`}).Draw(t, "begin")), awkward.Draw(t, "rest")...)
		text := dataText(values)
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
			t.Errorf("dataText(%q) = %q; want UTF-8 without NUL", values, text)
		}
		if back := textData([]byte(text)); !bytes.Equal(back, values) {
			t.Errorf("textData(dataText(%q)) = %q", values, back)
		}
	})
}

func TestPracticalKeysAndValuesAreStoredAsTheyAre(t *testing.T) {
	for _, s := range []string{"", "bench:k", `{"user":"x"}`} {
		if got := keyText(s); got != s {
			t.Errorf("keyText(%q) = %q; want the same", s, got)
		}
	}
	for _, s := range []string{"", `{"user":"安娜 🍪\u0000"}`, "he", "0"} {
		if got := dataText([]byte(s)); got != s {
			t.Errorf("dataText(%q) = %q; want the same", s, got)
		}
	}
}

func TestDataEditedByHandAreReturnedAsTheyAre(t *testing.T) {
	for _, s := range []string{"hex:0", "hex:zz", "HEX:00"} {
		if got := string(textData([]byte(s))); got != s {
			t.Errorf("textData(%q) = %q; want the same", s, got)
		}
	}
}
