package views

import "slices"

// Partner returns the id of the browser whose jar comes first to be shown beside the
// chosen one's, or "" where there is no other.
func (w *Who) Partner() string {
	for i := range w.Others {
		if w.Chosen == nil || w.Chosen.ID != w.Others[i].ID {
			return w.Others[i].ID
		}
	}
	if w.Chosen != nil {
		return You
	}
	return ""
}

// besideAddress is that of what is shown now with the jar of another browser beside,
// or of none for "".
func (v *Lab) besideAddress(id string) string {
	to := *v
	to.Who.Beside = nil
	if id != "" {
		to.Who.Beside = &Browser{ID: id}
	}
	if v.Step == nil {
		return to.browserAddress(v.chosenID())
	}
	return to.event(v.at())
}

// pairs are the browsers that could be beside the chosen one instead.
func (v *Lab) pairs() []Browser {
	var all []Browser
	if v.Who.Chosen != nil {
		all = append(all, Browser{ID: You})
	}
	for _, b := range v.Who.Others {
		if v.Who.Chosen == nil || v.Who.Chosen.ID != b.ID {
			all = append(all, b)
		}
	}
	return slices.DeleteFunc(all, func(b Browser) bool { return v.Who.Beside == nil || v.Who.Beside.ID == b.ID })
}

// called is the name of a browser of the bench.
func (v *Lab) called(b *Browser) string {
	if b == nil || b.ID == You {
		return v.Text.T("who.own")
	}
	return visible(b.Name)
}

// sends is the name of the client whose jar is the chosen one: of the browser that the
// controls act for, or of another that sent the step shown.
func (v *Lab) sends() string {
	if v.Who.Chosen == nil && v.Who.Own == nil && v.Step != nil && v.Step.Lane != v.Text.T("lane.browser") {
		return v.Step.Lane
	}
	return v.called(v.Who.Chosen)
}

// jar is what the pane shows of the chosen browser's jar; nil for nothing.
func (v *Lab) jar() *BrowserPane {
	switch {
	case v.Who.Chosen != nil:
		return v.Who.Chosen.jar()
	case v.Who.Own != nil:
		return v.Who.Own
	case v.Step != nil && v.Step.Untold == nil:
		return &v.Step.Browser
	}
	return nil
}

// jar is what is shown of a browser's jar; nil for nothing.
func (b *Browser) jar() *BrowserPane {
	if b.Now && b.Closed {
		return nil
	}
	return &b.Pane
}

// alike compares the session cookies of the two jars that are shown: Same, or Changed
// for two that differ. It is not ok where one of them holds none.
func (v *Lab) alike() (m Mark, at int, ok bool) {
	one, other := v.jar(), v.Who.Beside.jar()
	if one == nil || other == nil || one.Cookie == nil || other.Cookie == nil {
		return Same, 0, false
	}
	if one.Mark != Same {
		at = one.At
	}
	if one.Cookie.raw() != other.Cookie.raw() {
		return Changed, at, true
	}
	return Same, at, true
}
