package handlers

import (
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// nearby is how far from the current step the strip shows others. The rail shows all
// of them, and their list tells them: so a page weighs the same however many there are.
const nearby = 10

// timeline is that of all steps, or of those by one kind of client. The current step
// need not be one of them.
func (h *pages) timeline(c echo.Context, b *lab.Bench, entries []step.Entry, runs timelineRuns, current *step.Step) views.Timeline {
	all := b.Steps()
	only := clientFilter(c)
	line := views.Timeline{Client: string(only), Clients: clientsOf(all)}
	if len(all) == 0 || current == nil {
		return line
	}
	newest := all[len(all)-1]
	line.Newest, line.NewestBy = newest.N, string(newest.Client)
	steps := byClient(only, all)
	line.Total = len(steps)
	if line.Total == 0 {
		return line
	}
	line.First, line.Last = steps[0].N, steps[len(steps)-1].N
	at, found := slices.BinarySearchFunc(steps, current.N, func(s step.Summary, n int) int { return s.N - n })
	if at > 0 {
		line.Prev = steps[at-1].N
	}
	next := at
	if found {
		next++
		line.At = next
	}
	if next < len(steps) {
		line.Next = steps[next].N
	}
	from, to := window(steps, at, current.Run)
	items := make([]views.TimelineItem, 0, to-from)
	for _, s := range steps[from:to] {
		item := narrate.Item(h.text(c), s)
		item.Current = s.N == current.N
		items = append(items, item)
	}
	shown := make([]*views.TimelineItem, len(items))
	for i := range items {
		shown[i] = &items[i]
	}
	line.Since = h.marks(c, b, entries, runs, before(steps, from), steps[from:to], shown)
	line.Items, line.Since = folded(items, current.Run), besides(line.Since, current.Run)
	line.Ticks, line.From = ticks(steps, current.N, runs.badges(b)), from
	return line
}

// before is the step before the one at an index, nil if that is the first.
func before(steps []step.Summary, i int) *step.Summary {
	if i == 0 {
		return nil
	}
	return &steps[i-1]
}

// ticks are the steps as the rail shows them.
func ticks(steps []step.Summary, current int, of badges) []views.Tick {
	all := make([]views.Tick, len(steps))
	for i := range steps {
		s := &steps[i]
		all[i] = narrate.Tick(*s)
		all[i].Current, all[i].InRun = s.N == current, s.Run > 0
		all[i].Badge = of.of(s.Browser, s.BrowserName)
	}
	return all
}

// clients are the kinds of client, in the order in which they are offered.
var clients = []step.Client{step.ClientBrowser, step.ClientOther, step.ClientVirtual, step.ClientCurl, step.ClientProgram}

// clientFilter is the kind of client that ?client= asks for; "" for all.
func clientFilter(c echo.Context) step.Client {
	if kind := step.Client(c.QueryParam("client")); slices.Contains(clients, kind) {
		return kind
	}
	return ""
}

// clientsOf returns the kinds of client that sent steps.
func clientsOf(steps []step.Summary) []string {
	sent := make([]bool, len(clients))
	for i := range steps {
		if n := slices.Index(clients, steps[i].Client); n >= 0 {
			sent[n] = true
		}
	}
	var kinds []string
	for n, kind := range clients {
		if sent[n] {
			kinds = append(kinds, string(kind))
		}
	}
	return kinds
}

// byClient returns the steps by a kind of client.
func byClient(kind step.Client, steps []step.Summary) []step.Summary {
	if kind == "" {
		return steps
	}
	return slices.DeleteFunc(slices.Clone(steps), func(s step.Summary) bool { return s.Client != kind })
}

// chosenEvent is the position within a step that ?event= names: 0 is before its
// first event. Without it, it is the result.
func chosenEvent(c echo.Context, s *step.Step) (int, error) {
	param := c.QueryParam("event")
	if param == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(param)
	switch {
	case err != nil || n < 0 || n > len(s.Events):
		return 0, errNotFound
	case n == 0:
		return views.BeforeFirst, nil
	}
	return n, nil
}
