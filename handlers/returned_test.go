package handlers_test

import "testing"

// What the website returned stands in the line of the result and in the browser's pane.
func TestThePageShowsWhatTheWebsiteReturned(t *testing.T) {
	l := newSite(t).learner()
	v := l.browser("Mallory")
	for op, want := range map[string]string{"me": "Not logged in", "get": "None"} {
		v.send(op, "key", "colour")
		page := l.page("/en/lab")
		has(t, paneOf(page, "pane-browser"), op, "Returned: <code>"+want)
		has(t, paneOf(page, "player"), op, "Returned: <code>"+want)
	}
	v.send("set", "key", "colour", "value", "teal and more, so that it takes too much room on the page").Want(200)
	v.send("get", "key", "colour").Want(200)
	has(t, l.page("/en/lab"), "a long value", "Returned: <code>teal and more")
}
