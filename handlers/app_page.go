package handlers

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/sessionlab/sessionlab/views"
)

// appPage is an answer as the app under study shows it to a browser that came by
// its address.
func (a *app) appPage(c *call, ans answer, status int) views.AppPage {
	page := views.AppPage{
		Text: a.text(c), Asset: a.Assets.URL,
		App:    c.bench.Path(),
		Step:   c.benchLink(),
		Status: status, Op: string(ans.Op),
		Unread: ans.Session == nil,
		Input:  example(a.text(c)),
	}
	if page.Step != "" {
		page.Came = page.Text.T("elsewhere.came_" + c.came())
	}
	if ans.Error != nil {
		page.Error = ans.Error.Message
	} else {
		page.Result = inJSON(ans.Result)
	}
	for _, key := range slices.Sorted(maps.Keys(ans.Session)) {
		page.Values = append(page.Values, views.Row{Name: key, New: inJSON(ans.Session[key])})
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
