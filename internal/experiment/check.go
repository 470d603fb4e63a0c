package experiment

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/lab"
)

// A checker finds the mistakes in an experiment.
type checker struct {
	*coursefile.Document
	e *Experiment

	browsers, variants, choices, verdicts, acts []string // their ids
}

var slugForm, idForm, nameForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`), regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`), regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// reserved are names that expressions have for something else.
var reserved = []string{"in", "not", "and", "or", "let", "if", "else", "true", "false", "nil", "matches", "contains", "startswith", "endswith"}

func (c *checker) script() {
	e := c.e
	if !slugForm.MatchString(e.Slug) {
		c.At(1, "the folder %q cannot be a slug: small letters, digits, and hyphens between them", e.Slug)
	}
	if !e.own && (e.Chapter < 1 || e.Chapter > Chapters) {
		c.At(c.Line("chapter"), "chapter must be a number from 1 to %d", Chapters)
	}
	if !e.own && e.Order < 1 {
		c.At(c.Line("order"), "order must be a number from 1 up: its place in the story")
	}
	if e.Host != "" && !slugForm.MatchString(e.Host) {
		c.At(c.Line("host"), "host must be a name without dots")
	}
	c.browsers = c.ids("browser", len(e.Browsers), func(i int) string { return e.Browsers[i].ID }, nameForm)
	c.variants = c.ids("variant", len(e.Variants), func(i int) string { return e.Variants[i].ID }, idForm)
	c.verdicts = c.ids("verdict", len(e.Verdicts), func(i int) string { return e.Verdicts[i].ID }, idForm)
	c.choices = c.ids("choice", len(e.Choices), func(i int) string { return e.Choices[i].ID }, idForm)
	CheckSettings(c.Document, e.Settings, "settings")
	for i, v := range e.Variants {
		CheckSettings(c.Document, v.Settings, "variant", strconv.Itoa(i), "settings")
	}
	c.checkActs()
	c.checkVerdicts()
	for i, choice := range e.Choices {
		for _, id := range choice.Verdicts {
			c.known("verdict", id, c.verdicts, "choice", strconv.Itoa(i), "verdicts")
		}
	}
	for i, v := range e.Verdicts {
		if !slices.ContainsFunc(e.Choices, func(choice Choice) bool { return slices.Contains(choice.Verdicts, v.ID) }) {
			c.At(c.Line("verdict", strconv.Itoa(i), "id"), "no choice predicts the verdict %q", v.ID)
		}
	}
	for _, name := range e.Also.Settings {
		c.known("setting", name, settingNames(), "also", "settings")
	}
	for _, n := range e.Also.Notes {
		if n < 1 || n > NoteRows {
			c.At(c.Line("also", "notes"), "the lecture note has rows 1 to %d, and no row %d", NoteRows, n)
		}
	}
}

// ids checks the ids of tables of one name, of which there must be some.
func (c *checker) ids(table string, n int, id func(int) string, form *regexp.Regexp) (all []string) {
	if n == 0 {
		c.At(1, "there must be at least one [[%s]]", table)
	}
	for i := range n {
		line := c.Line(table, strconv.Itoa(i), "id")
		switch id := id(i); {
		case id == "":
			c.At(line, "this %s needs an id", table)
		case !form.MatchString(id):
			c.At(line, "%q cannot be the id of a %s: it must look like %s", id, table, form)
		case slices.Contains(all, id):
			c.At(line, "there is a %s %q already", table, id)
		default:
			all = append(all, id)
		}
	}
	return all
}

// known notes a name that is none of those there are.
func (c *checker) known(kind, name string, all []string, where ...string) {
	if !slices.Contains(all, name) {
		c.At(c.Line(where...), "there is no %s %q; there is %s", kind, name, coursefile.OrNone(all))
	}
}

// NoteRows is how many points the lecture note has.
const NoteRows = 20

// stores are those that every server has.
var stores = []string{"memory", StoreOfServer}

// CheckSettings notes in d what is wrong with settings that a script changes. Where is
// the table that they are in.
func CheckSettings(d *coursefile.Document, set map[string]string, where ...string) {
	for name, value := range set {
		line := d.Line(append(slices.Clone(where), name)...)
		row, ok := lab.Named(name)
		if !ok {
			d.At(line, "there is no setting %q; there is %s", name, coursefile.OrNone(settingNames()))
			continue
		}
		if _, err := lab.DefaultSettings("x").With(url.Values{name: {value}}, stores); err != nil {
			d.At(line, "the setting %s cannot be %q; it can be %s", name, value, row.Takes(stores))
		}
	}
}

func settingNames() (names []string) {
	for _, row := range lab.Table {
		names = append(names, row.Name)
	}
	return names
}
