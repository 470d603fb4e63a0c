package handlers

import (
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// byBrowser returns the steps that the browser sent which ?browser= names: all of them if
// it names none, or one that sent none of them.
func byBrowser(c echo.Context, steps []step.Summary) []step.Summary {
	id := c.QueryParam("browser")
	if id == "" {
		return steps
	}
	own := slices.DeleteFunc(slices.Clone(steps), func(s step.Summary) bool { return !sentBy(id, s.Client, s.Browser) })
	if len(own) == 0 {
		return steps
	}
	return own
}

// sentBy reports whether the browser that addresses call id is the one that sent a step:
// a kind of client and, of a virtual browser, its id.
func sentBy(id string, client step.Client, browser string) bool {
	if id == views.You {
		return client == step.ClientBrowser
	}
	return browser == id
}

// whose says who sent the step shown, where that is another than the chosen browser; else
// "". The panes of the step and of the browser stand side by side then.
func whose(t *i18n.Text, v *views.Lab, s *step.Step, steps []step.Summary) string {
	id := views.You
	name := t.T("who.own")
	if v.Who.Chosen != nil {
		id, name = v.Who.Chosen.ID, v.Who.Chosen.Name
	}
	if s == nil || !v.Who.Named || sentBy(id, s.Client, s.Browser) {
		return ""
	}
	word := "who.whose"
	if !slices.ContainsFunc(steps, func(each step.Summary) bool { return sentBy(id, each.Client, each.Browser) }) {
		word = "who.silent"
	}
	return t.F(word, "Browser", name, "N", strconv.Itoa(s.N), "Client", v.Step.Client)
}
