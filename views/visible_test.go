package views

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestVisibleShowsWhatCannotBeSeen(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"plain <b>&", "plain <b>&"},
		{"杭州 é", "杭州 é"},
		{"a\x00b", `a\x00b`},
		{"\x1b[31m", `\x1b[31m`},
		{"a\r\n\tb", `a\r\n\tb`},
		{"\u202eevil", `\u202eevil`},
		{"a\u200b\u2028\ufeffb", `a\u200b\u2028\ufeffb`},
		{"\xff\xfe", `\xff\xfe`},
		{"\ufffd", "\ufffd"},
		{"\U000e0041", `\U000e0041`},
	} {
		if got := visible(tt.in); got != tt.want {
			t.Errorf("visible(%q) = %q; want %q", tt.in, got, tt.want)
		}
	}
	const lines = "a\n\tb\r\u202e"
	if got, want := visibleLines(lines), "a\n\tb\\r\\u202e"; got != want {
		t.Errorf("visibleLines(%q) = %q; want %q", lines, got, want)
	}
}

func TestVisibleIsGraphicAndStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := visible(string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text"))
		for _, r := range s {
			if !unicode.IsGraphic(r) {
				t.Fatalf("visible shows %q", r)
			}
		}
		if again := visible(s); again != s {
			t.Fatalf("visible(%q) = %q; want no further change", s, again)
		}
	})
}

func TestFitCutsInTheMiddle(t *testing.T) {
	for _, tt := range []struct {
		in    string
		limit int
		want  string
	}{
		{"short", 5, "short"},
		{"0123456789", 7, "0123…89"},
		{"会话会话会话会话", 10, "会话会…话"},
		{"会话", 1, "…"},
		{"abc", 0, ""},
		{"abcdefgh\u0301\u0301\u0301", 3, "ab…"},
	} {
		if got := fit(tt.in, tt.limit); got != tt.want {
			t.Errorf("fit(%q, %d) = %q; want %q", tt.in, tt.limit, got, tt.want)
		}
	}
}

func TestFitFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, limit := rapid.String().Draw(t, "s"), rapid.IntRange(0, 40).Draw(t, "limit")
		got := fit(s, limit)
		if width(got) > limit {
			t.Fatalf("fit(%q, %d) = %q, %d columns", s, limit, got, width(got))
		}
		if width(s) <= limit && got != s {
			t.Fatalf("fit(%q, %d) = %q; want it whole", s, limit, got)
		}
	})
}

func TestLongTextIsCutAndUnfolds(t *testing.T) {
	value := strings.Repeat("字", 100<<10)
	short, cut := shown(value, shownCells)
	if !cut || width(short) > shownCells {
		t.Errorf("shown cuts: %v, to %d columns; want true, at most %d", cut, width(short), shownCells)
	}
	if full := unfolded(value); len(full) > shownBytes+len("…") || !utf8.ValidString(full) {
		t.Errorf("unfolded has %d bytes, valid: %v; want at most %d, valid", len(full), utf8.ValidString(full), shownBytes)
	}
	for _, s := range []string{"", "momo", strings.Repeat("x", shownCells), "\u202e"} {
		if short, cut := shown(s, shownCells); cut || short != visible(s) {
			t.Errorf("shown(%q) = %q, %v; want it whole", s, short, cut)
		}
	}
}
