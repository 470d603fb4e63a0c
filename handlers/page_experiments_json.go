package handlers

import (
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/i18n"
)

// namedJSON is something that has an id, in the words of the path's language.
type namedJSON struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

type experimentJSON struct {
	Slug     string      `json:"slug"`
	Title    string      `json:"title"`
	Question string      `json:"question"`
	Choices  []namedJSON `json:"choices"`
	Variants []namedJSON `json:"variants"`
}

func (h *pages) experimentsJSON(c echo.Context) []experimentJSON {
	all := []experimentJSON{}
	for _, e := range h.Experiments() {
		w := e.Words[c.Param("lang")]
		told := experimentJSON{Slug: e.Slug, Title: w.Title, Question: w.Question}
		for _, choice := range e.Choices {
			told.Choices = append(told.Choices, namedJSON{choice.ID, w.Choice[choice.ID]})
		}
		for _, v := range e.Variants {
			told.Variants = append(told.Variants, namedJSON{v.ID, w.Variant[v.ID]})
		}
		all = append(all, told)
	}
	return all
}

// resultJSON is what a run came to. What was right is null where nothing was predicted.
type resultJSON struct {
	Slug       string      `json:"slug"`
	Variant    string      `json:"variant"`
	Prediction *string     `json:"prediction"`
	Right      *bool       `json:"right"`
	Run        int         `json:"run"`
	Steps      []int       `json:"steps"`
	Verdict    verdictJSON `json:"verdict"`
}

type verdictJSON struct {
	namedJSON
	Step  int    `json:"step"`  // the one that decided it
	Event string `json:"event"` // in that step
}

func (h *pages) resultJSON(c echo.Context, e *experiment.Experiment, r experiment.Result) resultJSON {
	told := resultJSON{Slug: r.Slug, Variant: r.Variant, Run: r.Run, Steps: listOf(r.Steps())}
	if r.Prediction != "" {
		right := e.Right(r.Prediction, r.Verdict)
		told.Prediction, told.Right = &r.Prediction, &right
	}
	told.Verdict = verdictJSON{namedJSON{r.Verdict, filled(e.Words[c.Param("lang")].Verdict[r.Verdict], r)}, r.Step, string(r.Event)}
	return told
}

// filled is a text of an experiment with what a run showed in the places for it.
func filled(text string, r experiment.Result) string {
	return i18n.Fill(text, func(name string) string { return r.Values[name] })
}
