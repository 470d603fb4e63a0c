package handlers

import (
	"context"
	"encoding/json"
	"io"
	"iter"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/har"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

const (
	harPath  = "/:lang/lab/export.har"
	jsonPath = "/:lang/lab/export.json"
)

// exportHAR gives the visitor's bench as an HTTP Archive, or the run of an experiment that
// ?run= names.
func (h *pages) exportHAR(c echo.Context) error {
	return h.export(c, "har", func(w io.Writer, b *lab.Bench, run *timelineRun, steps iter.Seq2[*step.Step, error]) error {
		runs, err := h.exportedRuns(c, b, run)
		if err != nil {
			return err
		}
		return har.Write(w, h.origin(c.Request()), "1", runs, steps)
	})
}

// exportJSON gives the visitor's bench with all its steps, one on a line, or a run.
func (h *pages) exportJSON(c echo.Context) error {
	return h.export(c, "json", func(w io.Writer, b *lab.Bench, run *timelineRun, steps iter.Seq2[*step.Step, error]) error {
		all, err := aboutExport(c, b, run)
		if err != nil {
			return err
		}
		about, err := json.Marshal(all)
		if err != nil {
			return err
		}
		before := string(about[:len(about)-1]) + `,"steps":[` + "\n"
		enc := json.NewEncoder(w)
		for s, err := range steps {
			if err != nil {
				return err
			}
			if _, err := io.WriteString(w, before); err != nil {
				return err
			}
			if err := enc.Encode(s); err != nil {
				return err
			}
			before = ","
		}
		if before == "," {
			before = ""
		}
		_, err = io.WriteString(w, before+"]}\n")
		return err
	})
}

// export sends a file of the visitor's bench that write makes of its steps. They are
// read one by one, so that a large bench takes no more memory than its largest
// step; and so one bench is exported once at a time. What fails half-way breaks the
// connection off: a client must not take a part for the whole.
func (h *pages) export(c echo.Context, kind string, write func(io.Writer, *lab.Bench, *timelineRun, iter.Seq2[*step.Step, error]) error) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	run, steps, err := h.askedRun(c, b)
	if err != nil {
		return err
	}
	name := b.ID()
	if run != nil {
		name += "-run-" + strconv.Itoa(run.N)
	}
	if _, busy := h.exporting.LoadOrStore(b.ID(), true); busy {
		c.Response().Header().Set("Retry-After", retryAfter)
		return errExporting
	}
	defer h.exporting.Delete(b.ID())
	res := c.Response()
	res.Header().Set("Content-Type", "application/json")
	res.Header().Set("Content-Disposition", `attachment; filename="session-lab-`+name+"."+kind+`"`)
	switch err := write(seen{res}, b, run, h.eachStep(c, b, steps)); {
	case err == nil:
		return nil
	case !res.Committed:
		res.Header().Del("Content-Disposition")
		return err
	}
	h.Log.Warn("export broken off", "error", err)
	panic(http.ErrAbortHandler)
}

// eachStep reads steps of a bench in order. Neither the store nor the client may
// fall silent for long, however much there is in all.
func (h *pages) eachStep(c echo.Context, b *lab.Bench, steps []step.Summary) iter.Seq2[*step.Step, error] {
	const clientPatience = 15 * time.Second // as other answers have in all
	control := http.NewResponseController(c.Response().Writer)
	return func(yield func(*step.Step, error) bool) {
		for _, line := range steps {
			ctx, cancel := context.WithTimeout(c.Request().Context(), h.Patience)
			s, err := b.Step(ctx, line.N)
			cancel()
			if err == nil {
				err = control.SetWriteDeadline(time.Now().Add(clientPatience))
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}
