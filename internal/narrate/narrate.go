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
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// Options are what the words depend on besides the step.
type Options struct {
	Origin    string         // scheme://host of the product, for the curl line
	Confirmed bool           // the client has since sent back the cookie that the step left it with
	Now       time.Time      // what "in 31 days" counts from unless Past; zero: the time of the step
	Past      bool           // what both sides hold now is not what the step left: times count from the step
	Edited    bool           // somebody changed the cookie in the client before it sent it
	Restarted bool           // the server was restarted after it had set the cookie that was sent
	Location  *time.Location // of the times shown; nil: UTC
	Lifetime  time.Duration  // how old the app lets a session get that its cookie carries; 0: not known
	LoggedOut *step.Summary  // the log-out from the session whose cookie came all the same; nil: none
	Ahead     time.Duration  // how far Now, which is by the bench's clock, is ahead of real time
}

// Step tells a recorded step in the language of t. It modifies nothing, and may be
// called concurrently.
func Step(t *i18n.Text, s *step.Step, opt Options) views.Step {
	n := newTelling(t, s, opt)
	v := n.heading()
	v.Result, v.Happened = n.result()
	v.Events, v.Browser, v.Store = n.events(), n.browser(), n.store()
	v.Answer = n.answer()
	v.Request, v.Response, v.Masked = requestMessage(s.Request), responseMessage(s), s.Request.Masked
	v.Curl, v.NoCurl = n.curl()
	if s.Client == step.ClientVirtual {
		v.CurlNote = n.say("raw.curl_virtual")
	}
	return v
}

// Untold says of a step that it cannot be told, and what its summary knows.
func Untold(t *i18n.Text, s *step.Step, opt Options) views.Step {
	n := &telling{Text: t, s: s, opt: opt.complete(s)}
	v := n.heading()
	v.Result = t.T("untold.say")
	return v
}

// heading is what tells a step from others.
func (n *telling) heading() views.Step {
	r := n.s.Request
	return views.Step{
		N:      n.s.N,
		Op:     opName(n.Text, n.s.Op, r.Method, r.Path),
		Title:  r.Method + " " + shortPath(r.Path) + " · " + strconv.Itoa(n.s.Response.Status),
		Client: clientName(n.Text, n.s.Client, n.s.BrowserName),
		Lane:   n.say("lane.client." + clientWord(n.s.Client)),
		Server: n.server(),
		Time:   n.time(),
		Moved:  n.s.Ahead != 0,
		Kept:   n.kept(),
	}
}

// kept names where the sessions were: the store, or the kind of cookie that held them.
func (n *telling) kept() string {
	if n.s.Mechanism == step.MechanismServer {
		return n.T("location.name." + n.s.Store)
	}
	return n.T("location.name." + n.s.Mechanism)
}

// server is the name of the server's lane, "" where the app runs in one process.
func (n *telling) server() string {
	if n.s.Workers < 2 {
		return ""
	}
	return n.say("lane.worker", "N", strconv.Itoa(n.s.Worker))
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
	s   *step.Step
	r   reading.Reading
	opt Options
}

func newTelling(t *i18n.Text, s *step.Step, opt Options) *telling {
	return &telling{Text: t, s: s, opt: opt.complete(s), r: reading.Of(s)}
}

// complete fills in what is left out.
func (o Options) complete(s *step.Step) Options {
	if o.Location == nil {
		o.Location = time.UTC
	}
	if o.Now.IsZero() {
		o.Now = s.Time
	}
	return o
}
