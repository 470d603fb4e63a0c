package narrate

import (
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/step"
)

// expecting: the client was believed to hold this cookie, which leads to this
// record.
func (s story) expecting(c *step.Cookie, r *step.Record) story {
	s.Expected = &step.Sides{Cookie: c, Record: r}
	return s
}

func TestACookieThatIsNoLongerSentIsToldWithItsRecord(t *testing.T) {
	asking := func() story {
		return on(step.OpMe, "GET /me", "").stranger().running(step.OpMe, "").silent().failing("not_logged_in", 401)
	}
	left := stored(idOne, `{"uname":"momo"}`, 0)
	for name, tt := range map[string]struct {
		story         story
		result, empty map[i18n.Lang][]string
	}{
		"with a record": {
			asking().expecting(signed(idOne, nil), left),
			map[i18n.Lang][]string{
				i18n.En: {"The browser no longer sends the cookie", "still in the store until 23 Dec 19:00", "this request cannot find it"},
				i18n.Zh: {"浏览器不再发送", "还在存储里，有效期到 12月23日 19:00", "这个请求找不到它"},
			},
			map[i18n.Lang][]string{
				i18n.En: {"The browser no longer sends the cookie", "Its record is still in the store until 23 Dec 19:00", "This request cannot find it"},
				i18n.Zh: {"浏览器不再发送", "还在存储里，有效期到 12月23日 19:00", "这个请求找不到它"},
			},
		},
		"without a record": {
			asking().expecting(signed(idOne, nil), nil),
			map[i18n.Lang][]string{i18n.En: {"The browser no longer sends the cookie", "does not know who is asking"}, i18n.Zh: {"浏览器不再发送", "不知道来的是谁"}},
			map[i18n.Lang][]string{i18n.En: {"The browser no longer sends the cookie"}, i18n.Zh: {"浏览器不再发送"}},
		},
		"curl, which nobody told to keep it": {
			asking().from(step.ClientCurl).expecting(signed(idOne, nil), left),
			map[i18n.Lang][]string{i18n.En: {"curl did not send the cookie", "still in the store"}, i18n.Zh: {"curl 没有带上", "还在存储里"}},
			map[i18n.Lang][]string{i18n.En: {"curl did not send the cookie"}, i18n.Zh: {"curl 没有带上"}},
		},
		"in the cookie itself": {
			asking().by(step.MechanismFlask).expecting(sealed(momo), nil),
			map[i18n.Lang][]string{i18n.En: {"The browser no longer sends the cookie", "the session was in it"}, i18n.Zh: {"浏览器不再发送", "会话就在那个 Cookie 里"}},
			nil,
		},
	} {
		for lang, text := range texts(t) {
			v := Step(text, tt.story.Step, options)
			if v.Store.Orphan != nil {
				v.Store.Empty += v.Store.Orphan.Said
			}
			all := v.Result + v.Store.Empty + v.Browser.Empty
			for _, e := range v.Events {
				all += e.Title + e.Say
			}
			for _, bad := range []string{"still no cookie", "Still no cookie", "仍然没有", "nobody can", "leads to it", "谁也找不到"} {
				if strings.Contains(all, bad) {
					t.Errorf("%s, %s: says %q, which this step does not show: %s", name, lang, bad, all)
				}
			}
			for _, want := range tt.result[lang] {
				if !strings.Contains(v.Result, want) {
					t.Errorf("%s, %s: Result = %q; want %q in it", name, lang, v.Result, want)
				}
			}
			for _, want := range tt.empty[lang] {
				if !strings.Contains(v.Store.Empty, want) {
					t.Errorf("%s, %s: Empty = %q; want %q in it", name, lang, v.Store.Empty, want)
				}
			}
			if n := sentences(v.Result); n > 2 {
				t.Errorf("%s, %s: Result = %q; has %d sentences, want at most 2", name, lang, v.Result, n)
			}
			for _, e := range v.Events {
				checkEvent(t, lang, e)
			}
		}
	}
}

// The attributes of a cookie that came from elsewhere are not known, so nobody can
// tell whether its lifetime changed.
func TestPermanentIsToldOfACookieFromElsewhere(t *testing.T) {
	const permanent = `{"_permanent":true,"uname":"momo"}`
	foreign, set := sealed(momo), sealed(permanent)
	foreign.Attributes, set.Attributes.Expires = nil, days(31)
	for lang, text := range texts(t) {
		for _, mechanism := range step.Mechanisms[1:] {
			s := on(step.OpPermanent, "POST /permanent", "on=true").by(mechanism).carrying(foreign).
				running(step.OpPermanent, "session.permanent = True").setting(set)
			v := Step(text, s.Step, options)
			if strings.Contains(v.Result, "outlives") || strings.Contains(v.Result, "关闭浏览器后") {
				t.Errorf("%s, %s: Result = %q; want no word of how the lifetime changed", mechanism, lang, v.Result)
			}
			if v.Browser.Was == nil || !v.Browser.Was.Unknown || v.Browser.Cookie.Unknown {
				t.Errorf("%s, %s: the cookie was %+v; want its attributes unknown", mechanism, lang, v.Browser.Was)
			}
		}
	}
}

func TestAStepThatCannotBeToldKeepsItsName(t *testing.T) {
	for lang, text := range texts(t) {
		v := Untold(text, step.Broken("junk", step.Summary{N: 3, Op: step.OpSet, Client: step.ClientCurl, Method: "POST", Path: "/app/x/set", Status: 200, Time: arrival}), options)
		if v.N != 3 || v.Op != text.T("controls.set") || v.Title != "POST /app/…/set · 200" || v.Client != "curl" || v.Time != arrival.Format(time.TimeOnly) || v.Result != text.T("untold.say") {
			t.Errorf("%s: Untold = %+v", lang, v)
		}
	}
}
