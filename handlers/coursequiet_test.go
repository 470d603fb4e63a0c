package handlers_test

import (
	"strings"
	"testing"
)

// An act that sends no request shows at once what came of it, on the side where it
// happened, and says where that is. The step before is a link away.
func TestALessonShowsWhatAnActWithoutARequestCameTo(t *testing.T) {
	s := newCourse(t)
	for _, tt := range []struct {
		slug    string
		acts    []string
		says    string
		browser []string
		store   string
		not     string
	}{
		{slug: "automatic", acts: []string{"ask-second", "log-in-second", "block"}, says: "No request was sent. The browser “momo 2” blocks cookies.", browser: []string{"momo 2", "neither stores nor sends any", "changed"}},
		{slug: "lifetime", acts: []string{"close-it"}, says: "No request was sent. The browser “momo” was closed", browser: []string{"removed", "No cookie now."}, not: "added"},
		{slug: "sliding", acts: []string{"wait"}, says: "No request was sent. The clock was moved ahead by 90 minutes.", browser: []string{"momo"}},
		{slug: "sliding", acts: []string{"wait", "wait"}, says: "No request was sent.", browser: []string{"No cookie now.", "removed"}, store: "This record has expired."},
		{slug: "logout", acts: []string{"copy"}, says: "No request was sent. The browser “Mallory” got a copy", browser: []string{"Mallory"}},
		{slug: "a-note", acts: []string{"colour", "alter"}, says: "No request was sent. The cookie", browser: []string{"changed"}},
		{slug: "flags", acts: []string{"script"}, says: "No request was sent. This happened in momo's browser: document.cookie →", browser: []string{"momo"}},
		{slug: "flags", acts: []string{"none"}, says: "No request was sent. Set SameSite=None."},
	} {
		p := s.take(t, lessonCalled(t, tt.slug), "en")
		p.skip()
		p.do(tt.acts[:len(tt.acts)-1]...)
		back := p.Post(p.address("/do"), "act", tt.acts[len(tt.acts)-1]).Want(303)
		p.open(back.Header.Get("Location"))
		between := said(p.first("div", classed("between")))
		if !strings.Contains(between, tt.says) {
			t.Errorf("%s, %v: above the flow stands %q; want %q", tt.slug, tt.acts, between, tt.says)
		}
		pane := said(p.first("section", identified("duo-browser")))
		for _, want := range tt.browser {
			if !strings.Contains(pane, want) {
				t.Errorf("%s, %v: the browser's side lacks %q: %s", tt.slug, tt.acts, want, pane)
			}
		}
		if tt.not != "" && strings.Contains(pane, tt.not) {
			t.Errorf("%s, %v: the browser's side still says %q: %s", tt.slug, tt.acts, tt.not, pane)
		}
		if store := said(p.first("section", identified("duo-store"))); !strings.Contains(store, tt.store) {
			t.Errorf("%s, %v: the store's side lacks %q: %s", tt.slug, tt.acts, tt.store, store)
		}
		p.linksTo("step=" + p.drawnStep())
	}
}
