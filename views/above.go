package views

// What stands above the panes of a bench: a run, what came of the learner's last act, or
// what to try next. The page itself says what to press, so that the style sheet need
// not look for it: to look is to style the whole bench anew for each step.

// hasNews tells whether the learner's last act is to be told of.
func (v *Lab) hasNews() bool { return v.Location.News != "" || v.Done != "" }

// hints tells whether the bench says what to try next.
func (v *Lab) hints() bool {
	return v.Run == nil && !v.hasNews() && v.Step != nil && v.Next.All > 0 && !v.Next.Away
}
