package jar

// A Difference is a place where a browser leaves the draft, and the jar does not.
type Difference struct {
	Browser string // "chromium" or "firefox"
	Name    string // a word for it, to be said in a language
}

// Differences are those that are known of. A test takes a tour through the draft with
// real browsers and a virtual one, and fails on any other, and on one that is no more.
var Differences = []Difference{
	{"chromium", "rewritten"},  // 5.7, step 23: it forgets the age of a cookie that gets another value
	{"chromium", "tab"},        // 5.6, step 1: it takes a tab for a control character
	{"chromium", "plus"},       // 5.6.2: it reads Max-Age=+60
	{"firefox", "host-prefix"}, // 5.7, step 21: it takes the default path for Path=/
	{"firefox", "nameless"},    // 5.6: it takes a bare word for a name, and drops =word
	{"firefox", "no-such-day"}, // 5.1.1: it reads 30 February
}
