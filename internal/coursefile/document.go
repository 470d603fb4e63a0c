// Package coursefile reads the files that the course is made of, and says of each
// mistake in them in which line it is.
package coursefile

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// A Problem is a mistake in a file of the course.
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

// A Document is a file that was read, and what is wrong with it.
type Document struct {
	File     string
	Problems []*Problem
	Failed   bool // it could not be read

	lines lines
}

// Decode decodes a TOML file. Keys that mean nothing are mistakes.
func Decode(files fs.FS, name string, into any) *Document {
	d, text := Open(files, name)
	if d.Failed {
		return d
	}
	d.lines = linesOf(text)
	meta, err := toml.Decode(text, into)
	if err != nil {
		d.Failed = true
		d.broken(err)
		return d
	}
	told := make(map[int]bool)
	for _, key := range meta.Undecoded() {
		for _, line := range d.places(key) {
			if !told[line] {
				told[line] = true
				d.At(line, "nothing is called %q here; mind the spelling", key[len(key)-1])
			}
		}
	}
	return d
}

// Open reads a file of any form, and returns its text.
func Open(files fs.FS, name string) (d *Document, text string) {
	d = &Document{File: name}
	text, err := read(files, name)
	if err != nil {
		d.Failed = true
		d.At(1, "%s", err)
	}
	return d, text
}

// At notes a mistake in a line.
func (d *Document) At(line int, format string, args ...any) {
	d.Problems = append(d.Problems, &Problem{d.File, line, fmt.Sprintf(format, args...)})
}

// Line returns the line of a TOML file that a table or a key is in, as in
// Line("act", "2", "send"); if that is not known, the line of what it is in; or else 1.
func (d *Document) Line(path ...string) int { return d.lines.of(path...) }

// places are the lines of a key; of one within a value, those of the value.
func (d *Document) places(key toml.Key) []int {
	for n := len(key); n > 0; n-- {
		if found := d.lines.like(key[:n]); len(found) > 0 {
			slices.Sort(found)
			return found
		}
	}
	return []int{1}
}

// broken notes why a file cannot be decoded.
func (d *Document) broken(err error) {
	var parse toml.ParseError
	if errors.As(err, &parse) {
		what := parse.Message
		if what == "" {
			what = parse.Error()
		}
		d.At(max(1, parse.Position.Line), "%s", what)
		return
	}
	if found := decodeError.FindStringSubmatch(err.Error()); found != nil {
		line, _ := strconv.Atoi(found[1])
		d.At(line, "%s: %s", found[2], found[3])
		return
	}
	d.At(1, "%s", strings.TrimPrefix(err.Error(), "toml: "))
}

// decodeError is how the decoder says that a value is of another type: only its text
// tells the line.
var decodeError = regexp.MustCompile(`^toml: line (\d+) \(last key "(.*?)"\): (.*)$`)

// OrNone lists names in a sentence of what there is.
func OrNone[T ~string](all []T) string {
	if len(all) == 0 {
		return "none at all"
	}
	names := make([]string, len(all))
	for i, name := range all {
		names[i] = string(name)
	}
	return strings.Join(names, ", ")
}
