package narrate

import (
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// Jar tells in the language of t what a virtual browser holds now, without a
// step: the app's session cookie, nil for none.
func Jar(t *i18n.Text, c *step.Cookie, opt Options) views.BrowserPane {
	s := &step.Step{Client: step.ClientVirtual}
	n := &telling{Text: t, s: s, opt: opt.complete(s)}
	pane := views.BrowserPane{Cookie: n.cookie(c, nil)}
	if c != nil {
		pane.Cookie.Ends = n.cookieEnds(c, nil)
	}
	return pane
}
