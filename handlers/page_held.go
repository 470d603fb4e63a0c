package handlers

import (
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

const (
	heldRows = 8 // of the list of records
	heldID   = 6 // characters of the id of each
)

// held lists the app's records with who has a cookie that opens each, where there is
// more to see than one record of one browser.
func (h *pages) held(c echo.Context, b *lab.Bench, s *step.Step, total int) (list views.Held) {
	all := b.Browsers()
	if total == 0 || total == 1 && len(all) == 0 {
		return list
	}
	rows, err := b.Held(c.Request().Context(), heldRows)
	if err != nil { // a dead store must not hide what is known
		h.Log.Warn("store unavailable", "error", err)
	}
	of := badgesOf(all)
	for _, r := range rows {
		row := views.HeldRow{ID: r.ID[:min(heldID, len(r.ID))] + "…", User: r.User, Shown: s.After.Record != nil && s.After.Record.Key == r.Key}
		for _, by := range r.By {
			row.By = append(row.By, views.Holder{Kind: string(by.Kind), Badge: of[by.Browser]})
		}
		list.Rows = append(list.Rows, row)
	}
	list.Total = max(total, len(rows))
	return list
}
