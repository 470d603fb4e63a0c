package handlers

import (
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// benchView puts together what the bench page shows of a step.
func (h *pages) benchView(c echo.Context, b *lab.Bench, s *step.Step) (views.Lab, error) {
	settings := b.Settings()
	usage, err := b.Usage(c.Request().Context())
	if err != nil { // a dead store must not hide what is known
		h.Log.Warn("store unavailable", "store", settings.Store, "error", err)
	}
	v := views.Lab{
		Page:   h.benchPage(c, b),
		Bench:  b.ID(),
		App:    b.Path(),
		AppURL: h.origin(c.Request()) + b.Path(),
		Input:  example(h.text(c)),
		Store:  storeInfo(settings, usage),
		Now:    b.Clock().Now,
	}
	entries := h.entries(c, b)
	v.Location, v.Done = h.locationView(c, settings, s, outsideRuns(b.Steps()), entries), h.done(c, b, entries)
	v.Store.Uncounted = err != nil
	v.Settings.Did = didView(h.text(c), c.QueryParam("did"))
	v.Present = c.QueryParams().Has("present")
	v.FromNote = c.QueryParam("from") == "note"
	runs := h.runsOn(c, b, entries)
	v.Timeline = h.timeline(c, b, entries, runs, s)
	if v.Run, err = h.runOf(c, b, runs, s, c.QueryParam("act")); err != nil {
		return v, err
	}
	if s == nil {
		err = h.who(c, b, s, &v)
		return v, err
	}
	if v.Event, err = chosenEvent(c, s); err != nil {
		return v, err
	}
	told := h.stepView(c, b, s)
	v.Step = &told
	if told.Untold != nil {
		v.Event = 0 // there are no others
	}
	v.Input = inputOf(s, v.Input)
	v.Session = sessionNow(s)
	if err := h.who(c, b, s, &v); err != nil {
		return v, err
	}
	v.Who.Whose = whose(h.text(c), &v, s, b.Steps())
	v.Held = h.held(c, b, s, usage.Sessions)
	if s.Run > 0 {
		v.Step.Badge = runs.badges(b).of(s.Browser, s.BrowserName)
		err = h.besideRun(c, b, s, &v)
		return v, err
	}
	v.Next = h.hint(h.text(c), b)
	v.Next.Try = h.tryHint(h.text(c), v.Next.ID)
	v.Warnings = h.warnings(c, settings, s)
	return v, nil
}

// narrateOptions are what the words of a step depend on besides the step.
func (h *pages) narrateOptions(c echo.Context, b *lab.Bench, s *step.Step) narrate.Options {
	clock := b.Clock()
	opt := narrate.Options{
		Origin: h.origin(c.Request()), Confirmed: b.Confirmed(s.N),
		Now: clock.Now, Ahead: time.Duration(clock.Ahead), Location: h.Location,
	}
	if s.Run == 0 { // a run has settings of its own
		opt.Lifetime = time.Duration(b.Settings().Lifetime)
	}
	if out, found := reading.LoggedOut(b.Steps(), s.N); found {
		opt.LoggedOut = &out
	}
	return opt
}

// inputOf is what the learner typed for a step, so that it still stands in the
// fields.
func inputOf(s *step.Step, otherwise views.Input) views.Input {
	form, err := url.ParseQuery(s.Request.Body)
	if s.Op == step.OpGet {
		_, query, _ := strings.Cut(s.Request.Path, "?")
		form, err = url.ParseQuery(query)
	}
	if err != nil {
		return otherwise
	}
	if form.Has("key") {
		otherwise.Key = form.Get("key")
	}
	if form.Has("value") {
		otherwise.Value = form.Get("value")
	}
	return otherwise
}

// sessionNow is what the controls need to know of the session that a step left.
func sessionNow(s *step.Step) views.Now {
	values := valuesOf(s.After)
	user, _ := values["uname"].(string)
	permanent, _ := values["_permanent"].(bool)
	return views.Now{User: user, Permanent: permanent}
}

// titledEvent is an event with its title in some language.
type titledEvent struct {
	step.Event
	Title string `json:"title"`
}

// titledStep is a step as its JSON says it.
type titledStep struct {
	*step.Step
	Events []titledEvent `json:"events"`
	Lesson string        `json:"lesson"` // the sentence that the page says
}

// titled gives the events of a step their titles.
func (h *pages) titled(c echo.Context, b *lab.Bench, s *step.Step) titledStep {
	told := h.stepView(c, b, s)
	out := titledStep{Step: s, Events: make([]titledEvent, len(s.Events)), Lesson: told.Result}
	for i, e := range s.Events {
		out.Events[i] = titledEvent{Event: e, Title: told.EventTitle(i)}
	}
	return out
}

// example is what the forms are filled with that set a value.
func example(t *i18n.Text) views.Input {
	return views.Input{Key: t.T("controls.key_example"), Value: t.T("controls.value_example")}
}
