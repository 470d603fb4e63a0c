package experiment

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// A Problem is a mistake in the files of an experiment.
type Problem struct {
	File string
	Line int // from 1; 0 for what is in no line
	What string
}

func (p *Problem) Error() string {
	if p.Line == 0 {
		return p.File + ": " + p.What
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.What)
}

// scriptFile is the file of an experiment that has no words in it.
const scriptFile = "experiment.toml"

// Load reads and checks the experiments of a folder, each in a folder of its own that is
// called by its slug. It returns those without a mistake, in their order, and each
// mistake as a [*Problem]. A mistake in one experiment leaves the others alone.
func Load(files fs.FS) (all []*Experiment, problems []error) {
	dirs, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, []error{fmt.Errorf("experiment: %w", err)}
	}
	for _, dir := range dirs {
		if !dir.IsDir() {
			continue
		}
		e, wrong := load(files, &Experiment{Slug: dir.Name()})
		if len(wrong) == 0 {
			all = append(all, e)
		}
		for _, p := range wrong {
			problems = append(problems, p)
		}
	}
	slices.SortStableFunc(all, func(a, b *Experiment) int { return cmp.Compare(a.Order, b.Order) })
	return all, problems
}

// load reads and checks one experiment, of which the slug is known.
func load(files fs.FS, e *Experiment) (*Experiment, []*Problem) {
	e.Words = make(map[string]*Words)
	script := open(files, path.Join(e.Slug, scriptFile), e)
	words := make(map[string]*document)
	for _, lang := range Languages {
		e.Words[lang] = new(Words)
		words[lang] = open(files, path.Join(e.Slug, lang+".toml"), e.Words[lang])
	}
	if script.failed {
		return nil, script.problems // what words there must be is not known
	}
	check := checker{document: script, e: e}
	check.script()
	problems := script.problems
	for _, lang := range Languages {
		if !words[lang].failed {
			check.words(words[lang], e.Words[lang])
		}
		problems = append(problems, words[lang].problems...)
	}
	slices.SortStableFunc(problems, func(a, b *Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return e, problems
}

// A document is a file that was read, and what is wrong with it.
type document struct {
	file     string
	lines    lines
	problems []*Problem
	failed   bool // it could not be read
}

// open decodes a file. Keys that mean nothing are mistakes.
func open(files fs.FS, name string, into any) *document {
	d := &document{file: name}
	text, err := read(files, name)
	if err != nil {
		d.failed = true
		d.at(1, "%s", err)
		return d
	}
	d.lines = linesOf(text)
	meta, err := toml.Decode(text, into)
	if err != nil {
		d.failed = true
		d.broken(err)
		return d
	}
	told := make(map[int]bool)
	for _, key := range meta.Undecoded() {
		for _, line := range d.places(key) {
			if !told[line] {
				told[line] = true
				d.at(line, "nothing is called %q here; mind the spelling", key[len(key)-1])
			}
		}
	}
	return d
}

// places are the lines of a key; of one within a value, those of the value.
func (d *document) places(key toml.Key) []int {
	for n := len(key); n > 0; n-- {
		if found := d.lines.like(key[:n]); len(found) > 0 {
			slices.Sort(found)
			return found
		}
	}
	return []int{1}
}

// broken notes why a file cannot be decoded.
func (d *document) broken(err error) {
	var parse toml.ParseError
	if errors.As(err, &parse) {
		what := parse.Message
		if what == "" {
			what = parse.Error()
		}
		d.at(max(1, parse.Position.Line), "%s", what)
		return
	}
	if found := decodeError.FindStringSubmatch(err.Error()); found != nil {
		line, _ := strconv.Atoi(found[1])
		d.at(line, "%s: %s", found[2], found[3])
		return
	}
	d.at(1, "%s", strings.TrimPrefix(err.Error(), "toml: "))
}

// decodeError is how the decoder says that a value is of another type: only its text
// tells the line.
var decodeError = regexp.MustCompile(`^toml: line (\d+) \(last key "(.*?)"\): (.*)$`)

// at notes a mistake in a line.
func (d *document) at(line int, format string, args ...any) {
	d.problems = append(d.problems, &Problem{d.file, line, fmt.Sprintf(format, args...)})
}
