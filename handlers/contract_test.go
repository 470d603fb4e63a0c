package handlers_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// shape tells the keys of a JSON value, to the letter, and what kinds of value
// they have; of a list, all the shapes in it. It knows nothing of the types that
// the JSON was made from.
func shape(v any) string {
	switch v := v.(type) {
	case map[string]any:
		var fields []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			fields = append(fields, key+":"+shape(v[key]))
		}
		return "{" + strings.Join(fields, " ") + "}"
	case []any:
		shapes := make(map[string]bool)
		for _, e := range v {
			shapes[shape(e)] = true
		}
		return "[" + strings.Join(slices.Sorted(maps.Keys(shapes)), " ") + "]"
	case nil:
		return "null"
	}
	return reflect.TypeOf(v).String()
}

// What programs of others read of a bench keeps its names.
func TestTheJSONKeepsItsShape(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	of := func(path string) string { return asked(t, l.Get(path).Want(200).Body) }

	const (
		settings = "{absolute_timeout:string fallback_keys:[] hash_id:bool http_only:bool id_maker:string idle_timeout:string lifetime:string mechanism:string " +
			"new_id_at_login:bool refresh_each_request:bool same_site:string secret_key:string secure:string sign_id:bool store:string worker_keys:string worker_memory:string workers:string}"
		list    = "{app:string bench:string browsers:[] clock:{ahead:string now:string} entries:[] settings:" + settings + " steps:[%s]}"
		summary = "{client:string client_id:string cookie_change:string %smechanism:string method:string n:float64 op:string path:string " +
			"record_change:string status:float64 store:string time:string}"
		request = "request:{body:string headers:[[string]] method:string path:string proto:string}"
		cookie  = "{attributes:{expires:null http_only:bool path:string same_site:string secure:bool set_cookie:string} name:string " +
			"parts:[{kind:string text:string valid:bool} {kind:string text:string}] raw:string}"
		record = "{created:string expires:string id:string key:string query:string raw:string renewed:string store:string values:{uname:string} version:float64}"
		event  = "detail:string kind:string lane:string micros:float64 title:string"
	)
	same(t, "an unused bench", of("/en/lab"), fmt.Sprintf(list, ""))
	same(t, "the settings", of("/en/lab/settings"), settings)
	same(t, "an answer", asked(t, c.Post(l.app+"login", "uname", "momo", "pwd", "123").Body),
		"{ok:bool op:string result:string session:{uname:string} step:float64}")
	same(t, "an answer of nothing", asked(t, c.Get(l.app+"get?key=none").Body),
		"{ok:bool op:string result:null session:{uname:string} step:float64}")
	same(t, "an error", asked(t, s.curl().Get(l.app+"me").Body),
		"{error:{code:string message:string} ok:bool op:string result:null session:{} step:float64}")
	same(t, "the bench", of("/en/lab"), fmt.Sprintf(list, fmt.Sprintf(summary, "error:string ")+" "+fmt.Sprintf(summary, "")))
	login := of("/en/lab/steps/1")
	for _, part := range []string{
		request, "response:{body:string headers:[[string]] status:float64}",
		"before:{cookie:null record:null}", "after:{cookie:" + cookie + " record:" + record + "}",
		"ahead:string", "worker:float64", "client:string", "n:float64", "op:string", "time:string", "events:[", "{" + event + "}", event + " took:float64}", event + " why:string}",
	} {
		if !strings.Contains(login, part) {
			t.Errorf("the step of a log-in is %s; want %s in it", login, part)
		}
	}
}

// asked returns the shape of a body.
func asked(t *testing.T, body string) string {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatal(err)
	}
	return shape(v)
}

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s is\n%s; want\n%s", what, got, want)
	}
}
