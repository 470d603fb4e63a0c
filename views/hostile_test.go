package views

import (
	"strings"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// hostile is text as an attacker writes it; each page shows it in every place
// that a client can fill.
const hostile = "<script>alert(1)</script></textarea>\u202e\u200b\u2028\x00\x1b[31m\"'><img src=x onerror=alert(1)>\xff"

func hostileLab(text *i18n.Text) Lab {
	s := setStep()
	s.Op, s.Title, s.Client, s.Curl = hostile, hostile, hostile, hostile
	s.Request.Line, s.Request.Body = hostile, hostile+strings.Repeat("x", 100<<10)
	s.Request.Headers = append(s.Request.Headers, [2]string{hostile, hostile}, [2]string{"Cookie", hostile})
	for i := range s.Events {
		s.Events[i].Title, s.Events[i].Wire, s.Events[i].Say = hostile, strings.Repeat(hostile, 20), hostile
	}
	s.Browser.Cookie.Parts = []Part{{Kind: hostile, Text: strings.Repeat(hostile, 40), Label: "other", Explain: "unknown"}}
	s.Browser.Cookie.Name, s.Browser.Client = hostile, hostile
	s.Store.Rows = []Row{
		{Name: hostile, Old: hostile, New: strings.Repeat(hostile+"字", 1<<10), Mark: Changed},
		{Name: strings.Repeat("k", 256), New: strings.Repeat("v", 100<<10), Mark: Added},
	}
	s.Store.Raw, s.Store.Query = strings.Repeat(hostile, 2000), hostile
	v := exampleLab(text, s)
	v.Notice, v.Input = hostile, Input{Key: hostile, Value: hostile}
	for i := range v.Timeline.Items {
		v.Timeline.Items[i].Op, v.Timeline.Items[i].Label, v.Timeline.Items[i].Client = hostile, hostile, hostile
	}
	return v
}
