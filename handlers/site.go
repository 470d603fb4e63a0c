package handlers

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/views"
)

// appPage is an answer as the app under study shows it to a browser that came by
// its address.
func (h *Handlers) appPage(c echo.Context, a answer, status int) views.AppPage {
	page := views.AppPage{
		Text: h.text(c), Asset: h.Assets.URL,
		App:    c.Get(benchKey).(*lab.Bench).Path(),
		Status: status, Op: string(a.Op),
		Unread: a.Session == nil,
		Input:  example(h.text(c)),
	}
	if a.Error != nil {
		page.Error = a.Error.Message
	} else {
		page.Result = inJSON(a.Result)
	}
	for _, key := range slices.Sorted(maps.Keys(a.Session)) {
		page.Values = append(page.Values, views.Row{Name: key, New: inJSON(a.Session[key])})
	}
	return page
}

func inJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "?"
	}
	return string(b)
}
