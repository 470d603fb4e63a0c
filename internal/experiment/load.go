package experiment

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/sessionlab/sessionlab/internal/coursefile"
)

// A Problem is a mistake in the files of an experiment.
type Problem = coursefile.Problem

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
	script := coursefile.Decode(files, path.Join(e.Slug, scriptFile), e)
	words := make(map[string]*coursefile.Document)
	for _, lang := range Languages {
		e.Words[lang] = new(Words)
		words[lang] = coursefile.Decode(files, path.Join(e.Slug, lang+".toml"), e.Words[lang])
	}
	if script.Failed {
		return nil, script.Problems // what words there must be is not known
	}
	check := checker{Document: script, e: e}
	check.script()
	problems := script.Problems
	for _, lang := range Languages {
		if !words[lang].Failed {
			check.words(words[lang], e.Words[lang])
		}
		problems = append(problems, words[lang].Problems...)
	}
	slices.SortStableFunc(problems, func(a, b *Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return e, problems
}
