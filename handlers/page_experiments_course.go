package handlers

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/experiment"
)

// ownRuns are the runs that the learner started on the pages of the experiments.
func ownRuns(runs []experiment.Result) []experiment.Result {
	return slices.DeleteFunc(slices.Clone(runs), func(r experiment.Result) bool { return r.Course })
}

// revealed are the runs whose verdict does not take a prediction away from the learner:
// their own, and those that a lesson made of a variant that they ran themselves.
func revealed(runs []experiment.Result) []experiment.Result {
	own := ownRuns(runs)
	return slices.DeleteFunc(slices.Clone(runs), func(r experiment.Result) bool {
		return !slices.ContainsFunc(own, func(o experiment.Result) bool { return o.Variant == r.Variant })
	})
}
