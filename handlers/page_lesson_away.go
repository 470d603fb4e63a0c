package handlers

import (
	"strconv"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// away says what keeps the lesson from going on, and what to do about it; "" for nothing.
func (v *lessonView) away() string {
	if !v.kept.Under() {
		return ""
	}
	s := v.bench.Settings()
	if s.Mechanism == step.MechanismServer {
		if why := v.pages.away(v.t, s.Store); why != "" {
			return v.t.F("lesson.away.store", "Why", why)
		}
	}
	if login, later := v.cookieLost(); later > 0 {
		return v.t.F("lesson.away.cookie", "N", strconv.Itoa(login), "Later", strconv.Itoa(later))
	}
	return ""
}

// cookieLost finds the login of the learner's own browser whose cookie did not come back,
// and the next step of that browser; 0, 0 if it came back, or if there was no other
// step yet.
func (v *lessonView) cookieLost() (login, later int) {
	if v.l.Own != lesson.OwnLogin {
		return 0, 0
	}
	for _, s := range v.steps {
		switch {
		case s.Client != step.ClientBrowser:
		case login == 0 && s.Op == step.OpLogin && s.After.Cookie != nil:
			login = s.N
		case login > 0:
			if r := reading.Of(s); r.Sent || r.Expected != reading.ExpectedLost {
				return 0, 0
			}
			return login, s.N
		}
	}
	return 0, 0
}
