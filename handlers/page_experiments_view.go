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
	runs  []experiment.Result // of this experiment, in order
}

func (v *experimentView) words() *experiment.Words { return v.e.Words[v.c.Param("lang")] }

// page is the page before a run, or that of the run that is asked for.
func (v *experimentView) page() (*views.ExperimentPage, error) {
	t, w := v.text(v.c), v.words()
	p := &views.ExperimentPage{
		Page: v.benchPage(v.c, v.bench), Slug: v.e.Slug, Title: w.Title, Question: w.Question,
		Chapter: chapterTitle(t, v.e.Chapter), Of: len(v.Experiments), Own: v.ownBrowser(),
	}
	v.place(p)
	run, err := v.asked()
	if err != nil {
		return nil, err
	}
	v.choices(p, run)
	v.browsers(p, run)
	if run == nil {
		v.plan(p)
		return p, nil
	}
	p.Run = v.run(t, run)
	if p.Acts, err = v.acts(run); err != nil {
		return nil, err
	}
	if other := v.other(run); other != nil {
		p.Two, err = v.two(other, run)
	}
	return p, err
}

// asked is the run that the address asks for, nil for none.
func (v *experimentView) asked() (*experiment.Result, error) {
	if !v.c.QueryParams().Has("run") {
		return nil, nil
	}
	n, _ := strconv.Atoi(v.c.QueryParam("run"))
	i := slices.IndexFunc(v.runs, func(r experiment.Result) bool { return r.Run == n })
	if i < 0 {
		return nil, errNotFound
	}
	return &v.runs[i], nil
}

// other is the latest run before that one of another variant, unless only one is to be
// shown.
func (v *experimentView) other(run *experiment.Result) *experiment.Result {
	for i := len(v.runs) - 1; i >= 0 && !v.c.QueryParams().Has("one"); i-- {
		if r := &v.runs[i]; r.Run < run.Run && r.Variant != run.Variant {
			return r
		}
	}
	return nil
}

// place is where the experiment stands in the story.
func (v *experimentView) place(p *views.ExperimentPage) {
	i := slices.Index(v.Experiments, v.e)
	p.N = i + 1
	if i > 0 {
		p.Prev = v.link(v.Experiments[i-1])
	}
	if i < len(v.Experiments)-1 {
		p.Next = v.link(v.Experiments[i+1])
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
	chosen := v.c.QueryParam("variant")
	if run != nil {
		chosen = run.Variant
	}
	if _, ok := v.e.Variant(chosen); !ok {
		chosen = v.e.Variants[0].ID
	}
	for _, each := range v.e.Variants {
		shown := views.ExperimentVariant{ID: each.ID, Text: w.Variant[each.ID], Chosen: each.ID == chosen}
		for _, r := range v.runs {
			if r.Variant == each.ID {
				shown.Done = w.Brief[r.Verdict]
			}
		}
		p.Variants = append(p.Variants, shown)
	}
}

// badges are those of the experiment's browsers, by their ids in its script.
func (v *experimentView) badges() map[string]views.Badge {
	names := make([]string, len(v.e.Browsers))
	for i, b := range v.e.Browsers {
		names[i] = v.words().Browser[b.ID]
	}
	badges := make(map[string]views.Badge, len(names))
	for i, letter := range views.Letters(names) {
		badges[v.e.Browsers[i].ID] = views.Badge{Slot: i + 1, Letter: letter, Name: names[i]}
	}
	return badges
}

// browsers are those that the experiment opens, with what they held after a run.
func (v *experimentView) browsers(p *views.ExperimentPage, run *experiment.Result) {
	badges := v.badges()
	for _, b := range v.e.Browsers {
		p.Browsers = append(p.Browsers, views.ExperimentBrowser{Badge: badges[b.ID]})
	}
	if run == nil {
		return
	}
	held := make(map[string]int)
	for _, b := range run.Browsers {
		for _, k := range b.Cookies {
			held[k.Name+"="+k.Value]++
		}
	}
	for i, b := range run.Browsers {
		for _, k := range b.Cookies {
			shown := views.ExperimentCookie{
				Name: k.Name, Value: k.Value, Size: len(k.Name) + 1 + len(k.Value), Scripts: !k.HTTPOnly,
				Until: v.text(v.c).T("experiment.until_closes"), Same: held[k.Name+"="+k.Value] > 1,
			}
			if !k.Expires.IsZero() {
				shown.Until = k.Expires.In(v.Location).Format("2006-01-02 15:04")
			}
			p.Browsers[i].Cookies = append(p.Browsers[i].Cookies, shown)
		}
	}
}

// plan is what will be done, in all variants.
func (v *experimentView) plan(p *views.ExperimentPage) {
	badges, w := v.badges(), v.words()
	for _, a := range v.e.Acts {
		act := views.ExperimentAct{Badge: badges[a.By], Text: w.Act[a.ID]}
		var only []string
		for _, each := range v.e.Variants {
			if a.In(each.ID) {
				only = append(only, w.Variant[each.ID])
			}
		}
		if len(only) < len(v.e.Variants) {
			act.Only = strings.Join(only, " · ")
		}
		p.Acts = append(p.Acts, act)
	}
}

// chapterTitle is what a chapter of the story is called.
func chapterTitle(t *i18n.Text, n int) string {
	return t.T("experiment.chapter_" + strconv.Itoa(n) + ".title")
}
