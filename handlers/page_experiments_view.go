package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/views"
)

// An experimentView makes the page of an experiment.
type experimentView struct {
	*pages
	c     echo.Context
	bench *lab.Bench
	e     *experiment.Experiment
	runs  []experiment.Result // of this experiment that may be shown, in order
	all   []experiment.Result // with those whose prediction is still to be made
}

func (v *experimentView) words() *experiment.Words { return v.e.Words[v.c.Param("lang")] }

// page is the page before a run, or that of the run that is asked for.
func (v *experimentView) page() (*views.ExperimentPage, error) {
	t, w := v.text(v.c), v.words()
	p := &views.ExperimentPage{
		Page: v.benchPage(v.c, v.bench), Slug: v.e.Slug, Title: w.Title, Question: w.Question, Terms: w.Terms,
		Chapter: chapterName(t, v.e.Chapter), Of: len(v.Experiments()), Own: v.ownBrowser(),
	}
	p.Present = v.c.QueryParams().Has("present")
	v.place(p)
	run, err := v.asked()
	if err != nil {
		return nil, err
	}
	v.choices(p, run)
	p.ByCourse = run == nil && len(v.all) > len(v.runs)
	shown := run
	if run == nil {
		shown = v.before()
	}
	v.browsers(p, shown)
	if shown == nil {
		v.plan(p)
		return p, nil
	}
	if p.Acts, err = v.acts(shown); err != nil {
		return nil, err
	}
	if run == nil {
		p.Before, p.BeforeIn = v.run(t, shown), w.Variant[shown.Variant]
		return p, nil
	}
	p.Run = v.run(t, run)
	if other := v.other(run); other != nil {
		p.Two, err = v.two(other, run, p.Acts)
	}
	return p, err
}

// asked is the run that the address asks for, nil for none. One that the course ran is not
// shown before its prediction: the page asks for that instead.
func (v *experimentView) asked() (*experiment.Result, error) {
	if !v.c.QueryParams().Has("run") {
		return nil, nil
	}
	n, _ := strconv.Atoi(v.c.QueryParam("run"))
	is := func(r experiment.Result) bool { return r.Run == n }
	if i := slices.IndexFunc(v.runs, is); i >= 0 {
		return &v.runs[i], nil
	}
	if !slices.ContainsFunc(v.all, is) {
		return nil, errNotFound
	}
	return nil, nil
}

// before is the run that stays in sight while the next is predicted, nil for none.
func (v *experimentView) before() *experiment.Result {
	n, _ := strconv.Atoi(v.c.QueryParam("after"))
	i := slices.IndexFunc(v.runs, func(r experiment.Result) bool { return r.Run == n })
	if i < 0 {
		return nil
	}
	return &v.runs[i]
}

// other is the run before that one with which to compare it, unless only one is to be
// shown: of those of another variant that has the fewest things changed, the latest.
func (v *experimentView) other(run *experiment.Result) (best *experiment.Result) {
	own, ok := v.e.Variant(run.Variant)
	if !ok || v.c.QueryParams().Has("one") {
		return nil
	}
	least := 0
	for i := range v.runs {
		r := &v.runs[i]
		variant, ok := v.e.Variant(r.Variant)
		if !ok || r.Run >= run.Run || r.Variant == run.Variant {
			continue
		}
		if n := v.e.Apart(variant, own); best == nil || n <= least {
			best, least = r, n
		}
	}
	return best
}

// place is where the experiment stands in the story.
func (v *experimentView) place(p *views.ExperimentPage) {
	i := slices.Index(v.Experiments(), v.e)
	p.N = i + 1
	if i > 0 {
		p.Prev = v.link(v.Experiments()[i-1])
	}
	if i < len(v.Experiments())-1 {
		p.Next = v.link(v.Experiments()[i+1])
	}
}

func (v *experimentView) link(e *experiment.Experiment) *views.ExperimentLink {
	return &views.ExperimentLink{Slug: e.Slug, Title: e.Words[v.c.Param("lang")].Title}
}

// choices are the predictions and the variants: of a run, or to choose from.
func (v *experimentView) choices(p *views.ExperimentPage, run *experiment.Result) {
	w := v.words()
	for _, choice := range v.e.Choices {
		c := views.ExperimentChoice{ID: choice.ID, Text: w.Choice[choice.ID]}
		if run != nil {
			c.Chosen, c.Right = run.Prediction == choice.ID, slices.Contains(choice.Verdicts, run.Verdict)
		}
		p.Choices = append(p.Choices, c)
	}
	chosen := v.chosen(run)
	if _, ok := v.e.Variant(chosen); !ok {
		chosen = v.e.Variants[0].ID
	}
	for _, each := range v.e.Variants {
		shown := views.ExperimentVariant{ID: each.ID, Text: w.Variant[each.ID], Chosen: each.ID == chosen}
		for _, r := range v.all {
			shown.ByCourse = shown.ByCourse || r.Variant == each.ID
		}
		for _, r := range v.runs {
			if r.Variant == each.ID {
				shown.Done, shown.ByCourse = w.Brief[r.Verdict], false
			}
		}
		p.Variants = append(p.Variants, shown)
	}
}

// chosen is the variant to run next: what is to be changed after a run, or what the
// address asks for.
func (v *experimentView) chosen(run *experiment.Result) string {
	if run != nil {
		return v.change(run.Variant)
	}
	n, _ := strconv.Atoi(v.c.QueryParam("run"))
	for _, r := range v.all {
		if r.Run == n && !v.c.QueryParams().Has("variant") {
			return r.Variant
		}
	}
	return v.c.QueryParam("variant")
}

// change is what to change after a run of a variant: the next one that was not run, or
// the next one if all were.
func (v *experimentView) change(variant string) string {
	all := v.e.Variants
	at := slices.IndexFunc(all, func(each experiment.Variant) bool { return each.ID == variant })
	for i := 1; i < len(all); i++ {
		next := all[(at+i)%len(all)].ID
		if !slices.ContainsFunc(v.runs, func(r experiment.Result) bool { return r.Variant == next }) {
			return next
		}
	}
	return all[(at+1)%len(all)].ID
}

// plan is what will be done, in all variants.
func (v *experimentView) plan(p *views.ExperimentPage) {
	w := v.words()
	for _, a := range v.e.Acts {
		act := v.act(a)
		var only, in []string
		for i, each := range v.e.Variants {
			if a.In(each.ID) {
				only, in = append(only, w.Variant[each.ID]), append(in, strconv.Itoa(i+1))
			}
		}
		if len(only) < len(v.e.Variants) {
			act.Only, act.In = strings.Join(only, " · "), strings.Join(in, " ")
		}
		p.Acts = append(p.Acts, act)
	}
}

// chapterName is what a chapter of the story is called, with its number.
func chapterName(t *i18n.Text, n int) string {
	id := strconv.Itoa(n)
	return t.F("experiment.chapter", "N", id, "Title", t.T("experiment.chapter_"+id+".title"))
}
