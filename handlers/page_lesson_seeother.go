package handlers

import (
	"net/http"

	"github.com/sessionlab/sessionlab/internal/step"
)

// seeOther says what 303 is, where a screen shows the first step of a lesson that has it;
// else "". The steps with which a lesson begins are on no screen.
func (v *lessonView) seeOther(shown *step.Step) string {
	begun := v.kept.Answers[v.l.Questions[0].ID].Step
	for _, s := range v.steps {
		if s.N <= begun || s.Response.Status != http.StatusSeeOther {
			continue
		}
		if shown != nil && shown.N == s.N {
			return v.t.T("slides.see_other")
		}
		break
	}
	return ""
}
