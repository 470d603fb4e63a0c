package handlers_test

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

func TestAStepHasTheHeadsThatWereOnTheWire(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	tests := []struct {
		name, line, body string
		headers          [][2]string
		want             string // status line
	}{
		{"odd case and order", "POST %sset HTTP/1.1", "key=colour&value=teal", [][2]string{
			{"X-Zebra", "1"}, {"content-type", "application/x-www-form-urlencoded"}, {"HOST", s.Addr}, {"x-apple", "a, b"},
			{"x-zebra", "2"}, {"cOOkie", "a=b"}, {"Content-Length", "21"}, {"connection", "close"}, {"aCcEpT", "application/json"},
		}, "HTTP/1.1 200 OK"},
		{"several cookie lines", "GET %sme HTTP/1.1", "", [][2]string{
			{"Host", s.Addr}, {"Cookie", "a=b"}, {"Cookie", "session=nonsense"}, {"Connection", "close"},
		}, "HTTP/1.1 401 Unauthorized"},
		{"empty values and none of the usual", "GET %s HTTP/1.1", "", [][2]string{
			{"Host", s.Addr}, {"Accept", ""}, {"Connection", "close"},
		}, "HTTP/1.1 200 OK"},
		{"HTTP/1.0", "GET %sget?key=a%%20b HTTP/1.0", "", [][2]string{{"host", s.Addr}, {"A", "b"}}, "HTTP/1.0 200 OK"},
		{"HEAD", "HEAD %sgetSession/ HTTP/1.1", "", [][2]string{{"Host", s.Addr}, {"Connection", "close"}}, "HTTP/1.1 200 OK"},
		{"a page", "GET %sme HTTP/1.1", "", [][2]string{
			{"Host", s.Addr}, {"Accept-Encoding", "gzip"}, {"Accept", "text/html"}, {"Connection", "close"},
		}, "HTTP/1.1 401 Unauthorized"},
		{"nothing there", "OPTIONS %snowhere HTTP/1.1", "", [][2]string{{"Host", s.Addr}, {"Connection", "close"}}, "HTTP/1.1 404 Not Found"},
		{"chunked", "POST %sset HTTP/1.1", "5\r\nkey=a\r\n8\r\n&value=b\r\n0\r\n\r\n", [][2]string{
			{"Host", s.Addr}, {"Transfer-Encoding", "chunked"}, {"Content-Type", "application/x-www-form-urlencoded"}, {"Connection", "close"},
		}, "HTTP/1.1 200 OK"},
	}
	for i, tt := range tests {
		line := fmt.Sprintf(tt.line, l.app)
		raw := line + "\r\n"
		for _, h := range tt.headers {
			raw += h[0] + ": " + h[1] + "\r\n"
		}
		a := s.Raw(t, raw+"\r\n"+tt.body)
		if a.Err != nil || a.Line != tt.want {
			t.Fatalf("%s: %q, %v; want %q", tt.name, a.Line, a.Err, tt.want)
		}
		recorded := l.step(i + 1)
		if !reflect.DeepEqual(recorded.Request.Headers, tt.headers) {
			t.Errorf("%s: request headers = %q; want %q", tt.name, recorded.Request.Headers, tt.headers)
		}
		if got := recorded.Request.Method + " " + recorded.Request.Path + " " + recorded.Request.Proto; got != line {
			t.Errorf("%s: request line = %q; want %q", tt.name, got, line)
		}
		if !reflect.DeepEqual(recorded.Response.Headers, a.Headers) {
			t.Errorf("%s: response headers = %q; want %q", tt.name, recorded.Response.Headers, a.Headers)
		}
		if recorded.Response.Body != a.Body {
			t.Errorf("%s: response body = %q; want %q", tt.name, recorded.Response.Body, a.Body)
		}
		sent := recorded.Events[len(recorded.Events)-2]
		if sent.Kind != step.ResponseSent || sent.Detail != tt.want {
			t.Errorf("%s: the event is %s %q; want %q", tt.name, sent.Kind, sent.Detail, tt.want)
		}
	}
	if got := l.step(1).Request.Body; got != tests[0].body {
		t.Errorf("request body = %q; want %q", got, tests[0].body)
	}
}

func TestConnectionsStayOpenAndInStep(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	var requests []string
	for i := range 5 {
		body := "key=k" + strconv.Itoa(i) + "&value=v"
		requests = append(requests, fmt.Sprintf("POST %sset HTTP/1.1\r\nHost: %s\r\nX-N: %d\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", l.app, s.Addr, i, len(body), body))
	}
	requests = append(requests, fmt.Sprintf("GET %sget?key=a HTTP/1.1\r\nHost: %s\r\nX-N: 5\r\n\r\n", l.app, s.Addr))
	for i, a := range s.Pipeline(t, requests...) {
		if a.Err != nil || a.Status != 200 {
			t.Fatalf("answer %d: %d, %v", i, a.Status, a.Err)
		}
	}
	for n := 1; n <= 6; n++ {
		if got, want := header(l.step(n).Request.Headers, "X-N"), strconv.Itoa(n-1); len(got) != 1 || got[0] != want {
			t.Errorf("step %d has X-N %q; want %q", n, got, want)
		}
	}
}

func TestTheSeatIsMaskedInSteps(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	seat := l.Cookie("seat", "/")
	if len(seat) < 60 {
		t.Fatalf("the seat is %q", seat)
	}
	l.Post(l.app+"set", "key", "a", "value", "b").Want(200)
	l.With("Cookie", "__Host-seat="+seat+"; x=y").Get(l.app + "me").Want(401)
	for n := 1; n <= 2; n++ {
		a := l.Get("/en/lab/steps/" + strconv.Itoa(n)).Want(200)
		if strings.Contains(a.Body, seat) || strings.Contains(a.Body, seat[:20]) {
			t.Errorf("step %d shows the seat", n)
		}
		recorded := l.step(n)
		cookies := header(recorded.Request.Headers, "Cookie")
		if !recorded.Request.Masked || len(cookies) == 0 || !strings.Contains(cookies[0], "seat=•") {
			t.Errorf("step %d: Cookie = %q, masked %v", n, cookies, recorded.Request.Masked)
		}
	}
	for _, path := range []string{"/en/lab?step=1", "/en/lab"} {
		if a := l.With("Accept", "text/html").Get(path).Want(200); strings.Contains(a.Body, seat) {
			t.Errorf("the page %s shows the seat", path)
		}
	}
}
