package lesson

import (
	"strings"
	"unicode"
)

// The most words that a part has before and after the learner acts, by language. Of
// Chinese, characters are counted.
var budgets = map[string]struct{ before, after int }{
	"en": {60, 90},
	"zh": {100, 150},
}

// budget notes a part that says too much.
func (c *wordChecker) budget(p *Part, stage string, line int) {
	most := budgets[c.lang].after
	if stage == Predict || stage == Do {
		most = budgets[c.lang].before
	}
	n := p.Ask.size(c.lang)
	for _, b := range p.Blocks {
		if b.Kind == Code {
			continue
		}
		n += b.Inline.size(c.lang)
		for _, item := range b.Items {
			n += item.size(c.lang)
		}
	}
	if n > most {
		what := "words"
		if c.lang == "zh" {
			what = "characters"
		}
		c.at(line, "%s has %d %s; it may have %d", p.ID, n, what, most)
	}
}

// size is how much an inline says: in words, or in Chinese characters, where words in
// Latin letters count as one. A placeholder is one.
func (in Inline) size(lang string) (n int) {
	text := in.Plain(func(string) string { return "x" })
	for word := range strings.FieldsSeq(text) {
		if lang != "zh" {
			if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
				n++
			}
			continue
		}
		latin := false
		for _, r := range word {
			switch {
			case unicode.Is(unicode.Han, r):
				n++
				latin = false
			case unicode.IsLetter(r) || unicode.IsDigit(r):
				if !latin {
					n++
				}
				latin = true
			case r > unicode.MaxLatin1: // punctuation
				latin = false
			}
		}
	}
	return n
}
