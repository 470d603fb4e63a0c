package har

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

func TestArchiveHoldsRequestAndResponseAsTheyWere(t *testing.T) {
	recorded := &step.Step{
		N: 1, Op: step.OpSet, Time: time.Unix(1700000000, 0).UTC(),
		Request: step.Request{
			Method: "POST", Path: "/app/x/set?a=1&b=%20", Proto: "HTTP/1.1",
			Headers: [][2]string{{"Host", "h"}, {"cookie", "session=abc; theme=dark"}, {"Content-Type", "application/x-www-form-urlencoded"}},
			Body:    "value=te+al&key=colour",
		},
		Response: step.Response{Status: 303, Headers: [][2]string{
			{"Location", "/en/lab?step=1"},
			{"Set-Cookie", "session=def; Expires=Wed, 15 Nov 2023 00:13:20 GMT; HttpOnly; Path=/app/x/"},
		}},
		Events: []step.Event{{Micros: 1500}},
	}
	var b bytes.Buffer
	if err := Write(&b, "http://h", "test", nil, all(recorded)); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Log struct {
			Version string
			Pages   []page
			Entries []entry
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	e := got.Log.Entries[0]
	if p := got.Log.Pages; len(p) != 1 || p[0].ID != e.Pageref || !p[0].StartedDateTime.Equal(recorded.Time) {
		t.Errorf("pages = %+v, and the entry is of %q; want it of the one page, from its time on", p, e.Pageref)
	}
	if got.Log.Version != "1.2" || e.Request.URL != "http://h/app/x/set?a=1&b=%20" || e.Time != 1.5 {
		t.Errorf("version %q, URL %q, time %v; want 1.2, the whole address, 1.5 ms", got.Log.Version, e.Request.URL, e.Time)
	}
	if want := (pair{"cookie", "session=abc; theme=dark"}); e.Request.Headers[1] != want {
		t.Errorf("second header = %v; want %v", e.Request.Headers[1], want)
	}
	if len(e.Request.Cookies) != 2 || e.Request.Cookies[1] != (cookie{Name: "theme", Value: "dark"}) {
		t.Errorf("cookies = %v; want session and theme", e.Request.Cookies)
	}
	if p := e.Request.PostData; p == nil || len(p.Params) != 2 || p.Params[0] != (pair{"value", "te al"}) {
		t.Errorf("postData = %+v; want the fields in the order sent", p)
	}
	if q := e.Request.QueryString; len(q) != 2 || q[1] != (pair{"b", " "}) {
		t.Errorf("queryString = %v; want a and b", q)
	}
	want := cookie{Name: "session", Value: "def", Path: "/app/x/", Expires: "2023-11-15T00:13:20Z", HTTPOnly: true}
	if e.Response.RedirectURL != "/en/lab?step=1" || len(e.Response.Cookies) != 1 || e.Response.Cookies[0] != want {
		t.Errorf("response = %+v; want the redirect and the cookie", e.Response)
	}
}

func TestNoStepsMakeAnEmptyArchiveNotANull(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, "http://h", "test", nil, all()); err != nil {
		t.Fatal(err)
	}
	var got struct{ Log map[string]any }
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"pages", "entries"} {
		if l, ok := got.Log[list].([]any); !ok || len(l) != 0 {
			t.Errorf("%s = %v; want an empty list", list, got.Log[list])
		}
	}
}

// The next step is asked for when the one before is written.
func TestStepsAreWrittenAsTheyCome(t *testing.T) {
	var b bytes.Buffer
	broken := errors.New("the store is away")
	err := Write(&b, "http://h", "test", nil, func(yield func(*step.Step, error) bool) {
		for n := 1; n <= 3; n++ {
			if got := bytes.Count(b.Bytes(), []byte(`"pageref"`)); got != n-1 {
				t.Errorf("%d entries are written when step %d is asked for; want %d", got, n, n-1)
			}
			if !yield(&step.Step{N: n}, nil) {
				return
			}
		}
		yield(nil, broken)
	})
	if !errors.Is(err, broken) {
		t.Errorf("Write = %v; want %v", err, broken)
	}
}

func all(steps ...*step.Step) iter.Seq2[*step.Step, error] {
	return func(yield func(*step.Step, error) bool) {
		for _, s := range steps {
			if !yield(s, nil) {
				return
			}
		}
	}
}
