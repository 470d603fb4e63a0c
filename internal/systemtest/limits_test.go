package systemtest

import (
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
)

// Each limit is what its flag says: what reaches it is taken, what passes it is
// refused by a name.
func TestLimitsAreWhatFlagsSay(t *testing.T) {
	p := start(t, "--data", t.TempDir(), "--max-keys", "2", "--max-key-bytes", "4", "--max-value-bytes", "40",
		"--max-record-bytes", "60", "--max-body-bytes", "80", "--max-sessions", "1", "--max-steps", "9")
	var bench struct{ App string }
	getJSON(t, http.DefaultClient, p.url+"/en/lab", &bench)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	learner, stranger := &http.Client{Jar: jar}, &http.Client{}
	for _, test := range []struct {
		client     *http.Client
		key, value string
		code       string
	}{
		{learner, "four", strings.Repeat("v", 40), ""},
		{learner, "fives", "v", "too_long"},
		{learner, "k", strings.Repeat("v", 41), "too_long"},
		{learner, "k", strings.Repeat("v", 20), "record_too_large"},
		{learner, "k", strings.Repeat("v", 80), "body_too_large"},
		{learner, "k", "v", ""},
		{learner, "one", "v", "too_many_keys"},
		{stranger, "k", "v", "too_many_sessions"},
		{learner, "k", "w", ""},
		{learner, "k", "x", "bench_full"},
	} {
		res, err := test.client.PostForm(p.url+bench.App+"set", url.Values{"key": {test.key}, "value": {test.value}})
		if err != nil {
			t.Fatal(err)
		}
		var answer struct {
			OK    bool
			Error struct{ Code string }
		}
		err = json.NewDecoder(res.Body).Decode(&answer)
		res.Body.Close()
		if err != nil || answer.OK != (test.code == "") || answer.Error.Code != test.code {
			t.Errorf("set %s=%.50s = %d %q, %v; want %q", test.key, test.value, res.StatusCode, answer.Error.Code, err, test.code)
		}
	}
}
