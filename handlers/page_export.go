package handlers

import (
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/har"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// exportHAR gives the visitor's bench as an HTTP Archive.
func (h *pages) exportHAR(c echo.Context) error {
	b, steps, err := h.ownSteps(c)
	if err != nil {
		return err
	}
	h.attach(c, "application/json", "session-lab-"+b.ID()+".har")
	return har.Write(seen{c.Response()}, h.origin(c.Request()), "1", func(yield func(*step.Step, error) bool) {
		for _, s := range steps {
			if !yield(s, nil) {
				return
			}
		}
	})
}

// exportJSON gives the visitor's bench with all its steps.
func (h *pages) exportJSON(c echo.Context) error {
	b, steps, err := h.ownSteps(c)
	if err != nil {
		return err
	}
	h.attach(c, "application/json", "session-lab-"+b.ID()+".json")
	enc := json.NewEncoder(seen{c.Response()})
	enc.SetIndent("", "  ")
	return enc.Encode(map[string]any{"bench": b.ID(), "app": b.Path(), "settings": b.Settings(), "steps": steps})
}

func (h *pages) attach(c echo.Context, kind, name string) {
	header := c.Response().Header()
	header.Set("Content-Type", kind)
	header.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	c.Response().WriteHeader(http.StatusOK)
}

// ownSteps returns the visitor's bench and all its steps.
func (h *pages) ownSteps(c echo.Context) (*lab.Bench, []*step.Step, error) {
	b, err := h.own(c)
	if err != nil {
		return nil, nil, err
	}
	steps := []*step.Step{}
	for _, line := range b.Steps() {
		s, err := b.Step(c.Request().Context(), line.N)
		if err != nil {
			return nil, nil, err
		}
		steps = append(steps, s)
	}
	return b, steps, nil
}
