package handlers_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/webtest"
)

// A vbrowser is a virtual browser of a learner's bench.
type vbrowser struct {
	l    *learner
	id   string
	path string // of its calls
}

// vbrowserJSON is what a virtual browser says of itself.
type vbrowserJSON struct {
	ID, Name, Cookies string
	Closed            bool
	Jar               []struct {
		Name, Value, Path string
		Expires           *time.Time
		HTTPOnly          bool   `json:"http_only"`
		SameSite          string `json:"same_site"`
	}
}

func (l *learner) browser(name string) *vbrowser {
	l.site.t.Helper()
	var v vbrowserJSON
	l.Post("/en/lab/browsers", "name", name).Want(200).JSON(&v)
	if v.Name != name || v.Cookies != "allowed" || len(v.Jar) != 0 {
		l.site.t.Errorf("a fresh browser is %+v", v)
	}
	return &vbrowser{l, v.ID, "/en/lab/browsers/" + v.ID}
}

func (v *vbrowser) send(op string, fields ...string) *webtest.Answer {
	v.l.site.t.Helper()
	return v.l.Post(v.path+"/send", append([]string{"op", op}, fields...)...)
}

func (v *vbrowser) do(act string, fields ...string) vbrowserJSON {
	v.l.site.t.Helper()
	var got vbrowserJSON
	v.l.Post(v.path+"/jar", append([]string{"do", act}, fields...)...).Want(200).JSON(&got)
	return got
}

// cookie is the value of the session cookie in the jar, "" for none.
func (v *vbrowser) cookie() string {
	v.l.site.t.Helper()
	var b struct{ Browsers []vbrowserJSON }
	v.l.Get("/en/lab").Want(200).JSON(&b)
	for _, each := range b.Browsers {
		if each.ID == v.id && len(each.Jar) > 0 {
			return each.Jar[0].Value
		}
	}
	return ""
}

// entryKinds are the kinds of the bench's entries, each with the step that it follows.
func (l *learner) entryKinds() (kinds []step.EntryKind, all []step.Entry) {
	l.site.t.Helper()
	var b struct{ Entries []step.Entry }
	l.Get("/en/lab").Want(200).JSON(&b)
	for _, e := range b.Entries {
		kinds = append(kinds, e.Kind)
	}
	return kinds, b.Entries
}

func TestAStolenCookieOutlivesTheLogOutWhereTheServerKeepsNothing(t *testing.T) {
	for mechanism, after := range map[string]int{"server": 401, "flask": 200, "gorilla": 200} {
		t.Run(mechanism, func(t *testing.T) {
			l := newSite(t).learner()
			l.set("mechanism", mechanism)
			alice, mallory := l.browser("Alice's laptop"), l.browser("Mallory")
			if got := op(t, alice.send("login", "uname", "alice", "pwd", "rabbit"), 200); !got.OK || got.Step != 1 {
				t.Errorf("Alice's log-in answers %+v", got)
			}
			mallory.send("me").Want(401)
			alice.do("copy", "name", "session", "to", mallory.id)
			if got := op(t, mallory.send("me"), 200); got.Result != "alice" {
				t.Errorf("Mallory is %v; want alice", got.Result)
			}
			alice.send("logout").Want(200)
			alice.send("me").Want(401)
			mallory.send("me").Want(after)
			s := l.step(3)
			if s.Client != step.ClientVirtual || s.Browser != mallory.id || s.BrowserName != "Mallory" {
				t.Errorf("step 3 is by %s %q %q; want Mallory's", s.Client, s.Browser, s.BrowserName)
			}
			if got := l.Get("/en/lab/steps/3").Body; !strings.Contains(got, `"client":"virtual"`) || !strings.Contains(got, `"browser":"`+mallory.id+`"`) {
				t.Errorf("the JSON of step 3 is %.300s", got)
			}
			kinds, all := l.entryKinds()
			if len(kinds) != 3 || kinds[2] != step.EntryCookieCopied {
				t.Fatalf("the entries are %v", kinds)
			}
			if e := all[2]; e.Browser != alice.id || e.Name != "Alice's laptop" || e.Other != mallory.id || e.OtherName != "Mallory" || e.After != 2 || e.Cookie != "session" || e.Value == "" {
				t.Errorf("the copy is told as %+v", e)
			}
		})
	}
}

func TestABrowserWithCookiesBlockedIsAStrangerEachTime(t *testing.T) {
	l := newSite(t).learner()
	v := l.browser("No cookies")
	if got := v.do("block"); got.Cookies != "blocked" {
		t.Errorf("it says %+v", got)
	}
	for range 2 {
		v.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
		v.send("me").Want(401)
	}
	if got := v.cookie(); got != "" {
		t.Errorf("it holds %q", got)
	}
	last := l.step(1).Events
	if e := last[len(last)-1]; e.Kind != step.CookieIgnored || e.Why != step.WhyBlocked {
		t.Errorf("what it did with the cookie is %+v", e)
	}
	v.do("allow")
	v.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
	v.send("me").Want(200)
	v.do("block") // keeps the cookie, and does not send it
	v.send("me").Want(401)
	v.do("allow")
	v.send("me").Want(200)
}

func TestClosingABrowserEndsWhatIsNotPermanent(t *testing.T) {
	for _, tt := range []struct {
		name               string
		permanent, restore string
		after              int
	}{
		{"session cookie", "false", "false", 401},
		{"restored", "false", "true", 200},
		{"permanent", "true", "false", 200},
		{"permanent and restored", "true", "true", 200},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newSite(t).learner()
			v := l.browser("Alice")
			v.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
			v.send("permanent", "on", tt.permanent).Want(200)
			if got := v.do("close", "restore", tt.restore); !got.Closed {
				t.Errorf("closed it says %+v", got)
			}
			failed(t, v.send("me"), 409, "browser_closed")
			failed(t, l.Get(v.path+"/document-cookie"), 409, "browser_closed")
			failed(t, l.Post(v.path+"/jar", "do", "block"), 409, "browser_closed")
			if got := v.do("reopen"); got.Closed {
				t.Errorf("reopened it says %+v", got)
			}
			v.send("me").Want(tt.after)
		})
	}
}

func TestAPermanentCookieEndsInAClosedBrowserToo(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("lifetime", "2h")
	v := l.browser("Alice")
	v.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
	v.send("permanent", "on", "true").Want(200)
	v.do("close")
	s.clock.Advance(2 * time.Hour)
	if got := v.do("reopen"); len(got.Jar) != 0 {
		t.Errorf("after its lifetime the jar holds %+v", got.Jar)
	}
	v.send("me").Want(401)
}

// A virtual browser lives by the bench's clock.
func TestAMovedClockEndsAPermanentCookieInTheJar(t *testing.T) {
	l := newSite(t).learner()
	v := l.browser("Alice")
	v.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
	v.send("permanent", "on", "true").Want(200)
	l.Post("/en/lab/clock", "move", "743h59m59s").Want(200)
	if v.cookie() == "" {
		t.Error("a second before its end the cookie is gone")
	}
	l.Post("/en/lab/clock", "move", "1s").Want(200)
	if got := v.cookie(); got != "" {
		t.Errorf("at its end the jar holds %q", got)
	}
	v.send("me").Want(401)
	v.send("me").Want(401)
	if sent := headerOf(l.step(3).Request.Headers, "Cookie"); sent != "" {
		t.Errorf("the request brought %q", sent)
	}
	if first, second := l.step(3), l.step(4); first.Expected == nil || first.Expected.Cookie == nil || second.Expected != nil && second.Expected.Cookie != nil {
		t.Errorf("missed is %+v and then %+v; want the cookie, once", first.Expected, second.Expected)
	}
}

func TestSameSiteDecidesWhatARequestFromElsewhereBrings(t *testing.T) {
	for sameSite, brings := range map[string]struct{ link, form bool }{
		"Strict": {false, false},
		"Lax":    {true, false},
		"unset":  {true, true}, // for two minutes
	} {
		l := newSite(t).learner()
		l.set("same_site", sameSite)
		v := l.browser("Alice")
		v.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
		v.send("me", "from", "elsewhere")
		v.send("set", "key", "a", "value", "b", "from", "elsewhere").Want(200)
		for n, want := range map[int]bool{2: brings.link, 3: brings.form} {
			r := l.step(n).Request
			if sent := headerOf(r.Headers, "Cookie"); (sent != "") != want || headerOf(r.Headers, "Sec-Fetch-Site") != "cross-site" {
				t.Errorf("%s: the %s of another website brought %q", sameSite, r.Method, sent)
			}
		}
	}
}

func headerOf(headers [][2]string, name string) string {
	for _, h := range headers {
		if strings.EqualFold(h[0], name) {
			return h[1]
		}
	}
	return ""
}

func TestWhatAScriptReadsIsNotHttpOnly(t *testing.T) {
	for httpOnly, seen := range map[string]bool{"true": false, "false": true} {
		l := newSite(t).learner()
		l.set("http_only", httpOnly)
		v := l.browser("Alice")
		v.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
		var got struct {
			Text string `json:"document_cookie"`
		}
		l.Get(v.path + "/document-cookie").Want(200).JSON(&got)
		if want := "session=" + v.cookie(); got.Text != want && seen || !seen && got.Text != "" {
			t.Errorf("http_only=%s: a script reads %q", httpOnly, got.Text)
		}
	}
}

func TestACookieIsEditedAndDeleted(t *testing.T) {
	l := newSite(t).learner()
	v := l.browser("Alice")
	failed(t, l.Post(v.path+"/jar", "do", "edit", "name", "session", "value", "x"), 404, "no_such_cookie")
	v.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
	was := v.cookie()
	for _, bad := range []string{"a;b", "a\nb", strings.Repeat("x", 4090)} {
		failed(t, l.Post(v.path+"/jar", "do", "edit", "name", "session", "value", bad), 422, "bad_cookie")
	}
	if got := v.cookie(); got != was {
		t.Errorf("after what cannot be the cookie is %q; want %q", got, was)
	}
	if got := v.do("edit", "name", "session", "value", "x"+was); got.Jar[0].Value != "x"+was || !got.Jar[0].HTTPOnly {
		t.Errorf("edited it is %+v", got.Jar[0])
	}
	v.send("me").Want(401)
	if got := headerOf(l.step(2).Request.Headers, "Cookie"); got != "session=x"+was {
		t.Errorf("the request brought %q", got)
	}
	v.do("edit", "name", "session", "value", was)
	v.send("me").Want(200)
	v.do("delete", "name", "session")
	v.send("me").Want(401)
	kinds, all := l.entryKinds()
	want := []step.EntryKind{step.EntryBrowserOpened, step.EntryCookieEdited, step.EntryCookieEdited, step.EntryCookieDeleted}
	if len(kinds) != len(want) || kinds[1] != want[1] || kinds[3] != want[3] || all[1].Value != "x"+was || all[1].After != 1 {
		t.Errorf("the entries are %+v; want %v", all, want)
	}
}

// A cookie that its user took away is missed once: the step says what became of it.
func TestTheFirstRequestWithoutTheCookieSaysThatItIsGone(t *testing.T) {
	for _, act := range [][]string{{"delete", "name", "session"}, {"close"}} {
		l := newSite(t).learner()
		v := l.browser("Alice")
		v.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
		v.do(act[0], act[1:]...)
		v.do("reopen")
		v.send("me").Want(401)
		if got := l.Get("/en/lab/steps/2").Body; !strings.Contains(got, "no longer sends the cookie") || strings.Contains(got, "still no cookie") {
			t.Errorf("after %s the step says %.2000s", act[0], got)
		}
	}
}

func TestABenchHasFourBrowsers(t *testing.T) {
	l := newSite(t).learner()
	var all []*vbrowser
	for _, name := range []string{"Alice's laptop", "Alice's phone", "Mallory", "无 Cookie"} {
		all = append(all, l.browser(name))
	}
	failed(t, l.Post("/en/lab/browsers", "name", "a fifth"), 409, "too_many_browsers")
	all[1].send("me").Want(401)
	l.Post(all[1].path + "/remove").Want(204)
	failed(t, l.Post(all[1].path+"/remove"), 404, "no_such_browser")
	failed(t, all[1].send("me"), 404, "no_such_browser")
	failed(t, l.Post(all[0].path+"/jar", "do", "copy", "name", "session", "to", all[1].id), 404, "no_such_browser")
	l.browser("a fifth after all")
	if got := l.step(1); got.BrowserName != "Alice's phone" {
		t.Errorf("the step of a removed browser is by %q", got.BrowserName)
	}
}

func TestABrowserIsToldWhatItCannotDo(t *testing.T) {
	l := newSite(t).learner()
	v := l.browser("Alice")
	for _, tt := range []struct {
		path   string
		fields []string
		status int
		code   string
	}{
		{"/en/lab/browsers", nil, 400, "missing_field"},
		{"/en/lab/browsers", []string{"name", " "}, 422, "bad_browser_name"},
		{"/en/lab/browsers", []string{"name", "a\nb"}, 422, "bad_browser_name"},
		{"/en/lab/browsers", []string{"name", strings.Repeat("x", 61)}, 400, "too_long"},
		{"/en/lab/browsers/nobody/send", []string{"op", "me"}, 404, "no_such_browser"},
		{v.path + "/send", nil, 400, "missing_field"},
		{v.path + "/send", []string{"op", "sudo"}, 422, "unknown_act"},
		{v.path + "/send", []string{"op", "me", "from", "nowhere"}, 422, "unknown_act"},
		{v.path + "/send", []string{"op", "set", "key", "a"}, 400, "missing_field"},
		{v.path + "/jar", []string{"do", "explode"}, 422, "unknown_act"},
		{v.path + "/jar", []string{"do", "close", "restore", "maybe"}, 400, "not_true_or_false"},
		{v.path + "/jar", []string{"do", "copy", "name", "session"}, 400, "missing_field"},
	} {
		failed(t, l.Post(tt.path, tt.fields...), tt.status, tt.code)
	}
	other := l.site.learner()
	failed(t, other.Post(v.path+"/send", "op", "me"), 404, "no_such_browser")
}

func TestAPageIsLedBackToTheBench(t *testing.T) {
	l := newSite(t).learner()
	page := l.With("Accept", "text/html")
	at := page.Post("/zh/lab/browsers", "name", "Alice").Want(303).Header.Get("Location")
	to, err := url.Parse(at)
	if err != nil || to.Path != "/zh/lab" || to.Query().Get("browser") == "" {
		t.Fatalf("opening a browser leads to %q", at)
	}
	path := "/zh/lab/browsers/" + to.Query().Get("browser")
	for _, tt := range []struct {
		form []string
		at   string
	}{
		{[]string{"/send", "op", "login", "uname", "alice", "pwd", "wrong"}, at + "&step=1"},
		{[]string{"/jar", "do", "close"}, at},
		{[]string{"/jar", "do", "reopen"}, at},
	} {
		if got := page.Post(path+tt.form[0], tt.form[1:]...).Want(303).Header.Get("Location"); got != tt.at {
			t.Errorf("%v leads to %q; want %q", tt.form, got, tt.at)
		}
	}
	if body := page.Get(at).Want(200).Body; !strings.Contains(body, "Alice（模拟）") {
		t.Error("the page does not name the browser of the step")
	}
	if got := page.Post(path + "/remove").Want(303).Header.Get("Location"); got != "/zh/lab" {
		t.Errorf("removing leads to %q", got)
	}
}

// What goes over the wire is what a browser sends, and nothing that tells who it is.
func TestARequestOfAVirtualBrowserIsLikeAnyOther(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	v := l.browser("Alice")
	v.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
	r := l.step(1).Request
	if r.Method != "POST" || r.Path != l.app+"login" || r.Proto != "HTTP/1.1" || r.Body != "pwd=rabbit&uname=alice" {
		t.Errorf("the request is %+v", r)
	}
	known := map[string]bool{
		"Host": true, "User-Agent": true, "Accept": true, "Accept-Language": true, "Cookie": true, "Content-Type": true, "Content-Length": true,
		"Origin": true, "Sec-Fetch-Site": true, "Sec-Fetch-Mode": true, "Sec-Fetch-Dest": true,
	}
	for _, h := range r.Headers {
		if !known[h[0]] || strings.Contains(h[1], v.id) {
			t.Errorf("on the wire is %s: %s", h[0], h[1])
		}
	}
	if got := headerOf(r.Headers, "Host"); got != s.Addr {
		t.Errorf("Host is %q; want %q", got, s.Addr)
	}
	page := l.With("Accept", "text/html")
	if raw, body := page.Get("/en/lab/steps/1/raw").Want(200).Body, page.Get("/en/lab?step=1").Want(200).Body; !strings.Contains(raw, "The browser “Alice” is simulated") || strings.Contains(body, "Other browser") {
		t.Error("the page does not mark the curl command as that of a simulated browser, or takes it for another browser")
	}
}

// What virtual browsers send counts as their owner's own, and against the same limit.
func TestTheRequestsOfVirtualBrowsersCount(t *testing.T) {
	l := newSite(t, func(_ *handlers.Options, o *lab.Options) { o.Limits.Rate, o.Limits.Burst = 1e-9, 3 }).learner()
	v, other := l.browser("Alice"), l.browser("Mallory")
	l.Get(l.app + "me").Want(401)
	v.send("me").Want(401)
	other.send("me").Want(401)
	a := v.send("me")
	failed(t, a, 429, "too_many_requests")
	if a.Header.Get("Retry-After") == "" {
		t.Error("it does not say when to try again")
	}
	if body := l.With("Accept", "text/html").Post(v.path+"/send", "op", "me").Want(429).Body; !strings.Contains(body, "Too many requests") {
		t.Errorf("a page is shown %.300s", body)
	}
	l.site.curl().Get(l.app + "me").Want(401) // others have a limit of their own
	if n := len(l.steps()); n != 4 {
		t.Errorf("%d steps; want 4", n)
	}
}

func TestVirtualBrowsersAreNamedWhereverStepsAre(t *testing.T) {
	l := newSite(t).learner()
	v := l.browser("Alice's <laptop>")
	v.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
	v.send("me").Want(200)
	page := l.With("Accept", "text/html")
	for _, path := range []string{"/en/lab?client=virtual", "/zh/lab", "/en/lab/compare?a=1&b=2", "/en/lab/print?step=1", "/en/lab/print"} {
		body := page.Get(path).Want(200).Body
		if !strings.Contains(body, "Alice&#39;s &lt;laptop&gt;") {
			t.Errorf("%s does not name the browser", path)
		}
		if strings.Contains(body, "Other browser") || strings.Contains(body, "{Browser}") || strings.Contains(body, "The program that asked") {
			for _, bad := range []string{"Other browser", "{Browser}", "The program that asked"} {
				if at := strings.Index(body, bad); at >= 0 {
					t.Errorf("%s takes it for somebody else: %s", path, body[max(0, at-150):at+50])
				}
			}
		}
	}
	if har := l.Get("/en/lab/export.har").Want(200).Body; !strings.Contains(har, "(simulated browser)") {
		t.Error("the HTTP archive does not mark the requests")
	}
	if export := l.Get("/en/lab/export.json").Want(200).Body; !strings.Contains(export, `"kind":"browser.opened"`) || !strings.Contains(export, `"client":"virtual"`) {
		t.Errorf("the export is %.300s", export)
	}
}

func TestTheJSONOfBrowsersKeepsItsShape(t *testing.T) {
	l := newSite(t).learner()
	const cookie = "{expires:null http_only:bool name:string path:string same_site:string secure:bool value:string}"
	same(t, "a fresh browser", asked(t, l.Post("/en/lab/browsers", "name", "Alice").Body), "{cookies:string id:string jar:[] name:string}")
	var b struct{ Browsers []vbrowserJSON }
	l.Get("/en/lab").JSON(&b)
	path := "/en/lab/browsers/" + b.Browsers[0].ID
	same(t, "an answer", asked(t, l.Post(path+"/send", "op", "login", "uname", "alice", "pwd", "rabbit").Body),
		"{ok:bool op:string result:string session:{uname:string} step:float64}")
	same(t, "a browser", asked(t, l.Post(path+"/jar", "do", "allow").Body), "{cookies:string id:string jar:["+cookie+"] name:string}")
	same(t, "a closed one", asked(t, l.Post(path+"/jar", "do", "close", "restore", "true").Body),
		"{closed:bool cookies:string id:string jar:["+cookie+"] name:string restore:bool}")
	l.Post(path+"/jar", "do", "reopen")
	same(t, "a script's", asked(t, l.Get(path+"/document-cookie").Body), "{document_cookie:string}")
	for _, part := range []string{
		"entries:[{after:float64 browser:string kind:string n:float64 name:string time:string value:string} {after:float64 browser:string kind:string n:float64 name:string time:string}]",
		"browsers:[{cookies:string id:string jar:[" + cookie + "] name:string}]", "browser:string browser_name:string client:string",
	} {
		if got := asked(t, l.Get("/en/lab").Body); !strings.Contains(got, part) {
			t.Errorf("the bench is %s; want %s in it", got, part)
		}
	}
}

// failed fails the test unless the answer is an error of that code, with words.
// A message about a bad field says which one, and what to do.
func TestARefusalSaysWhatToDoAboutIt(t *testing.T) {
	l := newSite(t).learner()
	a := l.Post("/en/lab/settings", "lifetime", "90")
	failed(t, a, 422, "bad_setting")
	if !strings.Contains(a.Body, `"next":"Write a duration as 10s`) {
		t.Errorf("a bad lifetime: %s; want how to write one", a.Body)
	}
	a = l.Post("/en/lab/settings", "lifetime", "2h", "life_time", "2h")
	failed(t, a, 422, "unknown_setting")
	if !strings.Contains(a.Body, "life_time") {
		t.Errorf("a setting that does not exist: %s; want its name", a.Body)
	}
	var b benchJSON
	l.Get("/en/lab").Want(200).JSON(&b)
	if b.Settings["lifetime"] != "31d" {
		t.Errorf("the refused form left a lifetime of %v; want what was", b.Settings["lifetime"])
	}
	failed(t, l.Post(l.app+"permanent", "on", "banana"), 400, "not_true_or_false")
	failed(t, l.Post("/en/lab/hints", "show", "maybe"), 400, "not_true_or_false")
	failed(t, l.Post("/en/lab/browsers", "name", "Mallory", "cookies", "none"), 422, "bad_choice")
	if body := l.Get("/en/lab").Want(200).Body; !strings.Contains(body, `"browsers":[]`) {
		t.Errorf("the refused form opened a browser: %s", body)
	}
	v := l.browser("Alice")
	v.send("set", "key", "a", "value", "b").Want(200)
	failed(t, l.Post(v.path+"/jar", "do", "copy", "name", "session", "to", v.id), 422, "unknown_act")
	if got := op(t, l.Get(l.app+"me"), 401); codeOf(got) != "not_logged_in" {
		t.Errorf("me = %+v", got)
	}
	for _, column := range l.beside("op", "login", "uname", "momo", "pwd", "wrong").Columns {
		if column.Error != "wrong_password" {
			t.Errorf("side by side, a wrong password is told as %+v; want the code", column)
		}
	}
}

func failed(t *testing.T, a *webtest.Answer, status int, code string) {
	t.Helper()
	var got struct {
		Error struct{ Code, Message string }
	}
	a.Want(status).JSON(&got)
	if got.Error.Code != code || got.Error.Message == "" || strings.Contains(got.Error.Message, "error.") {
		t.Errorf("%s: %+v; want %s", a.Request, got.Error, code)
	}
}
