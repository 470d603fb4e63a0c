package handlers

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/chore"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/sse"
)

const (
	livePath  = "/:lang/lab/live"
	livePause = 50 * time.Millisecond // steps of a burst are sent as one event
	liveBeat  = 20 * time.Second
)

// live streams the number of the newest step to an open bench page, whenever
// there is a new one, as server-sent events. Where there is no room for one more
// stream, the connection is closed, too: it would take the place of a request.
func (h *pages) live(c echo.Context) error {
	end, ok := h.streams.begin(infoOf(c).seat.Hash)
	if !ok {
		c.Response().Header().Set("Retry-After", retryAfter)
		c.Response().Header().Set("Connection", "close")
		return errTooManyStreams
	}
	defer end()
	b, err := h.own(c)
	if err != nil {
		return err
	}
	if b, err = h.Lab.Enter(c.Request().Context(), b.ID()); err != nil {
		return err
	}
	sent, _ := strconv.Atoi(c.Request().Header.Get("Last-Event-ID"))
	if sent == 0 {
		sent, _ = strconv.Atoi(c.QueryParam("after"))
	}
	if h.Counter != nil {
		defer h.Counter.Stream()()
	}
	news, stop := b.Watch()
	defer stop()
	beat := time.NewTicker(liveBeat)
	defer beat.Stop()
	stream, err := sse.Start(c.Response(), sse.Options{
		Retry: time.Second, WriteTimeout: liveBeat, Beat: beat.C, Stopping: h.Stopping,
	})
	if err == nil {
		err = h.follow(c.Request().Context(), stream, b, h.Seats.Ends(infoOf(c).seat), news, sent)
	}
	h.Log.Debug("stream ended", "error", err)
	return nil // there is no answer to change
}

// follow sends an event for what is newer than the step sent last, and again after
// each step. It returns when the page was closed, the server stops, or the bench
// ended: a page that connects again starts from what there is then. An unused bench
// has no end of its own, but that of its seat.
func (h *pages) follow(ctx context.Context, stream *sse.Stream, b *lab.Bench, seatEnds time.Time, news <-chan struct{}, sent int) error {
	for {
		again, err := h.refresh(ctx, b, seatEnds)
		if err != nil {
			return err
		}
		if n := newest(b); n > sent {
			sent = n
			number := strconv.Itoa(n)
			if err := stream.Send(sse.Event{ID: number, Name: "step", Data: number}); err != nil {
				return err
			}
		}
		if err := stream.Wait(ctx, news, again); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(livePause):
		}
	}
}

// refresh makes sure that b has the steps that other servers recorded. It is to be
// called again when the channel receives: soon if they cannot be read now, or else
// when b may have ended. An error says that b has.
func (h *pages) refresh(ctx context.Context, b *lab.Bench, seatEnds time.Time) (again <-chan time.Time, err error) {
	ctx, cancel := context.WithTimeout(ctx, h.Patience)
	defer cancel()
	now, err := h.Lab.Bench(ctx, b.ID())
	var down *lab.StateError
	switch {
	case errors.As(err, &down):
		return time.After(livePause + chore.Jitter(2*time.Second)), nil // not all streams at once
	case err != nil:
		return nil, err
	case now != b:
		return nil, lab.ErrUnknown
	}
	ends := seatEnds
	if b.Stored() {
		ends = b.Ends()
	}
	left := ends.Sub(h.Now())
	if left <= 0 {
		return nil, lab.ErrGone
	}
	return time.After(left), nil
}

func newest(b *lab.Bench) int {
	steps := b.Steps()
	if len(steps) == 0 {
		return 0
	}
	return steps[len(steps)-1].N
}
