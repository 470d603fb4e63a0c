package advice

import (
	"errors"
	"io/fs"
	"maps"
	"slices"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A Guide is what is worth trying on a bench, for each mechanism. It is safe for
// concurrent use. The zero value knows of nothing to try.
type Guide struct {
	paths map[string][]*Hint
	again *Hint
}

// hintsFile is the form of the file of hints.
type hintsFile struct {
	Path map[string][]string // by mechanism, names of hints
	Hint map[string]*Hint
}

// Load reads the hints of a file. Its conditions are compiled as those of lessons are. The
// error is of [*coursefile.Problem]s, one for each mistake, joined.
func Load(files fs.FS, name string) (*Guide, error) {
	var f hintsFile
	d := coursefile.Decode(files, name, &f)
	if !d.Failed {
		f.check(d)
	}
	var problems []error
	for _, p := range d.Problems {
		problems = append(problems, p)
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	g := &Guide{paths: make(map[string][]*Hint), again: f.Hint[nameAgain]}
	for mechanism, names := range f.Path {
		for _, name := range names {
			g.paths[mechanism] = append(g.paths[mechanism], f.Hint[name])
		}
	}
	return g, nil
}

// it is what a condition calls the step that it is asked about.
const it = "it"

func (f *hintsFile) check(d *coursefile.Document) {
	for _, name := range slices.Sorted(maps.Keys(f.Hint)) {
		h := f.Hint[name]
		if h.ID == "" {
			h.ID = name
		}
		if len(h.Acts) == 0 {
			d.At(d.Line("hint", name), "the hint has no act")
		}
		for _, a := range h.Acts {
			var err error
			if a.when, err = judge.Condition(a.When, judge.Names{it: reading.Line{}}); err != nil {
				d.At(d.Line("hint", name, "act"), "the act %q: %v", a.ID, err)
			}
		}
	}
	for _, mechanism := range slices.Sorted(maps.Keys(f.Path)) {
		if !slices.Contains(step.Mechanisms[:], mechanism) {
			d.At(d.Line("path", mechanism), "there is no mechanism %q", mechanism)
		}
		for _, name := range f.Path[mechanism] {
			if f.Hint[name] == nil {
				d.At(d.Line("path", mechanism), "there is no hint %q", name)
			}
		}
	}
	if h := f.Hint[nameAgain]; h == nil {
		d.At(0, "there must be a hint %q", nameAgain)
	}
}

// Path returns the hints for a mechanism, in order. It must not be modified.
func (g *Guide) Path(mechanism string) []*Hint { return g.paths[mechanism] }

// A Progress is how far a bench has come on a path.
type Progress struct {
	Next      *Hint // the first hint that was not followed, or what it takes again; nil when all were
	Acts      int   // how many of its acts are done
	Done, All int   // hints
}

// Next returns how far the steps of a bench have come on the path of a mechanism.
// What failed does not count.
func (g *Guide) Next(mechanism string, steps []step.Summary) Progress {
	lines := reading.OfSummaries(steps)
	m, path := meaningsOf(lines), g.paths[mechanism]
	p := Progress{All: len(path)}
	for _, h := range path {
		acts := h.done(mechanism, m)
		if acts == len(h.Acts) {
			p.Done++
		} else if p.Next == nil {
			p.Next, p.Acts = h, acts
		}
	}
	if from := ended(mechanism, steps, lines); from > 0 && p.Next != nil && p.Next.Value {
		p.Next, p.Acts = g.again, g.again.done(mechanism, m.after(from))
	}
	return p
}
