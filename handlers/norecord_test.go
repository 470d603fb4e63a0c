package handlers_test

import (
	"strconv"
	"strings"
	"testing"
)

// A request without a cookie finds no record, which does not mean that there is none: the
// lesson's store holds that of a login whose cookie the browser refused.
func TestALessonDoesNotSayThatAStoreWithRecordsHoldsNone(t *testing.T) {
	for lang, want := range map[string][]string{
		"en": {"This request found no record.", "Sessions here now: 1 ·"},
		"zh": {"这个请求没有找到记录。", "这个网站现在有 1 个会话"},
	} {
		p := newCourse(t).take(t, lessonCalled(t, "amnesia"), lang)
		p.skip()
		p.do("who", "log-in", "who")
		steps := p.steps(0)
		p.open(p.address("?step=" + strconv.Itoa(steps[len(steps)-1].N)))
		p.says(want...)
		for _, bad := range []string{"No session yet", "还没有会话", "no cookie, and no record", "也没有记录"} {
			if page := p.Get(p.path).Body; strings.Contains(page, bad) {
				t.Errorf("%s: the lesson says %q", lang, bad)
			}
		}
	}
}

// The bench says of another browser's request what it found, and how many there are.
func TestTheBenchDoesNotSayThatAStoreWithRecordsHoldsNone(t *testing.T) {
	l := newSite(t).learner()
	momo, mallory := l.browser("momo"), l.browser("Mallory")
	momo.send("login", "uname", "momo", "pwd", "123").Want(200)
	mallory.send("me").Want(401)
	for lang, want := range map[string][]string{
		"en": {"This request found no record.", "Sessions here now: 1 ·"},
		"zh": {"这个请求没有找到记录。", "这个网站现在有 1 个会话"},
	} {
		has(t, paneOf(l.page("/"+lang+"/lab"), "pane-store"), lang, want...)
	}
}

// A lesson shows the record whose cookie was deleted: it is still there.
func TestALessonShowsTheRecordThatItsBrowserNoLongerAsksFor(t *testing.T) {
	for lang, want := range map[string]string{"en": "is still in the store", "zh": "还在存储里"} {
		p := newCourse(t).take(t, lessonCalled(t, "logout"), lang)
		p.skip()
		p.do("momo-in", "delete", "ask-momo")
		steps := p.steps(0)
		p.open(p.address("?step=" + strconv.Itoa(steps[len(steps)-1].N)))
		orphan := p.first("div", classed("orphan"))
		if orphan == nil {
			t.Errorf("%s: the picture does not show the record", lang)
		} else if got := said(orphan); !strings.Contains(got, "momo") || !strings.Contains(got, want) {
			t.Errorf("%s: of the record it says %q; want momo, and %q", lang, got, want)
		}
	}
}
