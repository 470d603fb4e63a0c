package handlers

import (
	"errors"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/session"
)

// message says what a problem is, and of a store, which one it is and why.
func (h *core) message(c echo.Context, p *problem) string {
	t := h.text(c)
	store, then := h.faulty(c, p)
	if store == "" {
		return t.F("error."+p.code, p.args...)
	}
	return t.F("fault.join", "Why", why(t, store, p.cause), "Then", t.F(then, "Store", t.T("kept.name."+store)))
}

// faulty names the store that a problem is about, "" for none that is known, and
// the message of what follows from it.
func (h *core) faulty(c echo.Context, p *problem) (store, then string) {
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
		return named.Store, "fault.then." + follows(p.cause)
	case errors.As(p.cause, &app) && recording != nil:
		return recording.Settings().Store, "fault.then." + follows(p.cause)
	}
	return "", ""
}

// why tells why a store cannot be used, in a sentence for whoever runs it.
func why(t *i18n.Text, store string, err error) string {
	return t.F("fault."+string(session.FaultOf(err)), "Store", t.T("kept.name."+store))
}

// follows tells what a store's fault means for the sessions in it: those that are
// there again as soon as the store is, those that somebody has to do something
// for, those that can still be read, and those that are gone.
func follows(err error) string {
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
