package wire

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestTapIsLostOnUncertainFraming(t *testing.T) {
	const chunked = "GET /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
	for _, raw := range []string{
		"\r\n",
		"GET /a HTTP/3.0\r\n\r\n",
		"GET /a HTTP/1.10\r\n\r\n",
		"GET /a HTTP/1.1\r\nContent-Length:\r\n\r\n",
		"GET /a HTTP/1.1\r\nContent-Length: 9223372036854775808\r\n\r\n",
		"GET /a HTTP/1.1\r\nContent-Length: 1\r\ncontent-length: 01\r\n\r\n",
		chunked + "\r\n",
		chunked + "0\n",
		chunked + "x\r\n",
		chunked + "1 ;a\r\n",
		chunked + "1\r\r\n",
		chunked + "10000000000000000\r\n",
		chunked + "1\r\na\n",
		chunked + "1\r\nabcd",
		chunked + strings.Repeat("0", maxLine+1),
		chunked + "0\r\n A: b\r\n\r\n",
		chunked + "0\r\nA\r\n\r\n",
		chunked + "0\r\nA: " + strings.Repeat("b", maxLine),
	} {
		var tap tap
		tap.feed([]byte(raw))
		if tap.phase != lost {
			t.Errorf("feed(%.99q): phase = %d; want %d", raw, tap.phase, lost)
		}
		tap.feed([]byte("GET /b HTTP/1.1\r\n\r\n"))
		for _, h := range tap.queue {
			if h.Line != "GET /a HTTP/1.1" {
				t.Errorf("feed(%.99q) found %q when lost", raw, h.Line)
			}
		}
	}
}

func TestTapToleratesFourBytesAfterPost(t *testing.T) {
	for stray, want := range map[string]int{"": 2, "\r\n": 2, "\r\n\r\n": 2, "\n\n\n\n": 2, "\r\n\r\n\n": 1} {
		var tap tap
		tap.feed([]byte("POST / HTTP/1.1\r\n\r\n" + stray + "GET / HTTP/1.1\r\n\r\n"))
		if got := len(tap.queue); got != want {
			t.Errorf("after %q: %d heads; want %d", stray, got, want)
		}
	}
}

func TestTapBoundsItsQueue(t *testing.T) {
	var tap tap
	head := []byte("GET / HTTP/1.1\r\nA: " + strings.Repeat("a", maxHead/2) + "\r\n\r\n")
	for range 10 {
		tap.feed(head)
	}
	if got := len(tap.queue); got != 3 || tap.phase != lost {
		t.Errorf("10 heads unclaimed: %d queued, phase %d; want 3, %d", got, tap.phase, lost)
	}
}

func TestTapReleasesLargeBuffer(t *testing.T) {
	var tap tap
	tap.feed([]byte("GET / HTTP/1.1\r\nA: " + strings.Repeat("a", maxHead/2) + "\r\n\r\n"))
	if got := cap(tap.buf); got > maxIdle {
		t.Errorf("idle buffer of %d bytes; want at most %d", got, maxIdle)
	}
}

func TestClaimRefusesForeignRequest(t *testing.T) {
	for _, target := range []string{"/b", "/a?c", "/"} {
		var tap tap
		tap.feed([]byte("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n"))
		if h := tap.claim(httptest.NewRequest("GET", target, nil)); h != nil {
			t.Errorf("claim(%q) = %v; want nil", target, h)
		}
		if h := tap.claim(httptest.NewRequest("GET", "/b", nil)); h != nil {
			t.Errorf("claim after drift = %v; want nil", h)
		}
	}
	var tap tap
	tap.feed([]byte("GET /a HTTP/1.1\r\n\r\n"))
	if h := tap.claim(httptest.NewRequest("GET", "/a", nil)); h == nil {
		t.Error("claim(/a) = nil; want its head")
	}
}

// The server may read on while a handler starts.
func TestClaimMayRunDuringFeed(t *testing.T) {
	var tap tap
	tap.feed([]byte("GET /a HTTP/1.1\r\n\r\n"))
	done := make(chan struct{})
	go func() {
		defer close(done)
		tap.feed([]byte("GET /b HTTP/1.1\r\n\r\n"))
	}()
	first := tap.claim(httptest.NewRequest("GET", "/a", nil))
	<-done
	second := tap.claim(httptest.NewRequest("GET", "/b", nil))
	if first == nil || second == nil {
		t.Errorf("claim() = %v, then %v; want both heads", first, second)
	}
}

func TestUntappedRequestHasNoHead(t *testing.T) {
	c, _ := net.Pipe()
	ctx := context.Background()
	if got := ConnContext(ctx, c); got != ctx {
		t.Errorf("ConnContext(%T) = %v; want the context given", c, got)
	}
	called := false
	Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		called = true
		if h, ok := Request(r); ok {
			t.Errorf("Request() = %v, true; want false", h)
		}
	})).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	if !called {
		t.Error("the handler was not called")
	}
}

func TestConnForwardsToTCP(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	dialed, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer dialed.Close()
	accepted, err := Listen(l).Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer accepted.Close()
	c := accepted.(*conn)
	if n, err := c.ReadFrom(strings.NewReader("hello")); n != 5 || err != nil {
		t.Errorf("ReadFrom() = %d, %v; want 5, nil", n, err)
	}
	if err := c.CloseWrite(); err != nil {
		t.Errorf("CloseWrite() = %v; want nil", err)
	}
	var got bytes.Buffer
	if _, err := got.ReadFrom(dialed); err != nil || got.String() != "hello" {
		t.Errorf("client read %q, %v; want %q", got.String(), err, "hello")
	}
}
