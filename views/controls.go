package views

// button is the class of the button of a deed: the one to be pressed next stands
// out.
func (v *Lab) button(deed string) string {
	next := v.Next.Deed
	if next == "" { // there is nothing to try, or all was tried
		next = "set"
		if v.Session.User == "" {
			next = "login"
		}
	}
	if deed == next {
		return "btn btn-1"
	}
	return "btn"
}
