// Package i18n holds the product's words: one folder of messages for each
// language, parsed once and checked against each other.
package i18n

import (
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// A Lang is a language as the first segment of a path.
type Lang string

// The languages of the product.
const (
	En Lang = "en"
	Zh Lang = "zh"
)

// Langs are all languages; the first is the one for a stranger's.
var Langs = [...]Lang{En, Zh}

// Tag returns the language tag for <html lang>: it chooses the shapes of the
// characters, so it names the script.
func (l Lang) Tag() string {
	if l == Zh {
		return "zh-Hans"
	}
	return "en"
}

//go:embed en/*.toml zh/*.toml
var files embed.FS

// A Catalog holds the messages of all languages. It is safe for concurrent use.
type Catalog struct {
	texts   map[Lang]func() *Text
	matcher language.Matcher
}

// Load returns the embedded messages. Those of a language are parsed when they are
// first asked for: it takes as long as all else that the program does to start. A
// mistake in a message file is a panic then, which the package's tests would meet.
func Load() *Catalog {
	c := &Catalog{
		texts:   make(map[Lang]func() *Text),
		matcher: language.NewMatcher([]language.Tag{language.English, language.SimplifiedChinese}),
	}
	for _, lang := range Langs {
		c.texts[lang] = sync.OnceValue(func() *Text {
			t, err := parse(lang)
			if err != nil {
				panic(err)
			}
			return t
		})
	}
	return c
}

// parse reads the messages of a language.
func parse(lang Lang) (*Text, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	t := &Text{lang: lang, plain: make(map[string]string), localizer: i18n.NewLocalizer(bundle, lang.Tag())}
	names, err := fs.Glob(files, string(lang)+"/*.toml")
	if err != nil {
		return nil, fmt.Errorf("i18n: %w", err)
	}
	for _, name := range names {
		if err := t.add(bundle, name); err != nil {
			return nil, fmt.Errorf("i18n: %s: %w", name, err)
		}
	}
	return t, nil
}

func (t *Text) add(bundle *i18n.Bundle, name string) error {
	data, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	file, err := i18n.ParseMessageFileBytes(data, t.lang.Tag()+".toml", map[string]i18n.UnmarshalFunc{"toml": toml.Unmarshal})
	if err != nil {
		return err
	}
	for _, m := range file.Messages {
		if _, twice := t.plain[m.ID]; twice {
			return fmt.Errorf("message %q is there twice", m.ID)
		}
		t.plain[m.ID] = m.Other
	}
	return bundle.AddMessages(file.Tag, file.Messages...)
}

// Text returns the words of a language, or of English for one it has not.
func (c *Catalog) Text(lang Lang) *Text {
	if text, ok := c.texts[lang]; ok {
		return text()
	}
	return c.texts[En]()
}

// Match returns the language that an Accept-Language header asks for.
func (c *Catalog) Match(acceptLanguage string) Lang {
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return En
	}
	_, i, _ := c.matcher.Match(tags...)
	return Langs[i]
}

// A Text speaks one language. It is safe for concurrent use.
type Text struct {
	lang      Lang
	plain     map[string]string // messages as written, of the plural form "other"
	localizer *i18n.Localizer
}

// Lang returns the language.
func (t *Text) Lang() Lang { return t.lang }

// T returns the message with that id. A message that is missing shows its id: the
// tests know all ids.
func (t *Text) T(id string) string {
	if s, ok := t.plain[id]; ok {
		return s
	}
	return id
}

// Has reports whether there is a message with that id.
func (t *Text) Has(id string) bool {
	_, ok := t.plain[id]
	return ok
}

// IDs returns the ids of all messages, in no order.
func (t *Text) IDs() iter.Seq[string] { return maps.Keys(t.plain) }

// F returns the message with that id, with {Name} replaced by the value after
// "Name" in pairs.
func (t *Text) F(id string, pairs ...string) string {
	return Fill(t.T(id), nil, pairs...)
}

// N returns the message with that id in the plural form for n, with {N} replaced
// by n and pairs as in [Text.F].
func (t *Text) N(id string, n int, pairs ...string) string {
	s, err := t.localizer.Localize(&i18n.LocalizeConfig{
		MessageID:      id,
		PluralCount:    n,
		TemplateParser: template.IdentityParser{},
	})
	if err != nil {
		return id
	}
	return Fill(s, nil, append(pairs, "N", strconv.Itoa(n))...)
}

// Fill replaces each {Name} in s by the value after "Name" in pairs, or else by
// what other returns for it, in one pass: what is filled in is not looked at again.
// If other is nil, a brace that names no pair stays.
func Fill(s string, other func(name string) string, pairs ...string) string {
	open := strings.IndexByte(s, '{')
	if open < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 32)
	for open >= 0 {
		b.WriteString(s[:open])
		s = s[open:]
		end := strings.IndexByte(s, '}')
		value, ok := "", false
		if end > 0 {
			value, ok = lookUp(s[1:end], pairs)
			if !ok && other != nil {
				value, ok = other(s[1:end]), true
			}
		}
		if !ok {
			value, end = "{", 0
		}
		writeSpaced(&b, value, s[end+1:])
		s = s[end+1:]
		open = strings.IndexByte(s, '{')
	}
	b.WriteString(s)
	return b.String()
}

// writeSpaced writes a value, and a space where one of its Latin letters would stand
// next to a Chinese character, as Chinese is printed.
func writeSpaced(b *strings.Builder, value, after string) {
	before, _ := utf8.DecodeLastRuneInString(b.String())
	first, _ := utf8.DecodeRuneInString(value)
	last, _ := utf8.DecodeLastRuneInString(value)
	next, _ := utf8.DecodeRuneInString(after)
	if unicode.Is(unicode.Han, before) && isLetter(first) {
		b.WriteByte(' ')
	}
	b.WriteString(value)
	if unicode.Is(unicode.Han, next) && isLetter(last) {
		b.WriteByte(' ')
	}
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

func lookUp(name string, pairs []string) (value string, ok bool) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1], true
		}
	}
	return "", false
}
