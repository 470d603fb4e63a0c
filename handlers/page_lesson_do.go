package handlers

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/lesson"
)

// doAct does an act of a lesson. Those of the learner's own browser are forms that post
// to the app, so they are not done here.
func (h *pages) doAct(c echo.Context) error {
	v, err := h.begunLesson(c)
	if err != nil {
		return err
	}
	id, err := field(c, "act", 64)
	if err != nil {
		return err
	}
	a, ok := v.l.Act(id)
	if !ok || a.Own() {
		return unknownValue("act", id)
	}
	did, err := v.act(a)
	if err != nil {
		return err
	}
	return v.leadBack(a, did)
}

// act does an act whose question is answered. It counts as a request of the owner.
func (v *lessonView) act(a lesson.Act) (did experiment.Did, err error) {
	if v.locked(a.ID) {
		return did, errLocked
	}
	if v.over() {
		return did, errOver
	}
	if _, err := v.change(v.c); err != nil {
		return did, err
	}
	return v.perform(a)
}

// leadBack leads back to the lesson after an act.
func (v *lessonView) leadBack(a lesson.Act, did experiment.Did) error {
	if did.Step > 0 || !wantsHTML(v.c.Request()) {
		return v.changedLesson(v.c, did.Step)
	}
	return v.didUnseen(a)
}

// didUnseen leads back to the lesson after an act without a step. Where the bench does not
// tell of it either, the address does.
func (v *lessonView) didUnseen(a lesson.Act) error {
	v.c.Response().Header().Add("Vary", "Accept")
	entries, err := v.bench.Entries(v.c.Request().Context())
	if err != nil {
		return err
	}
	fields := projected(v.c)
	if len(entries) == len(v.entries) && slices.Equal(entries, v.entries) {
		fields.Set(didField, a.ID)
	}
	return v.c.Redirect(http.StatusSeeOther, joined(lessonAddress(v.c), fields))
}

// perform does an act that is not the own browser's, and keeps what it found.
func (v *lessonView) perform(a lesson.Act) (did experiment.Did, err error) {
	switch {
	case len(a.Settings) > 0:
		return did, v.switchSettings(a.Settings)
	case a.Experiment != "":
		return did, v.runExperiment(a)
	case a.Clock != "":
		return did, v.moveClock(a.Clock)
	}
	app, err := v.appURL(v.c, v.bench)
	if err != nil {
		return did, err
	}
	hand := experiment.Hand{Browsers: v.kept.Browsers, App: app, Language: v.c.Param("lang")}
	for _, each := range slices.Concat(v.l.Setup, v.l.Acts) {
		hand.Acts = append(hand.Acts, each.Act)
	}
	did, err = v.runner.Do(v.c.Request().Context(), v.bench, a.Act, hand)
	if err != nil || did.Step > 0 {
		return did, err
	}
	return did, v.keepFound(a.ID, did)
}

// keepFound keeps what an act found that is no request: no step shows it.
func (v *lessonView) keepFound(act string, did experiment.Did) error {
	return v.keep(func(k *lesson.Kept) {
		if k.Found == nil {
			k.Found = make(map[string]experiment.Did)
		}
		k.Found[act] = did
	})
}

// switchSettings changes settings of the bench. Where sessions move, the own browser's
// cookie goes.
func (v *lessonView) switchSettings(own map[string]string) error {
	form, was := make(url.Values), v.bench.Settings()
	v.setSettings(form, own)
	s, err := v.Lab.Configure(v.c.Request().Context(), v.bench, form)
	if err == nil && locationOf(s.Mechanism, s.Store) != locationOf(was.Mechanism, was.Store) {
		dropCookie(v.c, v.bench)
	}
	return err
}

// moveClock moves the bench's clock. Going back to real time ends the app's sessions.
func (v *lessonView) moveClock(by string) error {
	move, err := lab.ParseMove(by)
	if err != nil {
		return err
	}
	_, ended, err := v.Lab.MoveClock(v.c.Request().Context(), v.bench, move)
	if ended {
		dropCookie(v.c, v.bench)
	}
	return err
}

// runExperiment runs an experiment of the course on the bench, which it leaves as it was.
func (v *lessonView) runExperiment(a lesson.Act) error {
	e := v.experimentBy(a.Experiment)
	if e == nil {
		return errNotFound
	}
	app, err := v.appURL(v.c, v.bench)
	if err != nil {
		return err
	}
	_, err = v.runner.Run(v.c.Request().Context(), v.bench, e, experiment.Options{Variant: a.Variant, Language: v.c.Param("lang"), App: app, Course: true})
	return err
}
