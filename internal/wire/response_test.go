package wire

import (
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

// reply is what a handler answers with.
type reply struct {
	status int
	header http.Header
	body   string
	read   bool // read the request body first
}

var (
	page    = reply{status: 200, header: http.Header{"Content-Type": {"text/plain"}}, body: "page"}
	noBody  = reply{status: 204}
	anyText = strings.Repeat("a", 5000)
)

// with returns page with one more header.
func with(name string, values ...string) reply {
	r := page
	r.header = r.header.Clone()
	r.header[name] = values
	return r
}

var replies = []struct {
	name    string
	request string
	reply   reply
	want    string // of the Connection header
}{
	{"JSON", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", reply{200, http.Header{"Content-Type": {"application/json"}, "Cache-Control": {"no-store"}, "Vary": {"Cookie"}}, `{"a":1}`, false}, ""},
	{"redirect with cookies", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b", reply{303, http.Header{"Location": {"/"}, "Set-Cookie": {"b=2; Path=/", "a=1", "b=2; Path=/"}}, "", true}, ""},
	{"not found", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", reply{404, http.Header{"Content-Type": {"text/html; charset=utf-8"}, "X-Content-Type-Options": {"nosniff"}}, "<p>no", false}, ""},
	{"empty", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", reply{200, nil, "", false}, ""},
	{"large", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", reply{200, nil, anyText, false}, ""},
	{"without a type", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", reply{200, nil, "<html>", false}, ""},
	{"unknown status", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", reply{799, nil, "x", false}, ""},
	{"HEAD", "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", page, ""},
	{"HEAD of nothing", "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", reply{200, nil, "", false}, ""},
	{"no content", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", reply{204, http.Header{"Content-Type": {"text/plain"}, "Content-Length": {"3"}}, "", false}, ""},
	{"not modified", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", reply{304, http.Header{"Content-Type": {"text/plain"}, "Etag": {`"a"`}}, "", false}, ""},
	{"not modified, HEAD", "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", reply{304, nil, "", false}, ""},
	{"odd names and values", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", reply{200, http.Header{"Content-Type": {"a/b"}, "lower": {"1"}, "Bad Name": {"2"}, "": {"3"}, "Break": {" a\r\nb: c\n"}, "None": nil, "Empty": {""}}, "x", false}, ""},
	{"Date of its own", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", with("Date", "Thu, 01 Jan 1970 00:00:00 GMT"), ""},
	{"no Date", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", with("Date"), ""},
	{"Transfer-Encoding", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", with("Transfer-Encoding", "chunked"), ""},
	{"Trailer", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", with("Trailer", "A, B"), ""},
	{"Content-Encoding", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", with("Content-Encoding", "br"), ""},

	{"close asked", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", page, "close"},
	{"close among others", "GET / HTTP/1.1\r\nHost: x\r\nConnection: te, Close\r\nTE: trailers\r\n\r\n", page, "close"},
	{"close in a second line", "GET / HTTP/1.1\r\nHost: x\r\nConnection: te\r\nConnection: close\r\n\r\n", page, "close"},
	{"close of another name", "GET / HTTP/1.1\r\nHost: x\r\nConnection: closed\r\n\r\n", page, ""},
	{"close asked, 204", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", noBody, "close"},
	{"close asked, HEAD", "HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", page, "close"},
	{"handler closes", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", with("Connection", "close"), "close"},
	{"handler closes in passing", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", with("Connection", "x, close"), "x, close"},
	{"handler says keep-alive", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", with("Connection", "keep-alive"), "keep-alive"},
	{"handler is overruled", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", with("Connection", "keep-alive"), "close"},

	{"HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", page, ""},
	{"HTTP/1.0, 204", "GET / HTTP/1.0\r\n\r\n", noBody, ""},
	{"HTTP/1.0, HEAD", "HEAD / HTTP/1.0\r\n\r\n", page, ""},
	{"HTTP/1.0, handler closes", "GET / HTTP/1.0\r\n\r\n", with("Connection", "close"), "close"},
	{"HTTP/1.0, handler says keep-alive", "GET / HTTP/1.0\r\n\r\n", with("Connection", "keep-alive"), ""},
	{"HTTP/1.0 keep-alive", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", page, "keep-alive"},
	{"HTTP/1.0 keep-alive, 204", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", noBody, "keep-alive"},
	{"HTTP/1.0 keep-alive, HEAD", "HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", page, "keep-alive"},
	{"HTTP/1.0 keep-alive and close", "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", page, "keep-alive"},
	{"HTTP/1.0 keep-alive, handler closes", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", with("Connection", "close"), "close"},
	{"HTTP/1.0 keep-alive, large upload unread", upload("HTTP/1.0\r\nConnection: keep-alive", maxDrain+1), page, "close"},

	{"upload unread", upload("HTTP/1.1", 3), page, ""},
	{"largest drained upload", upload("HTTP/1.1", maxDrain), page, ""},
	{"large upload unread", upload("HTTP/1.1", maxDrain+1), page, "close"},
	{"large upload read", upload("HTTP/1.1", maxDrain+1), reply{200, nil, "x", true}, ""},
	{"broken chunks", "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", page, "close"},
	{"expectation unmet", "PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc", page, "close"},
	{"expectation met", "PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc", reply{200, nil, "x", true}, "close"},
	{"expectation of nothing", "PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n", page, ""},
	{"expectation of HTTP/1.0", "PUT / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc", page, ""},
}

// upload is a request with a body of n bytes.
func upload(proto string, n int) string {
	return "PUT / " + proto + "\r\nHost: x\r\nContent-Length: " + strconv.Itoa(n) + "\r\n\r\n" + strings.Repeat("a", n)
}

func TestFinalizeForetellsTheHead(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 3600))
	for _, tt := range replies {
		t.Run(tt.name, func(t *testing.T) {
			lists := make(chan [][2]string, 2)
			c := serve(t, math.MaxInt, func(w http.ResponseWriter, r *http.Request) {
				if tt.reply.read {
					io.Copy(io.Discard, r.Body)
				}
				for name, values := range tt.reply.header {
					w.Header()[name] = values
				}
				lists <- Finalize(w, r, tt.reply.status, len(tt.reply.body), now)
				w.WriteHeader(tt.reply.status)
				io.WriteString(w, tt.reply.body)
			}).dial(t)
			go func() {
				io.WriteString(c.Conn, tt.request)
				io.WriteString(c.Conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
			}()

			got, body := c.response(tt.request[:4] != "HEAD")
			want := <-lists
			if !reflect.DeepEqual(got, want) {
				t.Errorf("Finalize() = %q;\non the wire %q", want, got)
			}
			if tt.request[:4] != "HEAD" && body != tt.reply.body {
				t.Errorf("body = %q; want %q", body, tt.reply.body)
			}
			if got := value(want, "Connection"); got != tt.want {
				t.Errorf("Connection = %q; want %q", got, tt.want)
			}
			if got := value(want, "Date"); tt.reply.header["Date"] == nil && got != "Fri, 02 Jan 2026 02:04:05 GMT" && tt.name != "no Date" {
				t.Errorf("Date = %q; want the time given", got)
			}
			open := strings.Contains(tt.request, "HTTP/1.1") && !strings.Contains(tt.want, "close") || tt.want == "keep-alive"
			if _, err := c.ReadByte(); (err == nil) != open {
				t.Errorf("the next request: %v; want an answer: %v", err, open)
			}
		})
	}
}

// response reads the header lines of a response as they are, and its body.
func (c *client) response(body bool) (list [][2]string, _ string) {
	c.t.Helper()
	n := 0
	for first := true; ; first = false {
		line, err := c.ReadString('\n')
		if err != nil {
			c.t.Fatalf("ReadString() = %v", err)
		}
		line, _ = strings.CutSuffix(line, "\r\n")
		if first && line == "HTTP/1.1 100 Continue" {
			c.ReadString('\n')
			first = true
			line, _ = c.ReadString('\n')
		}
		if line == "" {
			break
		}
		if !first {
			name, value, _ := strings.Cut(line, ": ")
			list = append(list, [2]string{name, value})
		}
	}
	if length := value(list, "Content-Length"); body && length != "" {
		n, _ = strconv.Atoi(length)
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(c.Reader, b); err != nil {
		c.t.Fatalf("ReadFull() = %v", err)
	}
	return list, string(b)
}

// value is the first value of a name in a list.
func value(list [][2]string, name string) string {
	for _, kv := range list {
		if kv[0] == name {
			return kv[1]
		}
	}
	return ""
}

func TestResponseHeadersKeepValuesInOrder(t *testing.T) {
	h := http.Header{"Set-Cookie": {"b", "a", "b"}, "B": {"x"}, "A": {"y\n"}, "C:": {"z"}}
	want := [][2]string{{"A", "y"}, {"B", "x"}, {"Set-Cookie", "b"}, {"Set-Cookie", "a"}, {"Set-Cookie", "b"}}
	if got := ResponseHeaders(h); !reflect.DeepEqual(got, want) {
		t.Errorf("ResponseHeaders(%v) = %v; want %v", h, got, want)
	}
}

func TestFinalizeWorksWithoutServer(t *testing.T) {
	w := httptest.NewRecorder()
	list := Finalize(w, &http.Request{ProtoMajor: 1, ProtoMinor: 1}, 200, 3, time.Unix(0, 0))
	if got, want := value(list, "Content-Length"), "3"; got != want {
		t.Errorf("Content-Length = %q; want %q", got, want)
	}
}
