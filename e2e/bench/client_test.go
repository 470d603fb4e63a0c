package main

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// answered has a client ask a server that answers with the given pieces.
func answered(t *testing.T, pieces ...string) (answer, error) {
	t.Helper()
	near, far := net.Pipe()
	t.Cleanup(func() { near.Close() })
	go func() {
		defer far.Close()
		far.Read(make([]byte, 1<<10))
		for _, p := range pieces {
			io.WriteString(far, p)
		}
	}()
	c := client{addr: "server", conn: near, input: near}
	near.SetDeadline(time.Now().Add(patience))
	return c.ask("/", nil, nil)
}

func TestAnAnswerIsReadByItsLength(t *testing.T) {
	whole := "HTTP/1.1 200 OK\r\nset-cookie: session=1; Path=/\r\nContent-Length: 5\r\n\r\nhello"
	for at := range whole {
		a, err := answered(t, whole[:at], whole[at:])
		if err != nil || a.status != 200 || string(a.body) != "hello" || string(a.cookie) != "session=1" || a.close {
			t.Errorf("an answer in two parts of %d bytes and the rest = %d %q, cookie %q, close %v, %v", at, a.status, a.body, a.cookie, a.close, err)
		}
	}
}

func TestAnAnswerThatClosesTheConnectionSaysSo(t *testing.T) {
	a, err := answered(t, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: Close\r\n\r\n")
	if err != nil || a.status != 503 || !a.close {
		t.Errorf("answer = %d, close %v, %v; want 503, true", a.status, a.close, err)
	}
}

func TestWhatIsNoAnswerIsAnError(t *testing.T) {
	for _, text := range []string{
		"",
		"HTTP/1.1 200 OK\r\n",
		"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
		"HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n",
		"HTTP/1.1 200 OK\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello",
		"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhello",
		"HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n",
		strings.Repeat("x", 40000),
	} {
		if a, err := answered(t, text); err == nil {
			t.Errorf("%.60q was read as %d %q", text, a.status, a.body)
		}
	}
}
