package handlers

import (
	"encoding/json"
	"runtime/debug"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// stepView puts a step of a bench into words. A step that cannot be told is shown as it
// is stored, and takes nothing else on the page down.
func (h *pages) stepView(c echo.Context, b *lab.Bench, s *step.Step) (told views.Step) {
	opt := h.narrateOptions(c, b, s)
	h.around(c, b, s, &opt)
	untold := h.attempt(func() { told = narrate.Step(h.text(c), s, opt) }, s)
	if untold != nil {
		told = narrate.Untold(h.text(c), s, opt)
		told.Untold = untold
	}
	return told
}

// attempt runs what puts steps into words. It returns the steps that cannot be told:
// those that cannot be read, or all of them where words panicked; nil if all went
// well.
func (h *pages) attempt(words func(), steps ...*step.Step) (untold []views.UntoldStep) {
	for _, s := range steps {
		if s.Broken != "" {
			untold = append(untold, views.UntoldStep{N: s.N, Raw: s.Broken})
		}
	}
	if untold != nil {
		return untold
	}
	defer func() {
		if v := recover(); v != nil {
			h.Log.Error("step not told", "value", v, "stack", string(debug.Stack()))
			for _, s := range steps {
				raw, _ := json.MarshalIndent(s, "", "  ") // it was JSON
				untold = append(untold, views.UntoldStep{N: s.N, Raw: string(raw)})
			}
		}
	}()
	words()
	return nil
}
