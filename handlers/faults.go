package handlers

import (
	"errors"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/session"
)

// message says what a problem is; of a store, also which one and why.
func (h *core) message(c echo.Context, p *problem) string {
	t := h.text(c)
	store, then := h.storeAtFault(c, p)
	if store == "" {
		return t.F("error."+p.code, p.args...)
	}
	return t.F("fault.join", "Why", faultSentence(t, store, p.cause), "Then", t.F(then, "Store", t.T("location.name."+store)))
}

// storeAtFault names the store that a problem is about, "" if it is about none, and
// the message that says what the fault means for the learner.
func (h *core) storeAtFault(c echo.Context, p *problem) (store, then string) {
	var (
		state *lab.StateError
		named *lab.StoreError
		app   *session.Error
	)
	switch recording := infoOf(c).recording; {
	case errors.As(p.cause, &state) && p.code == "step_not_stored":
		return h.State, "error.step_not_stored"
	case p.code != "store_unavailable":
	case errors.As(p.cause, &state):
		return h.State, "fault.then.state"
	case errors.As(p.cause, &named):
		return named.Store, "fault.then." + consequence(p.cause)
	case errors.As(p.cause, &app) && recording != nil:
		return recording.Settings().Store, "fault.then." + consequence(p.cause)
	}
	return "", ""
}

// faultSentence says why a store cannot be used, to the person who runs it.
func faultSentence(t *i18n.Text, store string, err error) string {
	return t.F("fault."+string(session.FaultOf(err)), "Store", t.T("location.name."+store))
}

// consequence says what a store's fault means for the sessions in it: they come
// back with the store ("wait"), somebody has to mend something first ("mend"), they
// can still be read ("reads"), or they are gone ("gone").
func consequence(err error) string {
	switch session.FaultOf(err) {
	case session.FaultDenied, session.FaultNoDatabase, session.FaultBroken:
		return "mend"
	case session.FaultReadOnly, session.FaultFull, session.FaultLocked:
		return "reads"
	case session.FaultNoTable:
		return "gone"
	}
	return "wait"
}
