package experiment

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/lab"
)

// A checker finds the mistakes in an experiment.
type checker struct {
	*document
	e *Experiment

	browsers, variants, choices, verdicts, acts []string // their ids
}

var slugForm, idForm, nameForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`), regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`), regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// reserved are names that expressions have for something else.
var reserved = []string{"in", "not", "and", "or", "let", "if", "else", "true", "false", "nil", "matches", "contains", "startswith", "endswith"}

func (c *checker) script() {
	e := c.e
	if !slugForm.MatchString(e.Slug) {
		c.at(1, "the folder %q cannot be a slug: small letters, digits, and hyphens between them", e.Slug)
	}
	if !e.own && (e.Chapter < 1 || e.Chapter > Chapters) {
		c.at(c.lines.of("chapter"), "chapter must be a number from 1 to %d", Chapters)
	}
	if !e.own && e.Order < 1 {
		c.at(c.lines.of("order"), "order must be a number from 1 up: its place in the story")
	}
	if e.Host != "" && !slugForm.MatchString(e.Host) {
		c.at(c.lines.of("host"), "host must be a name without dots")
	}
	c.browsers = c.ids("browser", len(e.Browsers), func(i int) string { return e.Browsers[i].ID }, nameForm)
	c.variants = c.ids("variant", len(e.Variants), func(i int) string { return e.Variants[i].ID }, idForm)
	c.verdicts = c.ids("verdict", len(e.Verdicts), func(i int) string { return e.Verdicts[i].ID }, idForm)
	c.choices = c.ids("choice", len(e.Choices), func(i int) string { return e.Choices[i].ID }, idForm)
	c.settings(e.Settings, "settings")
	for i, v := range e.Variants {
		c.settings(v.Settings, "variant", strconv.Itoa(i), "settings")
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
			c.at(c.lines.of("verdict", strconv.Itoa(i), "id"), "no choice predicts the verdict %q", v.ID)
		}
	}
	for _, name := range e.Also.Settings {
		c.known("setting", name, settingNames(), "also", "settings")
	}
	for _, n := range e.Also.Notes {
		if n < 1 || n > noteRows {
			c.at(c.lines.of("also", "notes"), "the lecture note has rows 1 to %d, and no row %d", noteRows, n)
		}
	}
}

// ids checks the ids of tables of one name, of which there must be some.
func (c *checker) ids(table string, n int, id func(int) string, form *regexp.Regexp) (all []string) {
	if n == 0 {
		c.at(1, "there must be at least one [[%s]]", table)
	}
	for i := range n {
		line := c.lines.of(table, strconv.Itoa(i), "id")
		switch id := id(i); {
		case id == "":
			c.at(line, "this %s needs an id", table)
		case !form.MatchString(id):
			c.at(line, "%q cannot be the id of a %s: it must look like %s", id, table, form)
		case slices.Contains(all, id):
			c.at(line, "there is a %s %q already", table, id)
		default:
			all = append(all, id)
		}
	}
	return all
}

// known notes a name that is none of those there are.
func (c *checker) known(kind, name string, all []string, where ...string) {
	if !slices.Contains(all, name) {
		c.at(c.lines.of(where...), "there is no %s %q; there is %s", kind, name, orNone(all))
	}
}

func orNone(all []string) string {
	if len(all) == 0 {
		return "none at all"
	}
	return strings.Join(all, ", ")
}

// noteRows is how many points the lecture note has.
const noteRows = 20

// stores are those that a program can have.
var stores = []string{"memory", "sqlite", "redis", "mysql", "postgres"}

// settings checks what an experiment changes of the bench's settings.
func (c *checker) settings(set map[string]string, where ...string) {
	for name, value := range set {
		line := c.lines.of(append(slices.Clone(where), name)...)
		if !slices.Contains(settingNames(), name) {
			c.at(line, "there is no setting %q; there is %s", name, orNone(settingNames()))
			continue
		}
		if _, err := lab.DefaultSettings("x").With(url.Values{name: {value}}, stores); err != nil {
			c.at(line, "the setting %s cannot be %q", name, value)
		}
	}
}

func settingNames() (names []string) {
	for _, row := range lab.Table {
		names = append(names, row.Name)
	}
	return names
}
