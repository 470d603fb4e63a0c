package handlers_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/webtest"
)

// orphaned is what a page says of a record that the request did not find; "" if it shows none.
var orphaned = regexp.MustCompile(`(?s)id="orphan">.*?</div></dl></div>`)

// Whatever cuts a record off from its browser, the page compares with what the browser
// held before, and shows the record that is still there.
func TestARecordThatTheRequestDoesNotFindIsShown(t *testing.T) {
	const agent = "Mozilla/5.0"
	// lose drops the browser's cookie, as closing it does.
	lose := func(s *site, l *learner) *webtest.Client {
		return s.carrying("seat="+l.Cookie("seat", "/")).With("User-Agent", agent)
	}
	keep := func(_ *site, l *learner) *webtest.Client { return l.With("User-Agent", agent) }
	for name, tt := range map[string]struct {
		cut    func(*site, *learner)
		then   func(*site, *learner) *webtest.Client
		en, zh []string
	}{
		"the browser was closed": {func(*site, *learner) {}, lose,
			[]string{"Either the browser was closed, or the cookie was deleted. The website cannot know which.", "The browser no longer sends the cookie", "this request cannot find it"},
			[]string{"可能是浏览器关闭过，也可能是 Cookie 被删除了，网站没法知道", "浏览器不再发送先前收到的 Cookie", "这个请求找不到它"}},
		"the key was changed": {func(_ *site, l *learner) { l.set("secret_key", "random") }, keep,
			[]string{"so it looks for no record", "this request cannot find it"},
			[]string{"所以服务器不去查找记录", "这个请求找不到它"}},
		"another cookie came": {func(*site, *learner) {}, func(s *site, l *learner) *webtest.Client {
			return s.carrying("seat="+l.Cookie("seat", "/")+"; session=another").With("User-Agent", agent)
		},
			[]string{"The browser did not send the cookie it was given, but another one", "this request cannot find it"},
			[]string{"浏览器发来的不是先前收到的那个 Cookie", "这个请求找不到它"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			l := s.learner()
			l.With("User-Agent", agent).Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
			tt.cut(s, l)
			who := tt.then(s, l)
			who.Get(l.app + "me").Want(401)
			who.Get(l.app + "me").Want(401) // the record is still there then
			for lang, wants := range map[string][]string{"/en": tt.en, "/zh": tt.zh} {
				page := l.With("Accept", "text/html").Get(lang + "/lab?step=2").Want(200).Body
				for _, want := range wants {
					if !strings.Contains(page, want) {
						t.Errorf("%s: the page lacks %q", lang, want)
					}
				}
				for _, bad := range []string{"still no cookie", "Still no cookie", "仍然没有 Cookie", "no record belongs"} {
					if strings.Contains(page, bad) {
						t.Errorf("%s: the page says %q", lang, bad)
					}
				}
				until := s.clock.Now().Add(31 * 24 * time.Hour).UTC().Format(map[string]string{"/en": "2 Jan", "/zh": "1月2日"}[lang])
				for _, n := range []string{"2", "3"} {
					page := l.With("Accept", "text/html").Get(lang + "/lab?step=" + n).Want(200).Body
					if o := orphaned.FindString(page); !strings.Contains(o, "momo") || !strings.Contains(o, until) {
						t.Errorf("%s: step %s shows %q; want the record of momo, and until when", lang, n, o)
					}
				}
			}
		})
	}
}

// A cookie that ends by its own lifetime ends by no request: the next one shows it.
func TestACookieThatEndedByItsLifetimeIsToldSo(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("lifetime", "10s")
	browser := l.With("User-Agent", "Mozilla/5.0")
	browser.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	browser.Post(l.app+"permanent", "on", "true").Want(200)
	s.clock.Advance(11 * time.Second)
	s.carrying("seat="+l.Cookie("seat", "/")).With("User-Agent", "Mozilla/5.0").Get(l.app + "me").Want(401)
	for lang, want := range map[string]string{"/en": "The lifetime of the cookie ended at", "/zh": "所以浏览器不再发送它"} {
		page := l.With("Accept", "text/html").Get(lang + "/lab").Want(200).Body
		if !strings.Contains(page, want) || strings.Contains(page, "till no cookie") || strings.Contains(page, "仍然没有 Cookie") {
			t.Errorf("%s: the page lacks %q, or says that there is still no cookie", lang, want)
		}
		if strings.Contains(page, `id="orphan"`) {
			t.Errorf("%s: the page shows a record that has ended too", lang)
		}
	}
}

// A change of where sessions are kept has the browser drop its cookie, and deletes the
// records: that is no browser that was closed.
func TestACookieThatWasDroppedForAMoveIsToldSo(t *testing.T) {
	for name, setting := range map[string][2]string{"store": {"store", "memory"}, "mechanism": {"mechanism", "flask"}} {
		s := newSite(t)
		l := s.learner()
		l.With("User-Agent", "Mozilla/5.0").Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		l.set(setting[0], setting[1])
		s.carrying("seat="+l.Cookie("seat", "/")).With("User-Agent", "Mozilla/5.0").Get(l.app + "me").Want(401)
		for lang, want := range map[string]string{
			"/en": "You moved the sessions to another place, so the website told the browser to delete its cookie", "/zh": "会话换了存放位置，浏览器按网站的要求删除了原来的 Cookie",
		} {
			page := l.With("Accept", "text/html").Get(lang + "/lab").Want(200).Body
			if !strings.Contains(page, want) || strings.Contains(page, "was closed") || strings.Contains(page, "浏览器关闭过") {
				t.Errorf("%s, %s: the page lacks %q, or blames the browser", name, lang, want)
			}
		}
	}
}
