package narrate

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/columns"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// sealed is a cookie that carries values.
func sealed(values string) *step.Cookie {
	c := signed(base64.RawURLEncoding.EncodeToString([]byte(values)), nil)
	c.Parts[0].Kind, c.Parts[0].Decoded, c.Values = "payload", values, json.RawMessage(values)
	return c
}

// carrying: the request brings the session in its cookie.
func (s story) carrying(c *step.Cookie) story {
	return s.bringing(c).server(step.SignatureValid, c.Raw, "").server(step.SessionOpened, "session = "+string(c.Values), "loaded")
}

// by: sessions are kept by this mechanism.
func (s story) by(mechanism string) story {
	s.Mechanism = mechanism
	return s
}

const momo = `{"uname":"momo"}`

// carriedStories are situations where the cookie carries the session, each with
// what the result must say, and must not.
var carriedStories = []struct {
	name   string
	story  func() story
	en, zh []string
}{
	{"first log-in", func() story {
		return on(step.OpLogin, "POST /login", "uname=momo&pwd=123").stranger().server(step.PasswordChecked, "momo", "ok").
			running(step.OpLogin, "session['uname'] = 'momo'").setting(sealed(momo))
	}, []string{"A cookie appeared", "this is momo", "The server stored nothing"}, []string{"出现了一个 Cookie", "用户是 momo", "服务器什么也没存"}},
	{"set", func() story {
		return on(step.OpSet, "POST /set", "key=colour&value=teal").carrying(sealed(momo)).
			running(step.OpSet, "session['colour'] = 'teal'").setting(sealed(`{"colour":"teal","uname":"momo"}`))
	}, []string{"The cookie changed: it gained 'colour' = 'teal'", "the server still accepts it"}, []string{"Cookie 变了：多了 'colour' = 'teal'", "仍然有效"}},
	{"get", func() story {
		return on(step.OpGet, "GET /get?key=uname", "").carrying(sealed(momo)).running(step.OpGet, "session.get('uname')").silent()
	}, []string{"The cookie says that 'uname' is 'momo'", "the server asked no store"}, []string{"Cookie 里写着，'uname' 是 'momo'", "也没有查存储"}},
	{"log-out", func() story {
		s := on(step.OpLogout, "POST /logout", "").carrying(sealed(momo)).running(step.OpLogout, "session.clear()")
		return s.server(step.SessionEmptied, "session = {}", "").deleting()
	}, []string{"Logged out: the cookie is deleted", "a copy of the cookie would still be accepted"}, []string{"已退出登录", "副本仍然有效"}},
	{"a cookie that was altered", func() story {
		s := on(step.OpMe, "GET /me", "").bringing(sealed(momo)).server(step.SignatureInvalid, "x", "signature")
		return s.server(step.SessionOpened, "session = {}", "new").running(step.OpMe, "session.get('uname')").silent().failing("not_logged_in", 401)
	}, []string{"The signature does not fit", "the server did not accept it"}, []string{"签名不符", "服务器这次没有接受它"}},
	{"a cookie of long ago", func() story {
		s := on(step.OpMe, "GET /me", "").bringing(sealed(momo)).server(step.SignatureValid, "x", "").server(step.SessionExpired, "2026-01-01T00:00:00Z", "lifetime")
		s.Events[len(s.Events)-1].Limit = step.Ahead(2 * 3600e9)
		return s.server(step.SessionOpened, "session = {}", "new").running(step.OpMe, "session.get('uname')").silent().failing("not_logged_in", 401)
	}, []string{"older than its lifetime of 2 hours"}, []string{"超过了 2 小时的有效期"}},
	{"a cookie from before a change", func() story {
		s := on(step.OpMe, "GET /me", "").bringing(sealed(momo)).server(step.SignatureValid, "x", "").server(step.SessionExpired, "2026-01-01T00:00:00Z", "revoked")
		return s.server(step.SessionOpened, "session = {}", "new").running(step.OpMe, "session.get('uname')").silent().failing("not_logged_in", 401)
	}, []string{"before you changed where sessions are kept", "the server did not accept it"}, []string{"更换会话存放位置之前", "服务器这次没有接受它"}},
	{"too long", func() story {
		s := on(step.OpSet, "POST /set", "key=long&value=x").carrying(sealed(momo)).running(step.OpSet, "session['long'] = 'x'")
		return s.refusing(sealed(`{"long":"x","uname":"momo"}`), "too-large")
	}, []string{"refused the cookie", "4096", "the change is lost"}, []string{"拒收了这个 Cookie", "4096", "这次改动丢了"}},
}

func TestResultOfACarriedSessionSpeaksOfTheCookie(t *testing.T) {
	for lang, text := range texts(t) {
		for _, tt := range carriedStories {
			for _, mechanism := range step.Mechanisms[1:] {
				got := Step(text, tt.story().by(mechanism).Step, options).Result
				wants, lacks := tt.en, []string{"record", "ID"}
				if lang == i18n.Zh {
					wants, lacks = tt.zh, []string{"记录", "ID"}
				}
				for _, want := range wants {
					if !strings.Contains(got, want) && mechanism == step.MechanismFlask {
						t.Errorf("%s, %s: Result in %s = %q; want %q in it", tt.name, mechanism, lang, got, want)
					}
				}
				for _, word := range lacks {
					if strings.Contains(got, word) {
						t.Errorf("%s, %s: Result in %s = %q; there is no %q", tt.name, mechanism, lang, got, word)
					}
				}
				if n := sentences(got); n > 2 {
					t.Errorf("%s, %s: Result in %s = %q; has %d sentences, want at most 2", tt.name, mechanism, lang, got, n)
				}
			}
		}
	}
}

// No event of a carried session speaks of a record or an ID.
func TestEventsOfACarriedSessionSpeakOfTheCookie(t *testing.T) {
	text := texts(t)[i18n.En]
	for _, tt := range carriedStories {
		for _, mechanism := range step.Mechanisms[1:] {
			for _, e := range Step(text, tt.story().by(mechanism).Step, options).Events {
				for _, word := range []string{"record", " ID"} {
					if strings.Contains(e.Title+" "+e.Say, word) {
						t.Errorf("%s, %s: event %d says %q, %q; there is no %q", tt.name, mechanism, e.N, e.Title, e.Say, word)
					}
				}
				if columns.Of(e.Title) > 28 {
					t.Errorf("%s, %s: the title %q is too wide", tt.name, mechanism, e.Title)
				}
			}
		}
	}
}

func TestPanesOfACarriedSession(t *testing.T) {
	s := carriedStories[1].story().by(step.MechanismFlask).Step
	told := Step(texts(t)[i18n.En], s, options)
	rows := told.Browser.Rows
	if len(rows) != 2 || rows[0].Name != "colour" || rows[0].Mark != views.Added || rows[1].Name != "uname" || rows[1].Mark != views.Same {
		t.Errorf("the cookie's values are told as %+v; want colour added, uname as it was", rows)
	}
	if told.Store.Empty == "" || len(told.Store.Rows) > 0 || told.Store.Raw != "" {
		t.Errorf("the store is told as %+v; want nothing in it", told.Store)
	}
}
