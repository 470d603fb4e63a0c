package handlers

import (
	"cmp"
	"slices"
	"time"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/views"
)

// act is what an act says before it is done: who does it, and to what else.
func (v *experimentView) act(a experiment.Act) views.ExperimentAct {
	badges := v.badges()
	act := views.ExperimentAct{Badge: badges[a.By], Text: v.words().Act[a.ID]}
	from, to := a.By, a.By
	if a.Do == experiment.DoCopy {
		to = a.To
	} else if a.Do == experiment.DoTake {
		if what, ok := v.e.Act(a.What); ok {
			from = what.By
		}
	}
	if from != to {
		act.From, act.Badge = badges[from], badges[to]
	}
	return act
}

// badges are those of the experiment's browsers, by their ids in its script.
func (v *experimentView) badges() badges {
	all := make([]lab.Browser, len(v.e.Browsers))
	for i, b := range v.e.Browsers {
		all[i] = lab.Browser{ID: b.ID, Slot: v.e.Slot(b.ID), Name: v.words().Browser[b.ID]}
	}
	return badgesOf(all)
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
	t, aboutSameSite := v.text(v.c), v.isAboutSameSite()
	held := make(map[string]int)
	for _, b := range run.Browsers {
		for _, k := range b.Cookies {
			held[k.Name+"="+k.Value]++
		}
	}
	for i, b := range run.Browsers {
		for n, k := range b.Cookies {
			shown := views.ExperimentCookie{
				Name: k.Name, Value: k.Value, Reads: k.Reads, Signed: k.Signed, Size: len(k.Name) + len(k.Value), Scripts: !k.HTTPOnly,
				Until: t.T("experiment.until_closes"), Same: held[k.Name+"="+k.Value] > 1,
			}
			if aboutSameSite {
				shown.SameSite = cmp.Or(k.SameSite, t.T("experiment.not_set"))
			}
			if shown.Same && i > 0 && n < len(run.Browsers[i-1].Cookies) {
				left := run.Browsers[i-1].Cookies[n]
				shown.SameAsLeft = left.Name == k.Name && left.Value == k.Value
			}
			if !k.Expires.IsZero() {
				shown.Until = v.until(k.Expires)
			}
			p.Browsers[i].Cookies = append(p.Browsers[i].Cookies, shown)
		}
	}
}

// until says when a cookie or a record ends.
func (v *experimentView) until(at time.Time) string {
	return v.text(v.c).F("experiment.until", "When", at.In(v.Location).Format("2006-01-02 15:04"))
}

// isAboutSameSite reports whether that attribute decides a verdict.
func (v *experimentView) isAboutSameSite() bool {
	return slices.ContainsFunc(v.e.Verdicts, func(verdict experiment.Verdict) bool { return verdict.Attribute == "SameSite" })
}
