package handlers

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

const experimentPath = "/:lang/experiments/:slug"

// experiments lists them as one story, with what the visitor's runs came to.
func (h *pages) experiments(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	c.Response().Header().Add("Vary", "Accept")
	if !wantsHTML(c.Request()) {
		return c.JSON(http.StatusOK, map[string]any{"experiments": h.experimentsJSON(c)})
	}
	runs, err := runsOf(c, b)
	if err != nil {
		return err
	}
	page := h.story(h.text(c), runs)
	page.Page = h.benchPage(c, b)
	return h.render(c, http.StatusOK, views.Experiments(page))
}

// experiment shows one: what it asks, or what a run of it came to.
func (h *pages) experiment(c echo.Context) error {
	b, e, err := h.ownExperiment(c)
	if err != nil {
		return err
	}
	runs, err := runsOf(c, b)
	if err != nil {
		return err
	}
	v := &experimentView{pages: h, c: c, bench: b, e: e, runs: revealed(runs[e.Slug]), all: runs[e.Slug]}
	page, err := v.page()
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, views.Experiment(page))
}

// runExperiment runs one on the visitor's bench, and says what it came to.
func (h *pages) runExperiment(c echo.Context) error {
	b, e, err := h.ownExperiment(c)
	if err != nil {
		return err
	}
	o, err := h.runOptions(c, b)
	if err != nil {
		return err
	}
	result, err := h.runner.Run(c.Request().Context(), b, e, o)
	switch {
	case errors.Is(err, experiment.ErrNoVariant):
		return unknownValue("variant", o.Variant)
	case errors.Is(err, experiment.ErrNoChoice):
		return unknownValue("prediction", o.Prediction)
	case err != nil:
		return err
	}
	if wantsHTML(c.Request()) {
		to := "/" + c.Param("lang") + "/experiments/" + e.Slug + "?run=" + strconv.Itoa(result.Run)
		if c.QueryParams().Has("present") {
			to += "&present"
		}
		return c.Redirect(http.StatusSeeOther, to)
	}
	return c.JSON(http.StatusOK, h.resultJSON(c, e, result))
}

// ownExperiment returns the visitor's bench, and the experiment that the path names.
func (h *pages) ownExperiment(c echo.Context) (*lab.Bench, *experiment.Experiment, error) {
	b, err := h.own(c)
	if err != nil {
		return nil, nil, err
	}
	e := h.experimentBy(c.Param("slug"))
	if e == nil {
		return nil, nil, errNotFound
	}
	return b, e, nil
}

// experimentBy is the experiment of that slug, nil for none.
func (h *pages) experimentBy(slug string) *experiment.Experiment {
	for _, e := range h.Experiments() {
		if e.Slug == slug {
			return e
		}
	}
	return nil
}

// runOptions are what a form asks for. Whoever wants no prediction says so, or sends
// none.
func (h *pages) runOptions(c echo.Context, b *lab.Bench) (o experiment.Options, err error) {
	if o.Variant, err = field(c, "variant", 64); err != nil {
		return o, err
	}
	skip, err := flag(c, "skip")
	if err != nil {
		return o, err
	}
	if !skip && c.Request().PostForm.Has("prediction") {
		if o.Prediction, err = field(c, "prediction", 64); err != nil {
			return o, err
		}
	}
	o.Language = c.Param("lang")
	o.App, err = h.appURL(c, b)
	return o, err
}

// experimentProblem is the problem of an error of an experiment, nil for others.
func experimentProblem(err error) *problem {
	var request *experiment.RequestError
	if errors.Is(err, experiment.ErrNoVerdict) || errors.As(err, &request) {
		return &problem{status: http.StatusServiceUnavailable, code: "experiment_failed", cause: err}
	}
	return nil
}

// runsOf returns the results of the bench's runs that came to something, by the slugs of
// their experiments, in order.
func runsOf(c echo.Context, b *lab.Bench) (map[string][]experiment.Result, error) {
	entries, err := b.Entries(c.Request().Context())
	if err != nil {
		return nil, err
	}
	runs := make(map[string][]experiment.Result)
	for _, e := range entries {
		if r := resultOf(e); r != nil {
			runs[e.Value] = append(runs[e.Value], *r)
		}
	}
	return runs, nil
}

// resultOf is what the run came to whose end an entry is; nil if it came to nothing, or
// for another entry.
func resultOf(e step.Entry) *experiment.Result {
	var r experiment.Result
	if e.Kind != step.EntryRunEnded || e.Result == "" || json.Unmarshal([]byte(e.Result), &r) != nil {
		return nil
	}
	return &r
}

// isRun reports whether a query is that of the page of a run, and nothing else.
func isRun(query string) bool {
	fields, err := url.ParseQuery(query)
	if err != nil || !fields.Has("run") {
		return false
	}
	for name, values := range fields {
		_, err := strconv.ParseUint(values[0], 10, 32)
		flag := (name == "one" || name == "present") && values[0] == ""
		if len(values) != 1 || !flag && (name != "run" || err != nil) {
			return false
		}
	}
	return true
}
