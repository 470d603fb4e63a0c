package lab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/origin"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/flask"
)

// Arrival is a request to an app as it came in.
type Arrival struct {
	Request *http.Request
	Headers [][2]string // as they were on the wire, in order
	Body    string
	Unread  int64  // see [Request]
	Owner   bool   // whether it brought the seat of the bench's owner
	Secure  bool   // whether the client spoke https
	Place   *Place // unless nil, where the step goes
	// Private tells the product's own cookies, whose values are masked.
	Private func(cookie string) bool
}

// A Recording is a step in the making. It belongs to the goroutine that serves
// the request.
type Recording struct {
	bench    *Bench
	sessions mechanism
	settings Settings
	from     jar.Request // for the client's jar
	ctx      context.Context
	rec      recorder
	step     step.Step
	place    *Place // of the step; may be nil
	arrived  arrived
	key      string // of the record that the request's cookie leads to
	noNumber error  // why the step has no number
}

// Begin starts to record a request: it reads what browser and store hold before.
// The request is to be served with the context of [Recording.Request].
func (b *Bench) Begin(a Arrival) *Recording {
	r := a.Request
	from := senderOf(r, a.Owner)
	value, _ := session.CookieValue(r, step.CookieName)
	from.id = b.clientOf(r.Context(), from, value)
	clock := b.Clock()
	g := &Recording{
		bench: b, ctx: r.Context(), place: a.Place,
		from: contextOf(r, &url.URL{Scheme: scheme(a.Secure), Host: r.Host, Path: r.URL.Path}),
		rec:  recorder{start: time.Now(), events: make([]step.Event, 0, 16)},
		step: step.Step{
			Client: from.kind, ClientID: from.id, Agent: r.UserAgent(), Time: clock.Now, Ahead: clock.Ahead,
			Request: step.Request{Method: r.Method, Path: r.RequestURI, Proto: r.Proto, Headers: slices.Clone(a.Headers), Body: a.Body, Unread: a.Unread},
		},
	}
	if a.Place != nil {
		g.step.N = a.Place.number
	}
	g.assign(a.Secure)
	for i, h := range g.step.Request.Headers {
		if strings.EqualFold(h[0], "Cookie") {
			value, hidden := mask(h[1], a.Private)
			g.step.Request.Headers[i][1] = value
			g.step.Request.Masked = g.step.Request.Masked || hidden
		}
	}
	sent := step.Event{Lane: step.LaneBrowser, Kind: step.RequestSent, Why: step.WhyNoCookie}
	g.arrived = b.arrive(g.sessions, from, g.from.URL, r)
	held := g.arrived.cookie
	if from.kind == step.ClientVirtual {
		g.step.Browser, g.step.BrowserName = string(origin.Of(r.Context())), b.browserName(from.id)
		g.step.Run = b.runOf(from.id)
	}
	if g.arrived.plain {
		sent.Why = step.WhyPlain
	}
	if g.arrived.sent {
		sent.Detail, sent.Why = "Cookie: "+held.Name+"="+held.Raw, step.WhyCookie
	}
	g.rec.add(sent)
	if held != nil {
		g.step.Before.Cookie = held
		g.key = g.sessions.key(held.Raw)
	}
	return g
}

// assign chooses the worker that serves the request. If there are several, the
// step gets its number now.
func (g *Recording) assign(secure bool) {
	g.step.Worker = 1
	if s := g.bench.Settings(); s.workers() > 1 {
		g.step.Worker = s.turn(g.Number())
	}
	g.sessions, g.settings = g.bench.configured(g.step.Worker, secure)
	g.step.Worker = g.settings.worker
	if n := g.settings.workers(); n > 1 {
		g.step.Workers = n
	}
	g.step.Mechanism, g.step.Store = g.settings.Mechanism, g.settings.store()
	g.rec.signed, g.rec.idFrom = g.settings.signs(), g.settings.idFrom()
}

// Request returns r with a context in which sessions are traced.
func (g *Recording) Request(r *http.Request) *http.Request {
	return r.WithContext(session.WithTrace(r.Context(), g.rec.trace()))
}

// Sessions are the app's sessions, as configured when the request came in.
func (g *Recording) Sessions() Sessions { return g.sessions }

// Settings returns the settings in force when the request came in.
func (g *Recording) Settings() Settings { return g.settings }

// Number returns the step's number, taking the next one at the first call. It is 0
// if the state gave none, and then Finish returns why.
func (g *Recording) Number() int {
	if g.step.N == 0 && g.noNumber == nil {
		ctx, cancel := g.lastWord()
		defer cancel()
		g.step.N, g.noNumber = g.bench.lab.sync.number(ctx, g.bench)
	}
	return g.step.N
}

// Op records which operation the request asked for.
func (g *Recording) Op(op step.Op) { g.step.Op = op }

// Ran records that an operation's code ran: the statement, as a reader would write
// it.
func (g *Recording) Ran(op step.Op, statement string) {
	g.rec.server(step.CodeRan, statement, step.Why(op))
}

// PasswordChecked records the outcome of comparing a password.
func (g *Recording) PasswordChecked(user string, ok bool) {
	why := step.WhyWrong
	if ok {
		why = step.WhyRight
	}
	g.rec.server(step.PasswordChecked, user, why)
}

// Outcome records what the operation returned, or the code of its error.
func (g *Recording) Outcome(result any, code string) {
	g.step.Error = code
	if result != nil {
		g.step.Result, _ = json.Marshal(flask.Plain(result))
	}
}

// Finish completes the step with the response that is about to be sent, and
// stores it. When it returns nil, the step is durable. It may run a little
// longer than the request's context allows.
func (g *Recording) Finish(res step.Response, setCookies []string) error {
	g.step.Response = res
	why := step.Why("")
	if len(setCookies) > 0 {
		why = step.WhySetCookie
	}
	g.rec.server(step.ResponseSent, fmt.Sprintf("%s %d %s", g.proto(), res.Status, http.StatusText(res.Status)), why)
	if g.step.Client == step.ClientVirtual {
		defer g.bench.changeJars()()
	}
	event, cookie := g.bench.receive(g.sessions, &g.step, g.from, setCookies)
	g.rec.add(event)
	g.findElsewhere()
	g.step.Events = g.rec.events
	g.step.Before.Record = g.firstRecord()
	g.step.Expected, g.step.Moved = g.expected()
	g.step.After.Cookie = cookie
	g.step.After.Record = g.lastRecord()
	g.bench.leave(&g.step)
	ctx, cancel := g.lastWord()
	defer cancel()
	g.Number()
	err := g.noNumber
	if err == nil {
		err = g.commit(ctx, setCookies)
	}
	if errors.Is(err, ErrUnknown) && g.rec.saved != "" {
		// The bench was removed meanwhile, and its sessions perhaps before this one
		// was saved. If this fails too, the record expires.
		_ = g.bench.lab.stores[g.step.Store].Delete(ctx, g.rec.saved, 0)
	}
	return g.bench.lab.notify(g.bench, &g.step, err)
}

// commit stores the step. If another process changed the jar of the virtual browser
// meanwhile, the response's cookies go into the jar as it is now.
func (g *Recording) commit(ctx context.Context, setCookies []string) error {
	for {
		err := g.bench.lab.commit(ctx, g.bench, g.place, &g.step)
		if !errors.Is(err, ErrStale) {
			return err
		}
		if err := g.bench.lab.reread(ctx, g.bench); err != nil {
			return err
		}
		event, cookie := g.bench.receive(g.sessions, &g.step, g.from, setCookies)
		last := &g.step.Events[len(g.step.Events)-1]
		event.Micros = last.Micros
		*last = event
		g.step.After.Cookie = cookie
		g.step.After.Record = g.lastRecord()
		g.bench.leave(&g.step)
	}
}

// lastWord is the context in which the step is stored: a session store that took
// all of the request's time leaves some to store that it did.
func (g *Recording) lastWord() (context.Context, context.CancelFunc) {
	const more = 400 * time.Millisecond
	ctx := context.WithoutCancel(g.ctx)
	if end, ok := g.ctx.Deadline(); ok {
		return context.WithDeadline(ctx, end.Add(more))
	}
	return ctx, func() {}
}

// proto is the version that net/http answers in.
func (g *Recording) proto() string {
	if g.step.Request.Proto == "HTTP/1.0" {
		return "HTTP/1.0"
	}
	return "HTTP/1.1"
}

// firstRecord is what the store held when the request came. It is the record
// that the app read, so it need not be read twice. If the app read nothing, it
// changed nothing.
func (g *Recording) firstRecord() *step.Record {
	first := g.rec.first
	switch {
	case first == nil || first.Key != g.key:
		record, _ := g.bench.record(g.ctx, g.settings, g.key)
		return record
	case first.Err != nil && !errors.Is(first.Err, session.ErrUnreadable):
		return nil
	}
	return g.bench.recordOf(g.settings, g.key, first.Record, first.queries)
}

// lastRecord is what the store holds now. If the store cannot answer, it is
// what the store held before.
func (g *Recording) lastRecord() *step.Record {
	record, err := g.bench.record(g.ctx, g.settings, g.lastKey())
	if err != nil {
		return g.step.Before.Record
	}
	return record
}

// lastKey is the key of the record that this step is about: the one saved last,
// or the one that the client's cookie leads to now.
func (g *Recording) lastKey() string {
	switch {
	case g.rec.saved != "":
		return g.rec.saved
	case g.step.After.Cookie != nil:
		return g.sessions.key(g.step.After.Cookie.Raw)
	}
	return g.key
}
