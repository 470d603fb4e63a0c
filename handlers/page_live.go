package handlers

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
)

const (
	livePath  = "/:lang/lab/live"
	livePause = 50 * time.Millisecond // steps of a burst are told together
	liveBeat  = 20 * time.Second      // keeps proxies from closing a quiet stream
)

// live streams the number of the newest step to an open bench page, whenever
// there is a new one, as server-sent events.
func (h *pages) live(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	if b, err = h.Lab.Enter(c.Request().Context(), b.ID()); err != nil {
		return err
	}
	told, _ := strconv.Atoi(c.Request().Header.Get("Last-Event-ID"))
	if told == 0 {
		told, _ = strconv.Atoi(c.QueryParam("after"))
	}
	res := c.Response()
	res.Header().Set("Content-Type", "text/event-stream")
	res.WriteHeader(http.StatusOK)
	return h.stream(c.Request().Context(), res, b, told)
}

// stream writes an event for what is newer than told, and again after each step. It
// ends when the bench is no more.
func (h *pages) stream(ctx context.Context, res *echo.Response, b *lab.Bench, told int) error {
	if h.Counter != nil {
		defer h.Counter.Stream()()
	}
	news, stop := b.Watch()
	defer stop()
	beat := time.NewTicker(liveBeat)
	defer beat.Stop()
	control := http.NewResponseController(res.Writer)
	send := func(message string) error {
		if err := control.SetWriteDeadline(time.Now().Add(liveBeat)); err != nil {
			return err
		}
		if _, err := fmt.Fprint(res, message); err != nil {
			return err
		}
		return control.Flush()
	}
	message := "retry: 1000\n\n"
	for {
		again, err := h.lookAgain(ctx, b)
		if err != nil {
			return nil // whoever comes back is told what there is then
		}
		if n := newest(b); n > told {
			told = n
			message += fmt.Sprintf("id: %d\nevent: step\ndata: %d\n\n", n, n)
		}
		if err := send(message); err != nil {
			return nil // the page was closed
		}
		select {
		case <-ctx.Done():
			return nil
		case <-h.Stopping:
			return nil
		case <-beat.C:
			message = ": still here\n\n"
		case <-again:
			message = ""
		case <-news:
			message = ""
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(livePause):
			}
		}
	}
}

// lookAgain makes sure that b knows the steps that other servers recorded. If that
// cannot be told now, it is to be tried when again receives. An error says that b is
// no bench any more.
func (h *pages) lookAgain(ctx context.Context, b *lab.Bench) (again <-chan time.Time, err error) {
	ctx, cancel := context.WithTimeout(ctx, h.Patience)
	defer cancel()
	now, err := h.Lab.Bench(ctx, b.ID())
	var down *lab.StateError
	switch {
	case errors.As(err, &down):
		return time.After(livePause + rand.N(2*time.Second)), nil // not all streams at once
	case err != nil:
		return nil, err
	case now != b:
		return nil, lab.ErrUnknown
	}
	return nil, nil
}

func newest(b *lab.Bench) int {
	steps := b.Steps()
	if len(steps) == 0 {
		return 0
	}
	return steps[len(steps)-1].N
}
