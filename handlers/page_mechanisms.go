package handlers

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/views"
)

const (
	fillPath   = "/:lang/lab/fill"
	unfillPath = "/:lang/lab/unfill"

	// fillPatience is how long making or removing sessions may take, as long as the
	// store goes on answering; what is made by then is enough to see.
	fillPatience = 10 * time.Second
)

// mechanisms compares the places where this bench stored its sessions, by its own
// steps, and shows what sessions cost.
func (h *pages) mechanisms(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	trials, err := experiment.Trials(ctx, b)
	if err != nil {
		return err
	}
	t, s := h.text(c), b.Settings()
	page := views.MechanismsPage{Lab: views.Lab{Page: h.benchPage(c, b), Location: h.locationView(c, s, nil, nil, nil), Store: storeInfo(s, session.Usage{})}}
	page.Location.Places = h.places(c, s)
	for _, trial := range trials {
		page.Trials = append(page.Trials, trialView(t, trial, s))
	}
	if s.Mechanism == step.MechanismServer {
		page.Cost, err = h.cost(c, b)
	}
	if err != nil {
		h.Log.Warn("store unavailable", "store", s.Store, "error", err)
		page.Away = faultSentence(t, s.Store, err)
	}
	return h.render(c, http.StatusOK, views.Mechanisms(page))
}

// trialView is a trial in words.
func trialView(t *i18n.Text, trial experiment.Trial, now lab.Settings) views.Trial {
	home := locationOf(trial.Mechanism, trial.Store)
	v := views.Trial{
		Name: t.T("location.name." + home), Now: home == locationOf(now.Mechanism, now.Store), Steps: trial.Steps,
		Where: t.T("mechanisms.where." + trial.Mechanism), Wire: trial.Wire, Stored: trial.Stored,
	}
	if trial.Last != nil {
		v.Last = trial.Last.N
		v.Read = t.T("mechanisms.read." + yesNo(trial.Readable))
		v.Change = t.T("mechanisms.change." + yesNo(trial.Believed))
		switch {
		case trial.Refused != "":
			v.Change = t.T(outlived(trial.Refused))
		case trial.Mechanism == step.MechanismServer && !now.SignID:
			v.Change = t.T("mechanisms.change.unsigned")
		}
	}
	if trial.Ended != nil {
		v.Ended = trial.Ended.N
		v.Copy = t.T("mechanisms.copy." + yesNo(trial.Lives))
		if trial.Outlived != "" {
			v.Copy = t.T(outlived(trial.Outlived))
		}
	}
	if trial.Err != nil {
		v.Change, v.Copy = t.T("mechanisms.unknown"), t.T("mechanisms.unknown")
	}
	return v
}

// outlived says why a cookie of a step cannot be tried any more.
func outlived(reason string) string {
	if reason == session.ReasonLifetime {
		return "mechanisms.outlived.age"
	}
	return "mechanisms.outlived.key"
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// cost is what the app's sessions cost in their store, and what the last filling
// came to: ?made= and ?took= in milliseconds.
func (h *pages) cost(c echo.Context, b *lab.Bench) (*views.Cost, error) {
	usage, err := b.Usage(c.Request().Context())
	if err != nil {
		return nil, err
	}
	one, err := b.Footprint(c.Request().Context())
	if err != nil {
		return nil, err
	}
	cost := &views.Cost{Sessions: usage.Sessions, Bytes: usage.Bytes, One: one, Fill: experiment.FillSize}
	made, _ := strconv.Atoi(c.QueryParam("made"))
	took, _ := strconv.Atoi(c.QueryParam("took"))
	if made > 0 && made <= experiment.FillSize && took > 0 {
		cost.Made, cost.Took = made, time.Duration(took)*time.Millisecond
	}
	return cost, nil
}

// fill makes thousands of sessions, to show what they cost.
func (h *pages) fill(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	filling, err := experiment.Fill(c.Request().Context(), b)
	if err != nil {
		return err
	}
	to := "/" + c.Param("lang") + "/lab/mechanisms"
	if filling.Made > 0 {
		took := max(1, filling.Took.Milliseconds())
		to += "?made=" + strconv.Itoa(filling.Made) + "&took=" + strconv.FormatInt(took, 10)
	}
	return c.Redirect(http.StatusSeeOther, to+"#cost")
}

// unfill removes them again.
func (h *pages) unfill(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	if err := experiment.Unfill(c.Request().Context(), b); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/"+c.Param("lang")+"/lab/mechanisms#cost")
}
