package systemtest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
)

// A visitor is a learner with a browser that asks for JSON.
type visitor struct {
	t *testing.T
	*http.Client
	base, app string
}

func visit(t *testing.T, base string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t: t, Client: &http.Client{Jar: jar, Timeout: patience}, base: base}
	var bench struct{ App string }
	getJSON(t, v.Client, base+"/en/lab", &bench)
	v.app = bench.App
	return v
}

// post sends a form and returns the status and the body of the answer.
func (v *visitor) post(path string, pairs ...string) (int, string) {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	req, err := http.NewRequest("POST", v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	res, err := v.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

func (v *visitor) want(status int, path string, pairs ...string) string {
	v.t.Helper()
	got, body := v.post(path, pairs...)
	if got != status {
		v.t.Fatalf("POST %s = %d %s; want %d", path, got, body, status)
	}
	return body
}

// record is what the bench shows of the record that its last step left.
func (v *visitor) record() (key, raw string) {
	v.t.Helper()
	var bench struct{ Steps []struct{ N int } }
	getJSON(v.t, v.Client, v.base+"/en/lab", &bench)
	last := bench.Steps[len(bench.Steps)-1].N
	var step struct {
		After struct{ Record struct{ Key, Raw string } }
	}
	n, err := json.Marshal(last)
	if err != nil {
		v.t.Fatal(err)
	}
	getJSON(v.t, v.Client, v.base+"/en/lab/steps/"+string(n), &step)
	return step.After.Record.Key, step.After.Record.Raw
}

func get(t *testing.T, c *http.Client, address string) int {
	t.Helper()
	res, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}

func getJSON(t *testing.T, c *http.Client, address string, v any) {
	t.Helper()
	res, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(v); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s = %d, %v", address, res.StatusCode, err)
	}
}
