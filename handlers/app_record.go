package handlers

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/origin"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/wire"
	"github.com/sessionlab/sessionlab/session"
)

// record makes each request to an app under study a step of its bench. The
// answer waits until the step is durable. Two kinds of request are refused and are
// no steps: those past the rate, since a careless loop sends so many that they would
// bury all others, and those to a full bench.
func (a *app) record(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		bench, err := a.Lab.Enter(c.Request().Context(), c.Param("bench"))
		if err != nil {
			return err
		}
		owner, err := a.owns(c, bench)
		if err != nil {
			return err
		}
		if ok, wait := bench.Allow(owner); !ok {
			return refuse(c, wait)
		}
		hold(c, bench.Pace(owner))
		if wait := a.guessed(c.Request(), bench, owner); wait > 0 {
			c.Response().Header().Set("Retry-After", seconds(wait))
			return errTooMany
		}
		place, err := bench.Reserve(c.Request().Context())
		if err != nil {
			return err
		}
		defer place.Release()
		r, info := c.Request(), infoOf(c)
		info.bench, info.place, info.owner = bench, place, owner
		info.recording = bench.Begin(lab.Arrival{
			Request: r, Headers: headersOf(r), Body: info.body, Unread: info.unread,
			Place: place, Owner: owner, Secure: a.secure(r), Private: private,
		})
		c.SetRequest(info.recording.Request(r))
		return a.answerLater(c, info.recording, next)
	}
}

// hold has a request wait, but not long.
func hold(c echo.Context, wait time.Duration) {
	if wait <= 0 {
		return
	}
	held := time.NewTimer(min(wait, lab.LongestPause))
	defer held.Stop()
	select {
	case <-held.C:
	case <-c.Request().Context().Done():
	}
}

// refuse tells a client when to come again, once it might or after a moment: a loop that
// does not heed the answer would otherwise cost other benches as much as one that is
// served.
func refuse(c echo.Context, wait time.Duration) error {
	c.Response().Header().Set("Retry-After", seconds(wait))
	hold(c, wait)
	return errTooMany
}

// seconds is the value of Retry-After for a wait.
func seconds(wait time.Duration) string { return strconv.Itoa(int(wait/time.Second) + 1) }

// guessed returns how long a request has to wait because it brings an id that the
// bench gave to nobody, while others try such ids. The owner may try what they like.
func (a *app) guessed(r *http.Request, bench *lab.Bench, owner bool) time.Duration {
	if a.Guesses == nil || owner {
		return 0
	}
	cookie, found := session.CookieValue(r, step.CookieName)
	if !found {
		return 0
	}
	wait := a.Guesses.Wait(bench.ID())
	if wait == 0 || bench.Gave(cookie) {
		return 0
	}
	a.Guesses.Refuse(bench.ID())
	return wait
}

// owns reports whether the request brought the seat whose bench this is, and then
// keeps both: nobody else's requests do. What a virtual browser of the bench sends its
// owner had it send.
func (a *app) owns(c echo.Context, b *lab.Bench) (bool, error) {
	if origin.Of(c.Request().Context()) != origin.Network {
		return true, nil
	}
	s, err := a.findSeat(c)
	if s == nil || a.Seats.BenchID(s) != b.ID() {
		return false, err
	}
	a.Seats.Use(c.Request().Context(), s, b)
	return true, nil
}

// headersOf returns the headers as they were on the wire; without a tap on the
// connection (HTTP/2, tests), as net/http has them.
func headersOf(r *http.Request) [][2]string {
	if head, ok := wire.Request(r); ok {
		return head.Headers
	}
	list := [][2]string{{"Host", r.Host}}
	return append(list, wire.ResponseHeaders(r.Header)...)
}

// answerLater runs next with a writer that only collects, stores the step, and
// then sends what was collected.
func (a *app) answerLater(c echo.Context, g *lab.Recording, next echo.HandlerFunc) error {
	mine := a.order.enter(c.Param("bench"), c.Request())
	defer mine.leave()
	res, out := c.Response(), c.Response().Writer
	held := &heldResponse{header: out.Header().Clone()}
	res.Writer = held
	if err := next(c); err != nil {
		c.Error(err)
	}
	res.Writer, res.Committed, res.Size = out, false, 0
	var before []*turn
	if mine.replaced(held.header) {
		before = mine.leave() // now, so that two such wait for each other never
	}
	status := held.status()
	// The Date header is real time whatever the bench's clock shows: browsers correct
	// Expires by it, and nobody moves theirs.
	recorded := step.Response{
		Status: status, Headers: wire.Finalize(held, c.Request(), status, held.body.Len(), a.Now()), Body: held.sent(c),
	}
	err := g.Finish(recorded, slices.Clone(held.header["Set-Cookie"]))
	if errors.Is(err, lab.ErrUnknown) { // the bench was removed meanwhile, with its sessions
		return err
	}
	if err != nil {
		// The session is saved already: without its cookie the client would lose
		// it.
		out.Header()["Set-Cookie"] = held.header["Set-Cookie"]
		return &problem{status: http.StatusServiceUnavailable, code: "step_not_stored", cause: err}
	}
	await(c.Request().Context(), before)
	maps.Copy(out.Header(), held.header)
	res.WriteHeader(status)
	if _, err := io.WriteString(res, recorded.Body); err != nil {
		a.Log.Debug("client disconnected", "error", err)
	}
	if mine != nil { // its length is told, so that nothing of it changes
		_ = http.NewResponseController(out).Flush()
	}
	return nil
}

// heldResponse collects a response.
type heldResponse struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func (w *heldResponse) Header() http.Header { return w.header }

func (w *heldResponse) WriteHeader(code int) {
	if w.code == 0 {
		w.code = code
	}
}

func (w *heldResponse) Write(p []byte) (int, error) { return w.body.Write(p) }

// sent is the body as it goes over the wire.
func (w *heldResponse) sent(c echo.Context) string {
	if c.Request().Method == http.MethodHead {
		return ""
	}
	return w.body.String()
}

func (w *heldResponse) status() int {
	if w.code == 0 {
		return http.StatusOK
	}
	return w.code
}
