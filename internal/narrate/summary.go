package narrate

import (
	"cmp"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// Tick is what the rail shows of a step, without words. The caller marks the
// current one.
func Tick(s step.Summary) views.Tick {
	return views.Tick{
		Kind: views.ItemStep, N: s.N, Cookie: mark(s.Cookie), Record: mark(s.Record),
		Failed: s.Error != "" || s.Status >= 400,
	}
}

// Item tells one step of the timeline in the language of t. Which item is the current one is for the caller to say.
func Item(t *i18n.Text, s step.Summary) views.TimelineItem {
	item := views.TimelineItem{
		Tick: Tick(s), Op: opName(t, s.Op, s.Method, s.Path), Client: string(s.Client), By: s.BrowserName, Status: s.Status,
	}
	item.Label = i18n.Fill(t.T("flow.item.label"), func(name string) string {
		switch name {
		case "N":
			return strconv.Itoa(s.N)
		case "Op":
			return item.Op
		case "Client":
			return clientName(t, s.Client, s.BrowserName)
		case "Status":
			return strconv.Itoa(s.Status)
		case "Cookie":
			return t.T("flow.item.cookie." + markWord(item.Cookie))
		case "Record":
			if reading.InCookie(s.Mechanism) {
				return t.T("carried.flow.item.record.same")
			}
			return t.T("flow.item.record." + markWord(item.Record))
		}
		return "{" + name + "}"
	})
	return item
}

func mark(c step.Change) views.Mark { return views.Mark(c) }

// markWord is the last part of the id of a message about a mark.
func markWord(m views.Mark) string {
	if m == views.Same {
		return "same"
	}
	return string(m)
}

// clientWord is the kind of a client as a part of an id.
func clientWord(c step.Client) string {
	switch c {
	case step.ClientBrowser, step.ClientOther, step.ClientCurl, step.ClientVirtual:
		return string(c)
	}
	return string(step.ClientProgram)
}

// clientName is what a client is called in the words of t; browser is the name of a
// virtual one.
func clientName(t *i18n.Text, c step.Client, browser string) string {
	return t.F("flow.client."+clientWord(c), "Browser", browserName(t, browser))
}

// browserName is the name of a virtual browser. A step that another version of
// the program stored may have none.
func browserName(t *i18n.Text, name string) string {
	return cmp.Or(name, t.T("flow.client.unnamed"))
}
