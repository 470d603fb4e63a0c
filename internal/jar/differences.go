package jar

// A Difference is a place where a browser leaves the draft, and the jar does not.
type Difference struct {
	Browser string // "chromium" or "firefox"
	Name    string // a word for it, to be said in a language
}

// Differences are those that are known of. A test takes a tour through the draft with
// real browsers and a virtual one, and fails on any other, and on one that is no more.
var Differences = []Difference{}
