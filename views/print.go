package views

import (
	"github.com/a-h/templ"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// printedDiagram is the diagram of a step with all that happened in it.
func printedDiagram(t *i18n.Text, s *Step) templ.Component {
	return sequence(t, wide, s, len(s.Events)+1)
}

// lab is the step as the bench shows it, whose addresses lead there.
func (p PrintPage) lab(s *Step) *Lab {
	v := &Lab{Page: p.Page, Step: s}
	v.Path, v.Query = "/lab", ""
	return v
}
