package handlers

import (
	"net/http"
	"slices"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session/flask"
	"github.com/sessionlab/sessionlab/views"
)

// answer is what an operation's JSON answer says. Values are as [flask.Plain] has
// them: a cookie of Flask's can hold what JSON cannot.
type answer struct {
	OK      bool           `json:"ok"`
	Op      step.Op        `json:"op"`
	Step    int            `json:"step"`
	Result  any            `json:"result"`
	Error   *failure       `json:"error,omitempty"`
	Session map[string]any `json:"session"` // null: not known
}

// answer sends the outcome of an operation: JSON to programs, a way back to the
// bench to the page it was started from, and a page of the app's own to any
// other browser, or where the server is at fault.
func (c *call) answer(result any, err error) error {
	a := answer{OK: err == nil, Op: c.op, Step: c.recording.Number(), Result: flask.Plain(result), Session: c.valuesAfter()}
	status := http.StatusOK
	if err != nil {
		p := asProblem(err)
		if p.status >= 500 {
			c.app.Log.Error("operation failed", "op", c.op, "error", err)
			c.Response().Header().Set("Retry-After", retryAfter)
		}
		a.Result, status = nil, p.status
		a.Error = &failure{p.code, c.app.message(c, p)}
		c.recording.Outcome(nil, p.code)
	} else {
		c.recording.Outcome(result, "")
	}
	c.Response().Header().Add("Vary", "Accept")
	switch {
	case !wantsHTML(c.Request()):
		return c.JSON(status, a)
	case c.owner && status < 500:
		return c.Redirect(http.StatusSeeOther, c.back())
	}
	return c.app.render(c, status, views.AppAnswer(c.app.appPage(c, a, status)))
}

// valuesAfter returns the values of the session as the request left it, or nil if
// the store did not tell. So the answer depends on the cookie, as Vary says.
func (c *call) valuesAfter() map[string]any {
	if header := c.Response().Header(); !slices.Contains(header["Vary"], "Cookie") {
		header.Add("Vary", "Cookie")
	}
	s, err := c.recording.Sessions().Get(c.Request(), step.CookieName)
	if err != nil {
		return nil
	}
	values := make(map[string]any)
	for k, v := range s.Values {
		if key, ok := k.(string); ok {
			values[key] = v
		}
	}
	return flask.Plain(values).(map[string]any)
}
