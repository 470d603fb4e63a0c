package views

import (
	"strings"

	"github.com/a-h/templ"
)

// You is what an address calls the learner's own browser, which has no id.
const You = "you"

// Who is which browsers there are, and for which one the controls act.
type Who struct {
	Others []Browser // the virtual browsers, by their places
	Full   bool      // there may be no more of them
	Chosen *Browser  // one of the others; nil: the learner's own
	Named  bool      // whether the address names the chosen one, rather than the step shown

	Whose string // who sent the step shown, where that is not the chosen browser; else ""

	// Foreign is whether the pane shows a client that is none of the tabs: curl, a second
	// real browser, or a virtual one of an experiment.
	Foreign bool

	// Own is what is known of the learner's own browser, where that is chosen and the
	// step shown is by a virtual one; else nil.
	Own *BrowserPane

	// Beside is the browser whose jar is shown beside the chosen one's, as it is now; nil:
	// none. The learner's own has the ID [You].
	Beside *Browser
}

// Browser is a virtual browser of the bench.
type Browser struct {
	Badge
	ID      string
	Closed  bool
	Restore bool // once opened again it continues where it left off
	Blocked bool // it neither takes nor sends cookies
	Holds   int  // how many cookies it holds

	// Of the chosen one alone.
	Pane  BrowserPane // what is shown of its jar
	Now   bool        // that is what it holds now, so one can act on it
	Other []string    // the cookies that it holds besides
	Read  *string     // what a script reads, if that is asked for
}

// Held are the app's records, and which browsers could open them.
type Held struct {
	Rows  []HeldRow
	Total int // records in all
}

// HeldRow is one record.
type HeldRow struct {
	ID    string // its beginning
	User  string // who is logged in in it, or ""
	By    []Holder
	Shown bool // it is the one of the step shown
}

// Holder is a client whose cookie opens a record.
type Holder struct {
	Kind  string // of client
	Badge Badge  // of a virtual browser
}

// badge returns the badge of the browser that the controls act for.
func (w *Who) badge() Badge {
	if w.Chosen == nil {
		return Badge{}
	}
	return w.Chosen.Badge
}

// browserAddress is that of the bench with a browser chosen, at the last step that it
// sent. If it is the one beside, the two change places.
func (v *Lab) browserAddress(id string) string {
	to := *v
	if v.Who.Beside != nil && v.Who.Beside.ID == id {
		to.Who.Beside = &Browser{ID: v.chosenID()}
	}
	return v.in("/lab?browser="+id) + to.view()
}

// ofBrowser is the end of an address of a position in the step shown.
func (v *Lab) ofBrowser() string {
	if !v.Who.Named {
		return ""
	}
	return "&browser=" + v.chosenID()
}

// browserCall is the address of a call about the chosen virtual browser.
func (v *Lab) browserCall(what string) templ.SafeURL {
	return templ.SafeURL(v.in("/lab/browsers/" + v.Who.Chosen.ID + "/" + what))
}

// sendTo is where the form of an operation is sent: to the app, or to the virtual
// browser that has to send it there.
func (v *Lab) sendTo(op string) templ.SafeURL {
	if v.Who.Chosen == nil {
		return templ.SafeURL(v.App + op)
	}
	return v.browserCall("send")
}

// does are the attributes of the button by which its form's own operation is asked for.
// A virtual browser is told which one that is.
func (v *Lab) does(op string) templ.Attributes {
	if v.Who.Chosen == nil {
		return nil
	}
	return templ.Attributes{"name": "op", "value": op}
}

// posts are the attributes of a button for another operation than its form's.
func (v *Lab) posts(op string) templ.Attributes {
	if v.Who.Chosen == nil {
		return templ.Attributes{"formaction": v.App + op}
	}
	return v.does(op)
}

// gets is posts for an operation that is asked for by GET.
func (v *Lab) gets(op string) templ.Attributes {
	if v.Who.Chosen == nil {
		return templ.Attributes{"formaction": v.App + op, "formmethod": "get"}
	}
	return v.does(op)
}

// An account is one that the app knows.
type account struct{ name, password string }

var accounts = [...]account{{"momo", "123"}, {"alice", "rabbit"}, {"mallory", "letmein"}}

// account is whose name the log-in form offers: that of the person whose browser is
// chosen.
func (v *Lab) account() account {
	if v.Who.Chosen != nil {
		for _, a := range accounts {
			if belongs(v.Who.Chosen.Name, a.name) {
				return a
			}
		}
	}
	return accounts[0]
}

// belongs reports whether a browser's name begins with that of an account.
func belongs(browser, name string) bool {
	return len(browser) >= len(name) && strings.EqualFold(browser[:len(name)], name)
}

// chosenID is how addresses name the browser that is chosen.
func (v *Lab) chosenID() string {
	if v.Who.Chosen == nil {
		return You
	}
	return v.Who.Chosen.ID
}
