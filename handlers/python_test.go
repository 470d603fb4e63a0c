package handlers_test

import (
	"encoding/json"
	"html"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/webtest"
	"github.com/sessionlab/sessionlab/session/flask"
)

// pythonic are values that Flask's sessions can have and JSON cannot, or that are
// easily distorted.
var pythonic = []string{
	`NaN`, `Infinity`, `-Infinity`, `1e400`, `-1e400`, `1e16`, `-0.0`, `5e-324`, `9223372036854775808`, `-` + strings.Repeat("9", 4300), `9007199254740993`,
	`"\ud800"`, `"a\udfff\ud800\u0000"`, `["\ud800",{"\udc00":NaN}]`, `{"NaN":[NaN,[Infinity,{"a":-Infinity}]]}`, `"\u0000\u001f\u007f\u2028</script>"`,
	`{" t":[1,{" t":[NaN,"\ud800"]}]}`, `{" t":"xyz"}`, `{" b":""}`, `{" b":"AP/+"}`, `{" m":"<b>&amp;</b>"}`, `{" m":"\ud800"}`, `{" m":1}`,
	`{" u":"12345678123456781234567812345678"}`, `{" d":"Tue, 14 Nov 2023 22:13:20 GMT"}`, `{" d":"Fri, 31 Dec 9999 23:59:59 GMT"}`, `{" d":"Fri, 31 Dec 9999 23:59:59 -2359"}`,
	`{" d":"Mon, 01 Jan 0100 00:00:00 GMT"}`, `{" d":"never"}`, `{" di":{" t__":[NaN]}}`, `{" di":{" di__":1}}`, `[{" u":"12345678123456781234567812345678"},{" b":"AA=="},{" m":"x"}]`,
	`null`, `true`, `[]`, `{}`, `""`, `{"":{"":[[[[]]]]}}`, strings.Repeat("[", 400) + strings.Repeat("]", 400),
}

// goldenFlask are the JSON of what Flask itself wrote, and the payloads of what it
// was given to read.
func goldenFlask(t testing.TB) (written, payloads []string) {
	t.Helper()
	data, err := os.ReadFile("../session/flask/testdata/flask_golden.json")
	var golden struct {
		Codec  []struct{ JSON string }
		Decode []struct{ Cookie string }
	}
	if err == nil {
		err = json.Unmarshal(data, &golden)
	}
	if err != nil || len(golden.Codec) == 0 || len(golden.Decode) == 0 {
		t.Fatalf("golden data: %v", err)
	}
	for _, row := range golden.Codec {
		written = append(written, row.JSON)
	}
	for _, row := range golden.Decode {
		payload, _, _ := flask.Cut(row.Cookie)
		payloads = append(payloads, payload)
	}
	return written, payloads
}

// Whatever a cookie carries that is signed with the bench's key, a request with it
// is answered and recorded, and its values stay.
func TestWhateverFlaskCarriesIsShownAndKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	l := s.learner()
	l.set("mechanism", step.MechanismFlask, "secret_key", "dev")
	written, payloads := goldenFlask(t)
	for _, v := range pythonic {
		written = append(written, `{"uname":`+v+`}`, `{"v":`+v+`,"_permanent":true,"uname":"momo"}`)
	}
	n := 0
	send := func(cookie, accept, method, path, body string) *webtest.Answer {
		t.Helper()
		n++
		a := s.carrying("session="+cookie).With("Accept", accept).With("Content-Type", "application/x-www-form-urlencoded").Do(method, l.app+path, body)
		if a.Status >= 500 {
			t.Fatalf("%s with %.120s = %d %.200s", path, cookie, a.Status, a.Body)
		}
		recorded := l.step(n) // which must be JSON, and there
		if got := recorded.Before.Cookie.Raw; got != cookie {
			t.Fatalf("step %d is of cookie %q; want %q", n, got, cookie)
		}
		return a
	}
	codec := flask.Codec{Keys: [][]byte{[]byte("dev")}, MaxAge: time.Hour, Now: s.clock.Now}
	for _, value := range written {
		cookie := must(flask.NewSerializer([]byte("dev")).Seal("", []byte(value), s.clock.Now()))(t)
		for _, accept := range []string{"application/json", "text/html"} {
			for _, path := range []string{"get?key=v", "get?key=uname", "me", "getSession/"} {
				send(cookie, accept, "GET", path, "")
			}
		}
		page := l.With("Accept", "text/html").Get("/zh/lab?step=" + strconv.Itoa(n-1))
		if page.Want(200); strings.ContainsRune(page.Body, '\ufffd') && !strings.ContainsRune(value, '\ufffd') {
			t.Errorf("the page of %.120s has a U+FFFD", value)
		}
		values, err := codec.Decode(cookie)
		if err != nil {
			if !strings.Contains(value, "-2359") {
				t.Errorf("%.120s is not read: %v", value, err)
			}
			continue
		}
		var a struct{ Session map[string]json.RawMessage }
		send(cookie, "application/json", "POST", "set", "key=added&value=1").Want(200).JSON(&a)
		if len(a.Session) != len(values)+1 {
			t.Errorf("of %.120s the answer has %v", value, a.Session)
		}
		line := l.step(n).After.Cookie.Raw
		after, err := codec.Decode(line)
		if err != nil {
			t.Fatal(err)
		}
		values["added"] = "1"
		want, got := must(codec.Encode(values))(t), must(codec.Encode(after))(t)
		if got != want {
			t.Errorf("%.120s is %q after a set; want %q", value, got, want)
		}
	}
	for _, payload := range payloads {
		cookie := flaskSigned("dev", payload, s.clock.Now())
		if strings.ContainsFunc(cookie, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == ';' || r == '"' }) {
			continue // it cannot be sent
		}
		for _, path := range []string{"get?key=uname", "me", "getSession/"} {
			send(cookie, "application/json", "GET", path, "")
		}
	}
	mustBeWell(t, s, l)
}

func TestWhatJSONHasNotIsTextInAnswersAndSteps(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("mechanism", step.MechanismFlask, "secret_key", "dev")
	for i, test := range []struct{ value, answer, step string }{
		{`NaN`, `"NaN"`, `"NaN"`}, {`-Infinity`, `"-Infinity"`, `"-Infinity"`}, {`1e400`, `"Infinity"`, `"Infinity"`},
		{`"\ud800"`, `"\\ud800"`, `"\\ud800"`}, {`{" t":[{" u":"12345678123456781234567812345678"},NaN]}`, `["12345678-1234-5678-1234-567812345678","NaN"]`, `{" t":[{" u":"12345678123456781234567812345678"},"NaN"]}`},
		{`{" b":"AP/+"}`, `"AP/+"`, `{" b":"AP/+"}`}, {`{" d":"Tue, 14 Nov 2023 22:13:20 GMT"}`, `"Tue, 14 Nov 2023 22:13:20 GMT"`, `{" d":"Tue, 14 Nov 2023 22:13:20 GMT"}`},
		{`36893488147419103232`, `36893488147419103232`, `36893488147419103232`},
	} {
		cookie := must(flask.NewSerializer([]byte("dev")).Seal("", []byte(`{"v":`+test.value+`}`), s.clock.Now()))(t)
		n := strconv.Itoa(2*i + 1)
		body := s.carrying("session=" + cookie).Get(l.app + "get?key=v").Want(200).Body
		want := `{"ok":true,"op":"get","step":` + n + `,"result":` + test.answer + `,"session":{"v":` + test.answer + "}}\n"
		if body != want {
			t.Errorf("the answer to %s is %s; want %s", test.value, body, want)
		}
		recorded := l.step(2*i + 1)
		if got := string(recorded.Before.Cookie.Values); got != `{"v":`+test.step+`}` || string(recorded.Result) != test.answer {
			t.Errorf("the step of %s has %s, result %s; want %s, %s", test.value, got, recorded.Result, test.step, test.answer)
		}
		shown := html.UnescapeString(s.carrying("session="+cookie).With("Accept", "text/html").Get(l.app + "get?key=v").Want(200).Body)
		if !strings.Contains(shown, test.answer) {
			t.Errorf("the app's page lacks %s", test.answer)
		}
		if page := html.UnescapeString(l.With("Accept", "text/html").Get("/en/lab?step=" + n).Want(200).Body); !strings.Contains(page, test.step) {
			t.Errorf("the bench's page lacks %s", test.step)
		}
	}
	// Another mechanism, whose strings are all UTF-8, knows nothing of such a cookie.
	old := must(flask.NewSerializer([]byte("dev")).Seal("", []byte(`{"uname":"\ud800","n":NaN}`), s.clock.Now()))(t)
	for _, mechanism := range []string{step.MechanismServer, step.MechanismGorilla} {
		l.set("mechanism", mechanism)
		s.carrying("session=" + old).Get(l.app + "me").Want(401)
		s.carrying("session="+old).Post(l.app+"set", "key", "v", "value", "1").Want(200)
	}
	mustBeWell(t, s, l)
}
