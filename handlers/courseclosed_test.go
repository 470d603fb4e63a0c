package handlers_test

import "testing"

// Whether a closed browser still has its cookie depends on the cookie's date: what is said
// of it is what happened.
func TestAClosedBrowserSaysWhatBecameOfItsCookie(t *testing.T) {
	for lang, want := range map[string][2]string{
		"en": {"its cookie had no date, so it was deleted", "its cookie has a date, so it is still there"},
		"zh": {"Cookie 没有写日期，所以删除了", "Cookie 写了日期，所以还在"},
	} {
		p := newCourse(t).take(t, lessonCalled(t, "lifetime"), lang)
		p.skip()
		p.do("close-it")
		p.open(p.address(""))
		p.says(want[0])
		p.do("reopen-it", "ask", "log-in", "remember", "close-it")
		p.open(p.address(""))
		p.says(want[1])
		p.open("/" + lang + "/lab")
		p.says(want[0], want[1])
	}
}
