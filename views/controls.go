package views

// button is the class of the button of an act: the one to be pressed next stands
// out.
func (v *Lab) button(act string) string {
	next := v.Next.Press
	if v.Next.Away {
		next = ""
	}
	switch {
	case v.Session.User == "" && (next != "elsewhere" && next != "copy" && next != "me"): // nothing else is of use before
		next = "login"
	case next == "": // there is nothing to try, or all was tried
		next = "set"
	}
	if act == next {
		return "btn btn-1"
	}
	return "btn"
}
