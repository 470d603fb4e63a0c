package e2e

import "testing"

const (
	// runSteps are the chips in sight that a run of an experiment made.
	runSteps = `[...document.querySelectorAll(".strip [data-run] > .chip")].filter(c => c.checkVisibility()).length`
	// runHead is the condition that the group of a run is on the strip, with its title in it.
	runHead = `document.querySelector(".strip .run .chip")?.textContent.includes("Experiment: Theft")`
)

// A run of an experiment is one group on the timeline. It unfolds and folds, without
// scripts, too.
func TestARunFoldsAndUnfolds(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.send(1)
		b.Go("/en/experiments/theft")
		b.Click("button[name=skip]")
		b.Await(`document.getElementById("verdict")`)
		for name, p := range map[string]*Page{"with scripts": b.Page, "without scripts": b.Tab(View{NoScript: true})} {
			p.Go("/en/lab?step=1")
			p.Await(runHead)
			if n := eval[int](p, runSteps); n != 0 {
				t.Errorf("%s: %d steps of the folded run are in sight", name, n)
			}
			p.Click(".strip .run a.chip")
			p.Await(`location.search.startsWith("?step=2") && ` + runHead + ` && document.querySelector('.next-run a[href*="/experiments/theft?run="]')`)
			if n := eval[int](p, runSteps); n != 2 {
				t.Errorf("%s: %d steps of the open run are in sight; want 2", name, n)
			}
			p.Click(".strip .run summary")
			p.Await(runSteps + " === 0")
			p.Click(".strip .run summary")
			p.Await(runSteps + " === 2")
			p.Click(".next-run a[rel=next]")
			p.Await(`location.search.includes("step=2") && location.search.includes("act=2")`)
		}
	})
}
