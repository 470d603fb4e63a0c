package narrate

import (
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/step"
)

// stories are the situations that a learner meets, each with what the result must
// say of it in English and in Chinese.
var stories = []struct {
	name   string
	story  func() story
	en, zh []string
}{
	{"first log-in", func() story {
		return on(step.OpLogin, "POST /login", "uname=momo&pwd=123").stranger().
			running(step.OpLogin, "session['uname'] = 'momo'").server(step.PasswordChecked, "momo", "ok").
			saving(stored(idOne, `{"uname":"momo"}`, 0)).setting(signed(idOne, nil))
	},
		[]string{"A record appeared", "this is momo", "holds its ID", "neither the name nor the password"},
		[]string{"出现了一条记录", "momo", "Cookie 里是它的 ID", "没有密码"}},
	{"log-in with a new id", func() story {
		return on(step.OpLogin, "POST /login", "uname=alice&pwd=rabbit").bringing(signed(idOne, nil)).
			opening(stored(idOne, `{"colour":"teal"}`, -1)).running(step.OpLogin, "session['uname'] = 'alice'").
			server(step.PasswordChecked, "alice", "ok").
			saving(stored(idTwo, `{"colour":"teal","uname":"alice"}`, 0)).setting(signed(idTwo, nil))
	},
		[]string{"alice is logged in, and the session has a new ID", "the old one is no longer valid", "holds the new ID"},
		[]string{"alice", "新的 ID", "失效"}},
	{"log-in that keeps the id", func() story {
		return on(step.OpLogin, "POST /login", "uname=alice&pwd=rabbit").bringing(signed(idOne, nil)).
			opening(stored(idOne, `{"colour":"teal"}`, -1)).running(step.OpLogin, "").
			saving(stored(idOne, `{"colour":"teal","uname":"alice"}`, 0)).setting(signed(idOne, nil))
	},
		[]string{"The record changed", "alice", "anyone who knew its ID before is now logged in too"},
		[]string{"alice", "以前就知道这个 ID 的人"}},
	{"wrong password", func() story {
		return on(step.OpLogin, "POST /login", "uname=momo&pwd=x").stranger().running(step.OpLogin, "").
			server(step.PasswordChecked, "momo", "wrong").silent().failing("wrong_password", 303)
	},
		[]string{"the login failed", "no cookie, and this request found no record"},
		[]string{"登录没有成功", "没有 Cookie，这个请求也没有找到记录"}},
	{"set: the first value", func() story {
		return on(step.OpSet, "POST /set", "key=colour&value=teal").stranger().running(step.OpSet, "session['colour'] = 'teal'").
			saving(stored(idOne, `{"colour":"teal"}`, 0)).setting(signed(idOne, nil))
	},
		[]string{"A record appeared in the store, with 'colour' = 'teal'", "none of the values"},
		[]string{"出现了一条记录", "'colour' = 'teal'", "会话的值不在里面"}},
	{"set: another key", func() story {
		return on(step.OpSet, "POST /set", "key=size&value=XL").bringing(signed(idOne, nil)).
			opening(stored(idOne, `{"colour":"teal"}`, -1)).running(step.OpSet, "session['size'] = 'XL'").
			saving(stored(idOne, `{"colour":"teal","size":"XL"}`, 0)).setting(signed(idOne, nil))
	},
		[]string{"The record changed: it gained 'size' = 'XL'. The cookie holds only the ID, so it did not change."},
		[]string{"记录变了：多了 'size' = 'XL'。", "Cookie 里只有 ID，所以 Cookie 没有变"}},
	{"set: another value", func() story {
		return on(step.OpSet, "POST /set", "key=colour&value=amber").bringing(signed(idOne, nil)).
			opening(stored(idOne, `{"colour":"teal"}`, -1)).running(step.OpSet, "session['colour'] = 'amber'").
			saving(stored(idOne, `{"colour":"amber"}`, 0)).setting(signed(idOne, nil))
	},
		[]string{"'colour' went from 'teal' to 'amber'. The cookie holds only the ID, so it did not change."},
		[]string{"'colour' 由 'teal' 变成 'amber'"}},
	{"set: the same value", func() story {
		return on(step.OpSet, "POST /set", "key=colour&value=teal").bringing(signed(idOne, nil)).
			opening(stored(idOne, `{"colour":"teal"}`, -1)).running(step.OpSet, "session['colour'] = 'teal'").
			saving(stored(idOne, `{"colour":"teal"}`, 0)).setting(signed(idOne, nil))
	},
		[]string{"'colour' was already 'teal'", "only the record's expiry moved"},
		[]string{"'colour' 原本就是 'teal'", "只有记录的有效期"}},
	{"set in a permanent session", func() story {
		return on(step.OpSet, "POST /set", "key=colour&value=amber").bringing(signed(idOne, days(30))).
			opening(stored(idOne, `{"_permanent":true,"colour":"teal"}`, -1)).running(step.OpSet, "").
			saving(stored(idOne, `{"_permanent":true,"colour":"amber"}`, 0)).setting(signed(idOne, days(31)))
	},
		[]string{"to 'amber'", "The cookie has the same value: only its expiry moved, to 23 Dec 19:00"},
		[]string{"变成 'amber'", "只有期限改到了 12月23日 19:00"}},
	{"set refused by the browser", func() story {
		return on(step.OpSet, "POST /set", "key=colour&value=teal").stranger().running(step.OpSet, "").
			saving(stored(idOne, `{"colour":"teal"}`, 0)).refusing(signed(idOne, nil), "secure-needs-https")
	},
		[]string{"A record appeared", "But the browser refused the cookie", "not https"},
		[]string{"出现了一条记录", "浏览器拒收了 Cookie", "不是 https"}},
	{"set over a limit", func() story {
		return on(step.OpSet, "POST /set", "key=colour&value=teal").stranger().silent().failing("too_long", 400)
	},
		[]string{"“Too long”", "no cookie, and this request found no record"}, []string{"“太长了”", "没有 Cookie"}},
	{"get", func() story {
		return on(step.OpGet, "GET /get?key=colour", "").bringing(signed(idOne, nil)).
			opening(stored(idOne, `{"colour":"teal"}`, -1)).running(step.OpGet, "session.get('colour')").silent()
	},
		[]string{"'colour' is 'teal'", "Reading changed neither the cookie nor the record"},
		[]string{"'colour' 是 'teal'", "Cookie 和记录都没有变"}},
	{"get: no such key", func() story {
		return on(step.OpGet, "GET /get?key=nope", "").stranger().running(step.OpGet, "session.get('nope')").silent()
	},
		[]string{"no 'nope'", "None", "not an error", "Reading stores nothing"},
		[]string{"没有 'nope'", "不算错误", "只读不会存下任何东西"}},
	{"get in a permanent session", func() story {
		return on(step.OpGet, "GET /get?key=colour", "").bringing(signed(idOne, days(30))).
			opening(stored(idOne, `{"_permanent":true,"colour":"teal"}`, -1)).running(step.OpGet, "").
			saving(stored(idOne, `{"_permanent":true,"colour":"teal"}`, 0)).setting(signed(idOne, days(31)))
	},
		[]string{"only moved the expiry, on both sides"}, []string{"更新了两边的期限"}},
	{"pop", func() story {
		return on(step.OpPop, "POST /pop", "key=colour").bringing(signed(idOne, nil)).
			opening(stored(idOne, `{"colour":"teal","size":"XL"}`, -1)).running(step.OpPop, "session.pop('colour')").
			saving(stored(idOne, `{"size":"XL"}`, 0)).setting(signed(idOne, nil))
	},
		[]string{"'colour', which held 'teal', was taken out", "holds only the ID"},
		[]string{"'colour'", "'teal'", "取出了"}},
	{"pop: the last value", func() story {
		return on(step.OpPop, "POST /pop", "key=colour").bringing(signed(idOne, nil)).
			opening(stored(idOne, `{"colour":"teal"}`, -1)).running(step.OpPop, "").emptying().deleting()
	},
		[]string{"'colour' was the last value", "The cookie was deleted too"},
		[]string{"最后一个值", "Cookie 也删除了"}},
	{"pop: no such key", func() story {
		return on(step.OpPop, "POST /pop", "key=nope").bringing(signed(idOne, nil)).
			opening(stored(idOne, `{"colour":"teal"}`, -1)).running(step.OpPop, "").silent().failing("no_such_key", 404)
	},
		[]string{"no 'nope' in the session to take out", "Neither"}, []string{"没有 'nope'", "都没有变"}},
	{"clear", func() story {
		return on(step.OpClear, "POST /clear", "").bringing(signed(idOne, nil)).
			opening(stored(idOne, `{"colour":"teal"}`, -1)).running(step.OpClear, "").emptying().deleting()
	},
		[]string{"record is gone", "a copy of it is useless now"}, []string{"记录也已删除", "也找不到会话了"}},
	{"clear: nothing there", func() story {
		return on(step.OpClear, "POST /clear", "").stranger().running(step.OpClear, "").emptying().deleting()
	},
		[]string{"nothing to clear", "still no cookie, and this request found no record"}, []string{"没有什么可清空", "仍然没有 Cookie"}},
	{"permanent on", func() story {
		return on(step.OpPermanent, "POST /permanent", "on=true").bringing(signed(idOne, nil)).
			opening(stored(idOne, `{"uname":"momo"}`, -1)).running(step.OpPermanent, "session.permanent = True").
			saving(stored(idOne, `{"_permanent":true,"uname":"momo"}`, 0)).setting(signed(idOne, days(31)))
	},
		[]string{"session.permanent is on", "stays when the browser closes: until 23 Dec 19:00"},
		[]string{"session.permanent 已打开", "直到 12月23日 19:00"}},
	{"permanent off", func() story {
		return on(step.OpPermanent, "POST /permanent", "on=false").bringing(signed(idOne, days(30))).
			opening(stored(idOne, `{"_permanent":true,"uname":"momo"}`, -1)).running(step.OpPermanent, "").
			saving(stored(idOne, `{"_permanent":false,"uname":"momo"}`, 0)).setting(signed(idOne, nil))
	},
		[]string{"session.permanent is off", "usually ends when the browser closes"},
		[]string{"session.permanent 已关闭", "浏览器一关闭"}},
	{"permanent on, nothing stored", func() story {
		return on(step.OpPermanent, "POST /permanent", "on=true").stranger().running(step.OpPermanent, "").
			saving(stored(idOne, `{"_permanent":true}`, 0)).setting(signed(idOne, days(31)))
	},
		[]string{"A record appeared", "that is a value too"}, []string{"出现了一条记录", "它也是一个值"}},
	{"log-out", func() story {
		return on(step.OpLogout, "POST /logout", "").bringing(signed(idOne, nil)).
			opening(stored(idOne, `{"uname":"momo"}`, -1)).running(step.OpLogout, "").emptying().deleting()
	},
		[]string{"Logged out", "a copy of it is useless now"}, []string{"已退出登录", "也找不到会话了"}},
	{"log-out: nothing there", func() story {
		return on(step.OpLogout, "POST /logout", "").stranger().running(step.OpLogout, "").emptying().deleting()
	},
		[]string{"no session to log out of"}, []string{"不用退出"}},
	{"me", func() story {
		return on(step.OpMe, "GET /me", "").bringing(signed(idOne, nil)).
			opening(stored(idOne, `{"uname":"momo"}`, -1)).running(step.OpMe, "").silent()
	},
		[]string{"this is momo", "Reading changed neither"}, []string{"用户是 momo"}},
	{"me: nobody", func() story {
		return on(step.OpMe, "GET /me", "").stranger().running(step.OpMe, "").silent().failing("not_logged_in", 401)
	},
		[]string{"nobody is logged in", "Reading stores nothing"}, []string{"没有人登录"}},
	{"index", func() story {
		return on(step.OpIndex, "GET /", "").stranger().running(step.OpIndex, "").
			saving(stored(idOne, `{"_permanent":true,"pwd":"123","uname":"momo"}`, 0)).setting(signed(idOne, days(31)))
	},
		[]string{"'_permanent', 'pwd', 'uname'", "none of the values"}, []string{"'_permanent'、'pwd'、'uname'"}},
	{"getSession", func() story {
		return on(step.OpGetSession, "GET /getSession/", "").bringing(signed(idOne, nil)).
			opening(stored(idOne, `{"uname":"momo"}`, -1)).running(step.OpGetSession, "").silent()
	},
		[]string{"uname is momo"}, []string{"uname 是 momo"}},
	{"getSession: nobody", func() story {
		return on(step.OpGetSession, "GET /getSession/", "").stranger().running(step.OpGetSession, "").silent()
	},
		[]string{"no uname in the session"}, []string{"会话里没有 uname"}},
	{"deleteSession", func() story {
		return on(step.OpDeleteSession, "GET /deleteSession/", "").bringing(signed(idOne, days(30))).
			opening(stored(idOne, `{"uname":"momo"}`, -1)).running(step.OpDeleteSession, "").emptying().deleting()
	},
		[]string{"record is gone", "copy"}, []string{"记录也已删除", "副本"}},
	{"expired", func() story {
		s := on(step.OpMe, "GET /me", "").bringing(signed(idOne, nil)).server(step.SignatureValid, idOne, "")
		s.event(step.LaneStore, step.LoadAsked, "SELECT", "")
		s.event(step.LaneStore, step.LoadMissing, "1 row", "expired")
		s.server(step.SessionExpired, "2026-11-22T18:59:50Z", "lifetime")
		s.Events[len(s.Events)-1].Limit = step.Ahead(2 * 3600e9)
		return s.server(step.SessionOpened, "session = {}", "new").running(step.OpMe, "").silent().failing("not_logged_in", 401)
	},
		[]string{"past its lifetime of 2 hours", "Nothing was deleted", "the store still has the expired record", "neither is valid now"},
		[]string{"超过了 2 小时的有效期", "什么也没删除", "过期的记录也还留在存储里"}},
	{"tampered, then set", func() story {
		return on(step.OpSet, "POST /set", "key=colour&value=teal").bringing(signed(idTwo, nil)).
			server(step.SignatureInvalid, idTwo, "signature").server(step.SessionOpened, "session = {}", "new").
			running(step.OpSet, "").saving(stored(idOne, `{"colour":"teal"}`, 0)).setting(signed(idOne, nil))
	},
		[]string{"signature does not fit", "A record appeared in the store; the cookie now holds its ID."},
		[]string{"签名与 ID 不符", "出现了一条记录；Cookie 里现在是它的 ID。"}},
	{"a copied cookie after log-out", func() story {
		s := on(step.OpMe, "GET /me", "").from(step.ClientCurl).bringing(&step.Cookie{Raw: idOne + ".x", Name: "session", Parts: []step.Part{{Kind: "id", Text: idOne}}}).
			server(step.SignatureValid, idOne, "")
		s.event(step.LaneStore, step.LoadAsked, "SELECT", "")
		s.event(step.LaneStore, step.LoadMissing, "0 rows", "")
		return s.server(step.SessionOpened, "session = {}", "new").running(step.OpMe, "").silent().failing("not_logged_in", 401)
	},
		[]string{"no record for the cookie's ID", "curl still has the cookie, but this request found no session with it"},
		[]string{"Cookie 里的这个 ID，在存储里查不到记录", "curl 还有这个 Cookie，但这个请求凭它没有找到会话"}},
	{"the store fails", func() story {
		s := on(step.OpGet, "GET /get?key=colour", "").bringing(signed(idOne, nil)).server(step.SignatureValid, idOne, "")
		s.event(step.LaneStore, step.LoadAsked, "SELECT", "")
		s.event(step.LaneStore, step.StoreFailed, "database is locked", "load")
		return s.silent().failing("store_unavailable", 503)
	},
		[]string{"could not be read", "503", "not a logout"}, []string{"读不出来", "503", "不等于退出登录"}},
	{"no such path", func() story {
		return on("", "GET /wp-login.php", "").stranger().silent().failing("not_found", 404)
	},
		[]string{"GET /wp-login.php", "404"}, []string{"GET /wp-login.php", "404"}},
}

func TestResultNamesWhatHappened(t *testing.T) {
	all := texts(t)
	for _, tt := range stories {
		t.Run(tt.name, func(t *testing.T) {
			for lang, wants := range map[i18n.Lang][]string{i18n.En: tt.en, i18n.Zh: tt.zh} {
				got := Step(all[lang], tt.story().Step, options).Result
				for _, want := range wants {
					if !strings.Contains(got, want) {
						t.Errorf("Result in %s = %q; want %q in it", lang, got, want)
					}
				}
				if n := sentences(got); n > 2 {
					t.Errorf("Result in %s = %q; has %d sentences, want at most 2", lang, got, n)
				}
			}
		})
	}
}

func sentences(s string) int {
	return strings.Count(s+" ", ". ") + strings.Count(s, "。")
}

// What is true of one situation must not be said of another.
func TestResultTellsSituationsApart(t *testing.T) {
	for lang, text := range texts(t) {
		seen := make(map[string]string)
		for _, tt := range stories {
			got := Step(text, tt.story().Step, options).Result
			if other, ok := seen[got]; ok && tt.name != "deleteSession" {
				t.Errorf("%s: %q and %q have the same result %q", lang, other, tt.name, got)
			}
			seen[got] = tt.name
		}
	}
}
