package handlers

import (
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/step"
)

// around completes the options with what the bench knows of the time before and after a
// step.
func (h *pages) around(c echo.Context, b *lab.Bench, s *step.Step, opt *narrate.Options) {
	opt.Past = isPast(b.Steps(), s)
	if s.Before.Cookie == nil || !mayTell(s) {
		return
	}
	entries := h.entries(c, b)
	opt.Edited = editedBefore(entries, s)
	opt.Restarted = restartedBefore(entries, b.Steps(), s)
}

// isPast reports whether both sides may hold something else now than what a step left:
// the same client sent another request, or the app was that of a run, which has ended.
func isPast(steps []step.Summary, s *step.Step) bool {
	if s.Run > 0 {
		return true
	}
	for i := len(steps) - 1; i >= 0 && steps[i].N > s.N; i-- {
		if steps[i].Run == 0 && steps[i].ClientID == s.ClientID {
			return true
		}
	}
	return false
}

// mayTell reports whether what happened before a step can explain it: a cookie was
// refused, or its record was missing.
func mayTell(s *step.Step) bool {
	for _, e := range s.Events {
		if e.Kind == step.SignatureInvalid || e.Kind == step.LoadMissing {
			return true
		}
	}
	return false
}

// editedBefore reports whether the value of the step's cookie is what somebody made of it
// in the browser that sent it.
func editedBefore(entries []step.Entry, s *step.Step) bool {
	for i := range entries {
		e := &entries[i]
		if e.Kind == step.EntryCookieEdited && e.Browser == s.Browser && e.After < s.N && e.Value == s.Before.Cookie.Raw {
			return true
		}
	}
	return false
}

// restartedBefore reports whether the server was restarted between the step that set the
// cookie and the one that brought it.
func restartedBefore(entries []step.Entry, steps []step.Summary, s *step.Step) bool {
	set, cookie := 0, s.Before.Cookie.Fingerprint()
	for i := range steps {
		if steps[i].Left == cookie && steps[i].Sent != cookie {
			set = steps[i].N
			break
		}
	}
	for i := range entries {
		if e := &entries[i]; e.Kind == step.EntryServerRestarted && set > 0 && set <= e.After && e.After < s.N {
			return true
		}
	}
	return false
}
