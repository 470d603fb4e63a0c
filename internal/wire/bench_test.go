package wire

import (
	"bufio"
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// browser is the head of a typical page view.
var browser = []byte("GET /lessons/3?step=2 HTTP/1.1\r\nHost: localhost:8080\r\n" +
	"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n" +
	"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n" +
	"Accept-Language: de,en-US;q=0.7,en;q=0.3\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n" +
	"DNT: 1\r\nConnection: keep-alive\r\nCookie: session=0123456789abcdefghijklmnopqrstuvwxyzABCDEF\r\n" +
	"Upgrade-Insecure-Requests: 1\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\n" +
	"Sec-Fetch-Site: none\r\nSec-Fetch-User: ?1\r\nPriority: u=0, i\r\n\r\n")

func browserRequest(b *testing.B) *http.Request {
	b.Helper()
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(browser)))
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// BenchmarkRequest is all that tapping adds to a request.
func BenchmarkRequest(b *testing.B) {
	tap := new(tap)
	r := browserRequest(b)
	r = r.WithContext(context.WithValue(context.Background(), tapKey{}, tap))
	h := Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if _, ok := Request(r); !ok {
			b.Fatal("no head")
		}
	}))
	b.ReportAllocs()
	for b.Loop() {
		tap.feed(browser)
		h.ServeHTTP(nil, r)
	}
}

// BenchmarkBody is the cost of passing over 64 KiB of a body.
func BenchmarkBody(b *testing.B) {
	tap := &tap{phase: inBody, left: 1 << 62}
	p := make([]byte, 64<<10)
	b.SetBytes(int64(len(p)))
	for b.Loop() {
		tap.feed(p)
	}
}

func BenchmarkFinalize(b *testing.B) {
	r := browserRequest(b)
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Set-Cookie", "session=0123456789abcdef; Path=/; HttpOnly; SameSite=Lax")
	now := time.Now()
	b.ReportAllocs()
	for b.Loop() {
		Finalize(w, r, http.StatusOK, 1000, now)
	}
}
