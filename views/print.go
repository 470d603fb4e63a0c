package views

import (
	"net/url"

	"github.com/a-h/templ"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// printedDiagram is the diagram of a step with all that happened in it.
func printedDiagram(t *i18n.Text, s *Step) templ.Component {
	return drawSequence(t, wide, s, len(s.Events)+1, "")
}

// lab is the step as the bench shows it, whose addresses lead there.
func (p PrintPage) lab(s *Step) *Lab {
	v := &Lab{Page: p.Page, Step: s}
	v.Path, v.Query = "/lab", ""
	return v
}

// address is that of the handout in a form, from a step on; 0: from the first.
func (p PrintPage) address(form PrintForm, from int) string {
	query := url.Values{}
	if form != PrintFull {
		query.Set("form", string(form))
	}
	if p.Run != nil {
		query.Set("run", itoa(p.Run.N))
	}
	if from > 0 {
		query.Set("from", itoa(from))
	}
	if len(query) == 0 {
		return p.in("/lab/print")
	}
	return p.in("/lab/print?" + query.Encode())
}

// first is the first step on the handout, 0 if there is none.
func (p PrintPage) first() int {
	switch {
	case len(p.Steps) > 0:
		return p.Steps[0].N
	case len(p.Lines) > 0:
		return p.Lines[0].N
	}
	return 0
}

// attributes are those of a cookie that the form has room for.
func (p PrintPage) attributes(c *Cookie) []Row {
	if p.Form == PrintTwo {
		return nil
	}
	return c.Attributes
}
