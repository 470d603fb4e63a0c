package handlers_test

import "testing"

// A lesson's sentence says what the website answered, beside what that means.
func TestALessonShowsWhatTheWebsiteReturned(t *testing.T) {
	for lang, want := range map[string]string{"en": "Returned: Not logged in", "zh": "返回： 尚未登录"} {
		p := newCourse(t).take(t, lessonCalled(t, "amnesia"), lang)
		p.skip()
		p.do("who")
		p.open(p.address("?step=1"))
		p.says(want)
	}
}
