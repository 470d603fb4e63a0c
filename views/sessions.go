package views

// sessionsBefore is how many sessions the store had before the event of the step shown
// that made or deleted one, and the number of that event. It returns false if the step did
// neither, or if its store has been changed since: then nobody knows.
func (v *Lab) sessionsBefore() (before, at int, moves bool) {
	if v.Step == nil || v.Step.Untold != nil || !v.asOfStep() {
		return 0, 0, false
	}
	before = v.Store.Sessions
	switch v.Step.Store.Mark {
	case Added:
		before--
	case Removed:
		before++
	}
	return before, v.Step.Store.At, before >= 0 && before != v.Store.Sessions
}

// asOfStep reports whether nothing has happened to the store since the step shown.
func (v *Lab) asOfStep() bool {
	return v.Step == nil || v.Step.N == v.Timeline.Newest && v.Done == ""
}

// sessionsID names the words for how many sessions there are.
func (v *Lab) sessionsID() string {
	if v.asOfStep() {
		return "store.sessions"
	}
	return "store.sessions_latest"
}

// added reports whether the step shown made the record of a row.
func (v *Lab) added(r *HeldRow) bool {
	_, _, moves := v.sessionsBefore()
	return moves && r.Shown && v.Step.Store.Mark == Added
}
