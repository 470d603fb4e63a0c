package lesson

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A surrounding is what a lesson can name besides what is in it.
type surrounding struct {
	experiments []*experiment.Experiment
	lessons     []string // their slugs
	own         bool     // it is a teacher's
}

// A checker finds the mistakes in a lesson's script.
type checker struct {
	*coursefile.Document
	l      *Lesson
	around surrounding

	browsers, acts []string            // their ids
	taken          []string            // the ids of acts, with those of the setup
	steps          []string            // the names of those that were checked so far
	implied        map[string][]string // by a named step: those that are there when it is
	shown          map[string][]string // by a question: those that are there when it is revealed, earlier questions included
}

var (
	idForm       = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	nameForm     = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	questionForm = regexp.MustCompile(`^(q[1-9][0-9]*|change)$`)
)

// reserved are names that expressions have for something else.
var reserved = []string{It, "in", "not", "and", "or", "let", "if", "else", "true", "false", "nil", "matches", "contains", "startswith", "endswith"}

// The most that a lesson may have of what is not endless.
const (
	mostMinutes  = 60
	mostBrowsers = 3 // a bench has room for one more
	mostActs     = 40
	leastGoals   = 3
	mostGoals    = 6
	leastChoices = 2
	mostChoices  = 4
)

// Fields are the form fields that can be among the controls.
var Fields = [...]string{"key", "value"}

func (c *checker) script() {
	l := c.l
	if l.Minutes < 1 || l.Minutes > mostMinutes {
		c.At(c.Line("minutes"), "minutes must be a number from 1 to %d", mostMinutes)
	}
	if !c.around.own && (l.Chapter < 1 || l.Chapter > Chapters) {
		c.At(c.Line("chapter"), "chapter must be a number from 1 to %d", Chapters)
	}
	for _, p := range l.Paths {
		c.known("path", p, Paths[:], "paths")
	}
	for _, p := range l.Brief {
		c.known("path", p, l.Paths, "brief")
		if _, asks := l.Question(Change); !asks {
			c.At(c.Line("brief"), "there is no question %q to leave out", Change)
		}
	}
	if l.Own != OwnNone && l.Own != OwnLogin && l.Own != OwnClear {
		c.At(c.Line("own"), "own can be %q or %q, or be left out; it is %q", OwnLogin, OwnClear, l.Own)
	}
	experiment.CheckSettings(c.Document, l.Settings, "settings")
	for _, kind := range l.Lens {
		if !slices.Contains(step.Kinds[:], step.Kind(kind)) {
			c.At(c.Line("lens"), "there is no event %q; there is %s", kind, coursefile.OrNone(step.Kinds[:]))
		}
	}
	c.checkBrowsers()
	c.checkActs()
	c.checkSteps()
	c.checkQuestions()
	c.checkGoals()
	for _, control := range l.Controls {
		c.known("control", control, slices.Concat(Fields[:], experiment.OperationNames(), c.acts), "controls")
	}
}

func (c *checker) checkBrowsers() {
	if n := len(c.l.Browsers); n > mostBrowsers {
		c.At(c.Line("browser", strconv.Itoa(mostBrowsers)), "there may be %d browsers; there are %d", mostBrowsers, n)
	}
	for i, b := range c.l.Browsers {
		c.browsers = c.id(c.browsers, "browser", b.ID, nameForm, i)
		if strings.TrimSpace(b.Name) == "" {
			c.At(c.Line("browser", strconv.Itoa(i)), "the browser %q needs a name", b.ID)
		}
		if b.ID == ByOther {
			c.At(c.Line("browser", strconv.Itoa(i), "id"), "%q is what others are called who send requests", ByOther)
		}
	}
}

// id checks the id of the ith table of one name, and adds it to the others.
func (c *checker) id(all []string, table, id string, form *regexp.Regexp, i int) []string {
	line := c.Line(table, strconv.Itoa(i), "id")
	switch {
	case id == "":
		c.At(line, "this %s needs an id", table)
	case !form.MatchString(id) || form == nameForm && slices.Contains(reserved, id):
		c.At(line, "%q cannot be the id of a %s: it must look like %s", id, table, form)
	case slices.Contains(all, id):
		c.At(line, "there is a %s %q already", table, id)
	default:
		return append(all, id)
	}
	return all
}

// known notes a name that is none of those there are.
func (c *checker) known(kind, name string, all []string, where ...string) {
	if !slices.Contains(all, name) {
		c.At(c.Line(where...), "there is no %s %q; there is %s", kind, name, coursefile.OrNone(all))
	}
}

// expression compiles a condition that stands in a line, notes what is wrong with it, and
// returns the named steps that it uses.
func (c *checker) expression(line int, key, text string, names judge.Names) (uses []string) {
	if strings.TrimSpace(text) == "" {
		c.At(line, "%s is missing", key)
		return nil
	}
	e, err := judge.Condition(text, names)
	if err != nil {
		noteWrong(c.Document, line, key, err, c.steps)
		return nil
	}
	c.l.exprs[text] = e
	c.compared(line, key, e)
	return slices.DeleteFunc(e.Uses(), func(name string) bool { return name == It })
}

// noteWrong notes what is wrong with an expression that begins in a line, and what its
// names could be.
func noteWrong(d *coursefile.Document, line int, what string, err error, steps []string) {
	var in *judge.Error
	if errors.As(err, &in) {
		d.At(line+in.Line-1, "%s, column %d: %s; the named steps are %s", what, in.Column, in.Message, coursefile.OrNone(steps))
		return
	}
	d.At(line, "%s: this always says the same, whatever happens; the named steps are %s", what, coursefile.OrNone(steps))
}
