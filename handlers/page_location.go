package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/views"
)

// locationView says where the app's sessions are stored, and where they were at the
// step that is shown. A change counts as news until the next step, also if it was changed
// back: that ended all sessions.
func (h *pages) locationView(c echo.Context, s lab.Settings, shown *step.Step, steps []step.Summary, entries []step.Entry) views.Location {
	t := h.text(c)
	now := locationOf(s.Mechanism, s.Store)
	then := now
	if shown != nil {
		then = locationOf(shown.Mechanism, shown.Store)
	}
	k := views.Location{Now: t.T("location.name." + now), Shown: t.T("location.name." + then), Where: h.Where[then], Moved: then != now}
	n := len(steps)
	if n > 0 && (locationOf(steps[n-1].Mechanism, steps[n-1].Store) != now || movedSince(entries, steps[n-1].N)) {
		k.News = t.T("location.news." + now)
	}
	return k
}

// movedSince reports whether the app's sessions were moved after the nth step.
func movedSince(entries []step.Entry, n int) bool {
	return slices.ContainsFunc(entries, func(e step.Entry) bool { return e.Kind == step.EntrySessionsMoved && e.After >= n })
}

// places are all locations that the app can store its sessions in.
func (h *pages) places(c echo.Context, s lab.Settings) []views.Place {
	var all []views.Place
	for _, store := range stores {
		all = append(all, views.Place{Mechanism: step.MechanismServer, Store: store, Why: h.unavailable(c, store)})
	}
	for _, m := range step.Mechanisms[1:] {
		all = append(all, views.Place{Mechanism: m})
	}
	t := h.text(c)
	for i := range all {
		id := locationOf(all[i].Mechanism, all[i].Store)
		all[i].Name, all[i].Note, all[i].On = t.T("location.name."+id), t.T("location.note."+id), id == locationOf(s.Mechanism, s.Store)
	}
	return all
}

// stores are all stores of records, in the order in which they are offered.
var stores = [...]string{"memory", "sqlite", "redis", "mysql", "postgres"}

// locationOf names where sessions are stored: the store, or the mechanism whose cookie
// holds them.
func locationOf(mechanism, store string) string {
	if mechanism == step.MechanismServer {
		return store
	}
	return mechanism
}

// unavailable says why a store cannot be chosen; "" if it can.
func (h *pages) unavailable(c echo.Context, store string) string {
	if !slices.Contains(h.Lab.StoreNames(), store) {
		return h.text(c).T("location.missing." + store)
	}
	return h.away(h.text(c), store)
}

// away says why a store did not answer when it was last asked; "" if it answered.
func (h *pages) away(t *i18n.Text, store string) string {
	if h.StoreState == nil {
		return ""
	}
	if err := h.StoreState(store); err != nil {
		return faultSentence(t, store, err)
	}
	return ""
}

// storeInfo is about the store as a whole.
func storeInfo(s lab.Settings, usage session.Usage) views.StoreInfo {
	info := views.StoreInfo{Secret: s.SecretKey}
	switch s.Mechanism {
	case step.MechanismServer:
		info.Name, info.Sessions, info.Bytes = s.Store, usage.Sessions, usage.Bytes
	case step.MechanismFlask:
		info.Salt = "cookie-session"
	}
	return info
}
