package handlers_test

import (
	"strings"
	"testing"
)

// A browser that deleted its cookie does not find its record. Another browser that holds a
// copy does, so the page does not say that nobody can.
func TestARecordThatACopyStillFindsIsNotSaidToBeOutOfReach(t *testing.T) {
	l := newSite(t).learner()
	momo, mallory := l.browser("momo"), l.browser("Mallory")
	momo.send("login", "uname", "momo", "pwd", "123").Want(200)
	momo.do("copy", "name", "session", "to", mallory.id)
	momo.do("delete", "name", "session")
	momo.send("me").Want(401)
	for lang, want := range map[string]string{"en": "but this request cannot find it.", "zh": "但这个请求找不到它。"} {
		page := l.page("/" + lang + "/lab")
		has(t, paneOf(page, "player"), lang, want)
		has(t, paneOf(page, "pane-store"), lang, `id="orphan"`)
		for _, bad := range []string{"nobody can reach", "no cookie leads", "谁也找不到", "没有 Cookie 能找到"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: the page says %q", lang, bad)
			}
		}
	}
	if got := op(t, mallory.send("me"), 200); got.Result != "momo" {
		t.Errorf("with the copy, Mallory is %v; want momo", got.Result)
	}
}
