package wire_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/wire"
)

// serve starts a server that answers "ok" once it has read the body; its limits
// are made the shorter by so many times.
func serve(t *testing.T, faster time.Duration) (addr string) {
	t.Helper()
	srv := wire.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err == nil {
			_, _ = w.Write(bytes.Repeat([]byte("ok"), 1<<22)) // more than the buffers on the way hold
		}
	}), slog.DiscardHandler)
	for _, limit := range []*time.Duration{&srv.ReadHeaderTimeout, &srv.ReadTimeout, &srv.WriteTimeout, &srv.IdleTimeout} {
		*limit /= faster
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = srv.Serve(wire.Listen(l)) }()
	t.Cleanup(func() { _ = srv.Shutdown(context.Background()) })
	return l.Addr().String()
}

func TestNoClientHoldsUpAServer(t *testing.T) {
	addr := serve(t, 50) // 0.1 s for a head, 0.3 s for a body or an answer, 1.2 s for nothing
	for name, sent := range map[string]string{
		"a slow head":   "GET / HTTP/1.1\r\nHost: h\r\nX-Slow: ",
		"a slow body":   "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nslow",
		"a slow reader": "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
		"no request":    "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, err := net.Dial("tcp", addr)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := io.WriteString(conn, sent); err != nil {
				t.Fatal(err)
			}
			if name == "a slow reader" { // what it sends later finds the connection closed
				if !refuses(conn, time.Minute) {
					t.Error("the connection stays open; want it closed")
				}
				return
			}
			if err := conn.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
				t.Fatal(err)
			}
			if _, err := io.ReadAll(conn); errors.Is(err, os.ErrDeadlineExceeded) {
				t.Error("the connection stays open; want it closed")
			}
		})
	}
}

// refuses reports whether what is sent to conn comes to be refused.
func refuses(conn net.Conn, patience time.Duration) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if _, err := conn.Write([]byte("\r\n")); err != nil {
			return true
		}
		time.Sleep(10 * time.Millisecond) // between two looks: there is nothing to wait for
	}
	return false
}

func TestALargeHeadIsRefused(t *testing.T) {
	addr := serve(t, 1)
	for size, want := range map[int]int{30 << 10: http.StatusOK, 40 << 10: http.StatusRequestHeaderFieldsTooLarge} {
		req, err := http.NewRequest("GET", "http://"+addr, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Cookie", strings.Repeat("c", size))
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("a Cookie of %d bytes: %d; want %d", size, res.StatusCode, want)
		}
	}
}

// The limits are those that the README names.
func TestLimitsOfAServer(t *testing.T) {
	s := wire.NewServer(nil, slog.DiscardHandler)
	if s.ReadHeaderTimeout != 5*time.Second || s.ReadTimeout != 15*time.Second || s.WriteTimeout != 15*time.Second ||
		s.IdleTimeout != time.Minute || s.MaxHeaderBytes != 32<<10 {
		t.Errorf("the limits are %v, %v, %v, %v, %d", s.ReadHeaderTimeout, s.ReadTimeout, s.WriteTimeout, s.IdleTimeout, s.MaxHeaderBytes)
	}
}
