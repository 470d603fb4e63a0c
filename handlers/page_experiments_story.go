package handlers

import (
	"strconv"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/views"
)

// story is the list of experiments in their chapters, and what the runs came to. The
// first one that was not run is the next. A teacher's own are a chapter after the others.
func (h *pages) story(t *i18n.Text, runs map[string][]experiment.Result) *views.ExperimentsPage {
	page := &views.ExperimentsPage{Of: len(h.Experiments())}
	next := false
	for i, e := range h.Experiments() {
		if n := len(page.Chapters); n == 0 || page.Chapters[n-1].N != e.Chapter {
			id := "experiment.chapter_" + strconv.Itoa(e.Chapter)
			page.Chapters = append(page.Chapters, views.ExperimentChapter{N: e.Chapter, Title: t.T(id + ".title"), Lead: t.T(id + ".lead")})
		}
		w := e.Words[string(t.Lang())]
		row := views.ExperimentListed{N: i + 1, Slug: e.Slug, Question: w.Question, State: "later", Variants: len(e.Variants)}
		done := ownRuns(runs[e.Slug])
		row.ByCourse = len(runs[e.Slug]) > len(done)
		switch {
		case len(done) > 0:
			row.State = stateOf(said(e, done[0]))
			row.Found = found(e, w, done)
			page.Asked++
			for _, first := range firsts(done) {
				switch said(e, first) {
				case "right":
					page.Right++
					fallthrough
				case "wrong":
					page.Guesses++
				}
			}
		case !next:
			row.State, next = "next", true
		}
		if row.State != "later" {
			row.Said = t.T("experiment.state_" + row.State)
		}
		chapter := &page.Chapters[len(page.Chapters)-1]
		chapter.Rows = append(chapter.Rows, row)
	}
	return page
}

// firsts are the first run of each variant: who runs it again knows
// what it comes to.
func firsts(runs []experiment.Result) (first []experiment.Result) {
	seen := make(map[string]bool)
	for _, r := range runs {
		if !seen[r.Variant] {
			first = append(first, r)
		}
		seen[r.Variant] = true
	}
	return first
}

// stateOf is how the list calls what a first run said: what was not expected is a
// surprise.
func stateOf(said string) string {
	if said == "wrong" {
		return "surprise"
	}
	return said
}

// found is what each variant that was run came to, in few words.
func found(e *experiment.Experiment, w *experiment.Words, runs []experiment.Result) (all []views.ExperimentFound) {
	for _, v := range e.Variants {
		last := views.ExperimentFound{Variant: w.Variant[v.ID]}
		for _, r := range runs {
			if r.Variant == v.ID {
				last.Brief = w.Brief[r.Verdict]
			}
		}
		if last.Brief != "" {
			all = append(all, last)
		}
	}
	return all
}
