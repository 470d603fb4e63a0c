package experiment

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/judge"
)

// placeholder is what stands in words for what a run came to.
var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// words checks that a language says all that there is to say, and nothing else.
func (c *checker) words(d *coursefile.Document, w *Words) {
	for _, one := range [...]struct{ key, text string }{
		{"title", w.Title}, {"question", w.Question}, {"site", w.Site}, {"source", w.Source},
	} {
		c.text(d, one.text, one.key)
	}
	for _, other := range c.e.Words {
		if w.Terms == "" && other.Terms != "" {
			d.At(1, "words are missing: terms, which another language has")
		}
	}
	var acts, wrong []string
	for _, a := range c.e.Acts {
		acts = append(acts, a.ID)
	}
	for _, choice := range c.e.Choices {
		if len(choice.Verdicts) < len(c.e.Verdicts) { // it can be wrong
			wrong = append(wrong, choice.ID)
		}
	}
	for _, table := range [...]struct {
		name string
		text map[string]string
		ids  []string
	}{
		{"browser", w.Browser, c.browsers}, {"variant", w.Variant, c.variants}, {"act", w.Act, acts}, {"choice", w.Choice, c.choices},
		{"wrong", w.Wrong, wrong}, {"verdict", w.Verdict, c.verdicts}, {"brief", w.Brief, c.verdicts},
		{"why", w.Why, c.variants},
	} {
		for _, id := range table.ids {
			c.text(d, table.text[id], table.name, id)
		}
		for _, id := range slices.Sorted(maps.Keys(table.text)) {
			if !slices.Contains(table.ids, id) {
				d.At(d.Line(table.name, id), "these words are for the %s %q, which is not in the script; there is %s", table.name, id, coursefile.OrNone(table.ids))
			}
		}
	}
}

// text checks one text, and compiles what stands for what a run came to.
func (c *checker) text(d *coursefile.Document, text string, where ...string) {
	line := d.Line(where...)
	if strings.TrimSpace(text) == "" {
		d.At(line, "words are missing: %s", strings.Join(where, "."))
	}
	for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
		e, err := judge.Value(found[1], c.e.names())
		if err != nil {
			c.wrong(d, line, found[0], err)
			continue
		}
		if c.e.fills == nil {
			c.e.fills = make(map[string]*judge.Expression)
		}
		c.e.fills[found[1]] = e
	}
}
