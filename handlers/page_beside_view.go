package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/views"
)

// besidePage shows a trio, and below it where the learner's own app keeps its sessions
// and what these cost, which the trio leaves alone.
func (h *pages) besidePage(c echo.Context, b *lab.Bench, trio trio) error {
	t, s := h.text(c), b.Settings()
	page := views.BesidePage{
		Lab:   views.Lab{Page: h.benchPage(c, b), Input: example(t), Location: h.locationView(c, s, nil, nil, nil), Store: storeInfo(s, session.Usage{})},
		Round: trio.round, Total: len(trio.rounds), At: trio.at, End: afterAll, Phase: t.T("beside.phase." + strconv.Itoa(trio.at)),
	}
	page.Present = c.QueryParams().Has("present")
	page.Location.Places = h.places(c, s)
	page.Rounds = roundsAround(t, trio)
	for _, col := range trio.columns {
		page.Columns = append(page.Columns, h.columnView(c, trio, col))
	}
	mark(page.Columns)
	if err := h.whatNext(c, trio, &page); err != nil {
		return err
	}
	if s.Mechanism == step.MechanismServer {
		var err error
		if page.Cost, err = h.cost(c, b); err != nil {
			h.Log.Warn("store unavailable", "store", s.Store, "error", err)
			page.Away = faultSentence(t, s.Store, err)
		}
	}
	return h.render(c, http.StatusOK, views.Beside(page))
}

// roundsAround are the rounds near the one that is shown.
func roundsAround(t *i18n.Text, trio trio) (around []views.BesideRound) {
	const beside = 6
	for i, r := range trio.rounds {
		if n := i + 1; n >= trio.round-beside && n <= trio.round+beside {
			item := views.BesideRound{N: n, Op: narrate.Item(t, step.Summary{Op: r.Op}).Op}
			if r.By != experiment.ByBrowser {
				item.By = t.T("beside.with." + withOf(r.By))
			}
			around = append(around, item)
		}
	}
	return around
}

// columnView is a column in words.
func (h *pages) columnView(c echo.Context, trio trio, col column) views.BesideColumn {
	t := h.text(c)
	mechanism := col.settings.Mechanism
	v := views.BesideColumn{Lab: views.Lab{Page: h.page(c, "")}, Mechanism: mechanism, Name: t.T("beside.name." + mechanism), Verdicts: verdicts(t, col)}
	if mechanism == step.MechanismServer {
		v.Place = t.T("location.name." + col.settings.Store)
	} else {
		v.Keeps = t.T("beside.nothing." + mechanism)
	}
	if col.step == nil {
		return v
	}
	told := h.stepView(c, col.bench, col.step)
	v.Step = &told
	if told.Untold != nil {
		return v
	}
	if trio.at < afterAll {
		if v.Event = trio.shown(col.step); v.Event == 0 {
			v.Event = views.BeforeFirst
		}
	}
	for i, phase := range experiment.Phases(col.step.Events) {
		if int(phase) == trio.at {
			v.Now = append(v.Now, told.Events[i])
		}
	}
	v.Was, v.Is = tells(t, col.step.Before.Cookie), tells(t, col.step.After.Cookie)
	v.Wire = wireLines(t, col.step, told)
	return v
}

// tells is what a cookie tells whoever holds it.
func tells(t *i18n.Text, cookie *step.Cookie) views.Tells {
	if cookie == nil {
		return views.Tells{}
	}
	kind := "sealed"
	for _, part := range cookie.Parts {
		switch {
		case part.Kind == "payload" && part.Decoded != "":
			return views.Tells{Said: t.T("beside.said.readable"), Readable: part.Decoded}
		case part.Kind == "id":
			kind = "opaque"
		}
	}
	return views.Tells{Said: t.T("beside.said." + kind)}
}

// wireLines are what travelled in a step.
func wireLines(t *i18n.Text, s *step.Step, told views.Step) []views.WireLine {
	sent := views.WireLine{Sign: "→", What: t.T("beside.request"), Text: t.T("beside.no_cookie"), At: 1}
	asked := views.WireLine{Sign: "⇄", What: t.T("beside.store"), Text: t.T("beside.no_calls")}
	set := views.WireLine{Sign: "←", What: t.T("beside.response"), Text: t.T("beside.no_set_cookie")}
	var calls []string
	for i, e := range s.Events {
		switch {
		case e.Kind == step.RequestSent && e.Why == step.WhyCookie:
			sent.Text, sent.Code = e.Detail, true
		case e.Kind == step.ResponseSent:
			set.At = i + 1
		case e.Kind == step.SetCookieBuilt:
			set.Text, set.Code, set.Mark = e.Detail, true, told.Browser.Mark
		case asks(e):
			verb, _, _ := strings.Cut(e.Detail, " ")
			calls, asked.At = append(calls, callOf(verb, told.Events[i:])), i+1
		}
	}
	if len(calls) > 0 {
		asked.Text = t.N("beside.calls", len(calls), "Calls", strings.Join(calls, ", "))
	}
	return []views.WireLine{sent, asked, set}
}

// callOf is a command and how long it took: events begin with it.
func callOf(verb string, events []views.Event) string {
	for _, e := range events[:min(2, len(events))] {
		if e.Took != "" {
			return verb + " " + e.Took
		}
	}
	return verb
}
