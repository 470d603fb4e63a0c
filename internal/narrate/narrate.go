// Package narrate puts a recorded step into words: what happened, event by event,
// what it did to both sides, and the sentence that states the lesson. It is a
// function of the step and of a language, and says only what the step shows.
package narrate

import (
	"net/http"
	"strconv"
	"time"

	"github.com/sessionlab/sessionlab/internal/curl"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// Options are what the words depend on besides the step.
type Options struct {
	Origin    string         // scheme://host of the product, for the curl line
	Confirmed bool           // the client has since sent back the cookie that the step left it with
	Now       time.Time      // what "in 31 days" counts from; zero: the time of the step
	Location  *time.Location // of the times shown; nil: UTC
}

// Step tells a recorded step in the language of t. It modifies nothing, and may be
// called concurrently.
func Step(t *i18n.Text, s *step.Step, opt Options) views.Step {
	n := newTelling(t, s, opt)
	status := strconv.Itoa(s.Response.Status)
	told := views.Step{
		N:        s.N,
		Op:       opName(s.Op, s.Request.Method, s.Request.Path),
		Title:    s.Request.Method + " " + shortPath(s.Request.Path) + " · " + status,
		Client:   t.T("flow.client." + clientWord(s.Client)),
		Lane:     n.T("lane.client." + clientWord(s.Client)),
		Time:     n.clock(s.Time),
		Result:   n.result(),
		Events:   n.events(),
		Browser:  n.browser(),
		Store:    n.store(),
		Request:  requestMessage(s.Request),
		Response: responseMessage(s),
		Masked:   s.Request.Masked,
	}
	told.Curl, told.NoCurl = n.curl()
	return told
}

// curl is the command that sends the request again, or why there is none.
func (n *telling) curl() (command, why string) {
	command, err := curl.Command(n.opt.Origin, n.s.Request)
	switch err {
	case nil:
		return command, ""
	case curl.ErrLong:
		return "", n.T("raw.no_curl.long")
	}
	return "", n.T("raw.no_curl.spelled")
}

func requestMessage(r step.Request) views.Message {
	return views.Message{Line: r.Method + " " + r.Path + " " + r.Proto, Headers: r.Headers, Body: r.Body}
}

func responseMessage(s *step.Step) views.Message {
	return views.Message{
		Line:    s.Request.Proto + " " + statusLine(s.Response.Status),
		Headers: s.Response.Headers,
		Body:    s.Response.Body,
	}
}

// statusLine is a status as it is said: "303 See Other".
func statusLine(status int) string {
	line := strconv.Itoa(status)
	if text := http.StatusText(status); text != "" {
		line += " " + text
	}
	return line
}

// A telling is one step being told in one language.
type telling struct {
	*i18n.Text
	s     *step.Step
	opt   Options
	facts facts
}

func newTelling(t *i18n.Text, s *step.Step, opt Options) *telling {
	if opt.Location == nil {
		opt.Location = time.UTC
	}
	if opt.Now.IsZero() {
		opt.Now = s.Time
	}
	return &telling{Text: t, s: s, opt: opt, facts: factsOf(s)}
}
