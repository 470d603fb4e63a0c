package handlers_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/webtest"
)

// Session semantics are the same whatever the mechanism.
func TestOperationsAnswerInJSONAndAreSteps(t *testing.T) {
	for _, mechanism := range step.Mechanisms {
		t.Run(mechanism, func(t *testing.T) { testOperations(t, mechanism) })
	}
}

func testOperations(t *testing.T, mechanism string) {
	s := newSite(t)
	l := s.learner()
	l.set("mechanism", mechanism)
	c := s.curl()
	v := func(pairs ...any) map[string]any {
		m := map[string]any{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i].(string)] = pairs[i+1]
		}
		return m
	}
	tests := []struct {
		method, op string
		form       []string
		status     int
		result     any
		code       string
		session    map[string]any
		cookie     string // "", "set" or "delete"
	}{
		{"GET", "me", nil, 401, nil, "not_logged_in", v(), ""},
		{"GET", "get?key=color", nil, 200, nil, "", v(), ""},
		{"POST", "pop", []string{"key", "color"}, 404, nil, "no_such_key", v(), ""},
		{"POST", "login", []string{"uname", "momo", "pwd", "124"}, 401, nil, "wrong_password", v(), ""},
		{"POST", "login", []string{"uname", "nobody", "pwd", "123"}, 401, nil, "wrong_password", v(), ""},
		{"POST", "set", []string{"key", "color", "value", "teal"}, 200, "teal", "", v("color", "teal"), "set"},
		{"GET", "get?key=color", nil, 200, "teal", "", v("color", "teal"), ""},
		{"GET", "get?key=other", nil, 200, nil, "", v("color", "teal"), ""},
		{"POST", "login", []string{"uname", "alice", "pwd", "rabbit"}, 200, "alice", "", v("color", "teal", "uname", "alice"), "set"},
		{"GET", "me", nil, 200, "alice", "", v("color", "teal", "uname", "alice"), ""},
		{"POST", "login", []string{"uname", "momo", "pwd", "wrong"}, 401, nil, "wrong_password", v("color", "teal", "uname", "alice"), ""},
		{"POST", "permanent", []string{"on", "true"}, 200, true, "", v("_permanent", true, "color", "teal", "uname", "alice"), "set"},
		{"POST", "pop", []string{"key", "other"}, 404, nil, "no_such_key", v("_permanent", true, "color", "teal", "uname", "alice"), "set"},
		{"POST", "permanent", []string{"on", "false"}, 200, false, "", v("_permanent", false, "color", "teal", "uname", "alice"), "set"},
		{"POST", "permanent", []string{"on", "maybe"}, 400, nil, "not_true_or_false", v("_permanent", false, "color", "teal", "uname", "alice"), ""},
		{"POST", "pop", []string{"key", "color"}, 200, "teal", "", v("_permanent", false, "uname", "alice"), "set"},
		{"POST", "set", []string{"value", "teal"}, 400, nil, "missing_field", v("_permanent", false, "uname", "alice"), ""},
		{"POST", "set", []string{"key", "", "value", "teal"}, 400, nil, "missing_field", v("_permanent", false, "uname", "alice"), ""},
		{"POST", "set", []string{"key", "a", "value", "\xff"}, 400, nil, "not_text", v("_permanent", false, "uname", "alice"), ""},
		{"POST", "set", []string{"key", "键", "value", "值 🍵 \x00\u2028'\"<"}, 200, "值 🍵 \x00\u2028'\"<", "", v("_permanent", false, "uname", "alice", "键", "值 🍵 \x00\u2028'\"<"), "set"},
		{"POST", "clear", nil, 200, nil, "", v(), "delete"},
		{"POST", "login", []string{"uname", "mallory", "pwd", "letmein"}, 200, "mallory", "", v("uname", "mallory"), "set"},
		{"POST", "logout", nil, 200, nil, "", v(), "delete"},
	}
	for i, tt := range tests {
		send := c.Post
		if tt.method == "GET" {
			send = func(path string, _ ...string) *webtest.Answer { return c.Get(path) }
		}
		a := send(l.app+tt.op, tt.form...)
		got := op(t, a, tt.status)
		code := ""
		if got.Error != nil {
			code = got.Error.Code
		}
		if got.OK != (tt.code == "") || !reflect.DeepEqual(got.Result, tt.result) || code != tt.code {
			t.Errorf("%s %s %q = ok %v, result %v, code %q; want %v, %q", tt.method, tt.op, tt.form, got.OK, got.Result, code, tt.result, tt.code)
		}
		if !reflect.DeepEqual(got.Session, tt.session) {
			t.Errorf("%s %s %q: session = %v; want %v", tt.method, tt.op, tt.form, got.Session, tt.session)
		}
		if set := a.SetCookie(step.CookieName); (set != "") != (tt.cookie != "") || (tt.cookie == "delete") != (set == "session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly; Path="+l.app+"; SameSite=Lax") {
			t.Errorf("%s %s %q: Set-Cookie = %q; want %q", tt.method, tt.op, tt.form, set, tt.cookie)
		}
		if got.Step != i+1 {
			t.Fatalf("%s %s: step = %d; want %d", tt.method, tt.op, got.Step, i+1)
		}
		recorded := l.step(i + 1)
		if string(recorded.Op) != got.Op || recorded.Response.Status != tt.status || recorded.Response.Body != a.Body || recorded.Error != tt.code {
			t.Errorf("step %d = %s, %d, %q, %q; want what was answered: %s, %d, %q", i+1, recorded.Op, recorded.Response.Status, recorded.Response.Body, recorded.Error, got.Op, tt.status, a.Body)
		}
		if recorded.Request.Method != tt.method || recorded.Request.Path != l.app+tt.op {
			t.Errorf("step %d = %s %s; want %s %s", i+1, recorded.Request.Method, recorded.Request.Path, tt.method, l.app+tt.op)
		}
	}
	if got := len(l.steps()); got != len(tests) {
		t.Errorf("%d steps; want %d", got, len(tests))
	}
}

func TestAWrongPasswordRunsNoCodeAndLeavesTheRecord(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	before := sessionCookie(c, l.app)
	c.Post(l.app+"login", "uname", "alice", "pwd", "no").Want(401)
	if after := sessionCookie(c, l.app); after != before {
		t.Errorf("the cookie is %q; want %q", after, before)
	}
	recorded := l.step(2)
	if !reflect.DeepEqual(recorded.Before.Record, recorded.After.Record) || recorded.After.Record == nil {
		t.Errorf("record = %v; want %v", recorded.After.Record, recorded.Before.Record)
	}
	for _, kind := range kinds(recorded) {
		if kind == step.CodeRan || kind == step.SaveAsked {
			t.Errorf("a wrong password led to %s", kind)
		}
	}
}

func TestErrorsSpeakTheCallersLanguage(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	path := l.app + "me"
	referer := func(path string) [2]string { return [2]string{"Referer", s.URL + path} }
	tests := []struct {
		header [2]string
		want   string
	}{
		{[2]string{"Accept-Language", "en"}, "Nobody is logged in"},
		{[2]string{"Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8"}, "没有人登录"},
		{[2]string{"Accept-Language", "zh-TW"}, "没有人登录"},
		{[2]string{"Accept-Language", "fr"}, "Nobody is logged in"},
		{[2]string{"Accept-Language", ";;;q=zh"}, "Nobody is logged in"},
		{referer("/zh/lab"), "没有人登录"},
		{referer("/en/lab"), "Nobody is logged in"},
		{[2]string{"Referer", "http://elsewhere.example/zh/lab"}, "Nobody is logged in"},
	}
	english := op(t, s.curl().With("Accept-Language", "en").Get(path), 401).Error.Message
	chinese := op(t, s.curl().With("Accept-Language", "zh").Get(path), 401).Error.Message
	if english == chinese {
		t.Fatalf("both languages say %q", english)
	}
	for _, tt := range tests {
		want := english
		if tt.want == "没有人登录" {
			want = chinese
		}
		if got := op(t, s.curl().With(tt.header[0], tt.header[1]).Get(path), 401).Error.Message; got != want {
			t.Errorf("%s: %s says %q; want %q", tt.header[0], tt.header[1], got, want)
		}
	}
}

func TestBodiesThatAreNoFormAreRefused(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	tests := []struct {
		kind, body string
		status     int
		code       string
	}{
		{"application/json", `{"key":"a","value":"b"}`, 415, "not_a_form"},
		{"text/plain", "key=a&value=b", 415, "not_a_form"},
		{"application/x-www-form-urlencoded", "key=%zz&value=b", 400, "bad_form"},
		{"application/x-www-form-urlencoded; charset=utf-8", "key=a&value=b", 200, ""},
		{"APPLICATION/X-WWW-FORM-URLENCODED", "key=a&value=b", 200, ""},
		{"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=key\r\n\r\na\r\n--x\r\nContent-Disposition: form-data; name=value\r\n\r\nb\r\n--x--\r\n", 200, ""},
		{"multipart/form-data", "--x", 400, "bad_form"},
		{"multipart/form-data; boundary=x", "--x\r\nbroken", 400, "bad_form"},
	}
	asSetting := strings.NewReplacer("key=a&value=b", "lifetime=2h&back=b", "name=key\r\n\r\na", "name=lifetime\r\n\r\n2h", "name=value", "name=back")
	for path, words := range map[string]*strings.Replacer{l.app + "set": strings.NewReplacer(), "/en/lab/settings": asSetting} {
		for _, tt := range tests {
			var got struct{ Error *struct{ Code string } }
			a := l.With("Content-Type", tt.kind).Do("POST", path, words.Replace(tt.body)).Want(tt.status)
			a.JSON(&got)
			if code := ""; got.Error != nil && got.Error.Code != tt.code || got.Error == nil && tt.code != code {
				t.Errorf("POST %s %s = %.200s; want %q", path, tt.kind, a.Body, tt.code)
			}
		}
	}
}
