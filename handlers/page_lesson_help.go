package handlers

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// helpLesson shows more about a goal than what it is: a hint, then what there will be to
// see, and in the end does an act for the learner. That it did is kept.
func (h *pages) helpLesson(c echo.Context) error {
	v, err := h.begunLesson(c)
	if err != nil {
		return err
	}
	g, help, err := v.asked()
	if err != nil {
		return err
	}
	if help == lesson.HelpDone {
		return v.reach(g)
	}
	if err := v.keepHelp(g, help); err != nil {
		return err
	}
	return h.changedLesson(c, 0)
}

// keepHelp keeps how much help the learner had with a goal.
func (v *lessonView) keepHelp(g lesson.Goal, help lesson.Help) error {
	return v.keep(func(k *lesson.Kept) {
		if k.Helped == nil {
			k.Helped = make(map[string]lesson.Help)
		}
		k.Helped[g.ID] = k.Helped[g.ID].More(help)
	})
}

// asked is the goal that somebody wants help with, and how much.
func (v *lessonView) asked() (g lesson.Goal, help lesson.Help, err error) {
	id, err := given(v.c, "goal")
	if err != nil {
		return g, help, err
	}
	g, ok := v.l.Goal(id)
	if !ok {
		return g, help, unknownValue("goal", id)
	}
	stage, err := given(v.c, "stage")
	if err != nil {
		return g, help, err
	}
	if help = lesson.Help(stage); help == lesson.HelpNone || lesson.HelpNone.More(help) != help {
		return g, help, badChoice("stage", "hint, goal, done")
	}
	return g, help, nil
}

// reach does the act of a goal that the request names. That the learner had it done is
// kept once it is, or once their own browser is told to.
func (v *lessonView) reach(g lesson.Goal) error {
	id, err := given(v.c, "act")
	if err != nil {
		return err
	}
	a, ok := v.l.Act(id)
	switch {
	case !ok || !slices.Contains(g.Do, id):
		return unknownValue("act", id)
	case v.locked(id):
		return errLocked
	case a.Own():
		if err := v.keepHelp(g, lesson.HelpDone); err != nil {
			return err
		}
		return v.sendOn(a)
	}
	did, err := v.act(a)
	if err != nil {
		return err
	}
	if err := v.keepHelp(g, lesson.HelpDone); err != nil {
		return err
	}
	return v.leadBack(a, did)
}

// sendOn has the learner's own browser send an act: the form that asked for it has the
// fields that the app takes, and goes on to it.
func (v *lessonView) sendOn(a lesson.Act) error {
	to := v.addressOf(a.Send)
	if methodOf(a.Send) == http.MethodPost {
		return v.c.Redirect(http.StatusTemporaryRedirect, to)
	}
	query := make(url.Values)
	for _, f := range v.ownFields(a) {
		query.Set(f.Name, f.Value)
	}
	return v.c.Redirect(http.StatusSeeOther, to+"?"+query.Encode())
}

// given is a field of a request, which can be in its address: the rest of the form is
// for the app.
func given(c echo.Context, name string) (string, error) {
	if c.QueryParams().Has(name) {
		return c.QueryParam(name), nil
	}
	return field(c, name, 64)
}
