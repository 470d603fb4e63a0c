package wire

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// check compares the answer with what the shape promises.
func (c *client) check(s shape) {
	c.t.Helper()
	a := c.answer(s.method())
	if s.method() == http.MethodHead {
		return
	}
	if want := (answer{true, s.head, s.body}); !reflect.DeepEqual(a, want) {
		c.t.Errorf("%s: echo(%.99q) = %+.300v; want %+.300v", s.name, s.raw, a, want)
	}
}

func TestRequestReportsHeadAsSent(t *testing.T) {
	for _, size := range []int{1, 2, 3, 7, math.MaxInt} {
		srv := serve(t, size, echo)
		for _, s := range shapes {
			t.Run(fmt.Sprintf("%s/%d", s.name, size), func(t *testing.T) {
				c := srv.dial(t)
				c.send(s.raw)
				c.check(s)
				c.send(shapes[0].raw) // the next request is found as well
				c.check(shapes[0])
			})
		}
	}
}

func TestRequestStaysInStep(t *testing.T) {
	for seed := range uint64(6) {
		size := []int{1, 5, 100, math.MaxInt}[seed%4]
		srv := serve(t, size, echo)
		random := rand.New(rand.NewPCG(seed, 0))
		var batch []shape
		var all strings.Builder
		for range 50 {
			s := shapes[random.IntN(len(shapes))]
			batch = append(batch, s)
			all.WriteString(s.raw)
		}
		t.Run(fmt.Sprintf("keep-alive/%d", seed), func(t *testing.T) {
			c := srv.dial(t)
			for _, s := range batch {
				c.send(s.raw)
				c.check(s)
			}
		})
		t.Run(fmt.Sprintf("pipelined/%d", seed), func(t *testing.T) {
			c := srv.dial(t)
			go io.WriteString(c.Conn, all.String())
			for _, s := range batch {
				c.check(s)
			}
		})
	}
}

func TestRequestFindsTheLastOne(t *testing.T) {
	for _, raw := range []string{
		"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		"GET /last HTTP/1.0\r\nHost: x\r\nA: b\r\n\r\n",
		"GET /last HTTP/1.0\r\nHost: x\r\nA: b\r\n\r\n\r\nGarbage",
	} {
		c := serve(t, math.MaxInt, echo).dial(t)
		c.send(raw)
		if a := c.answer("GET"); !a.OK || len(a.Head.Headers) != 2 {
			t.Errorf("echo(%q) = %+v; want two headers", raw, a)
		}
		if rest, err := io.ReadAll(c.Reader); len(rest) > 0 {
			t.Errorf("after %q: ReadAll() = %q, %v; want nothing", raw, rest, err)
		}
	}
}

// While a handler runs net/http reads one byte ahead, in another goroutine.
func TestRequestSurvivesReadAhead(t *testing.T) {
	first, second := shapes[0], shapes[5]
	started, resume := make(chan struct{}, 2), make(chan struct{}, 2)
	srv := serve(t, math.MaxInt, func(w http.ResponseWriter, r *http.Request) {
		started <- struct{}{}
		<-resume
		echo(w, r)
	})
	c := srv.dial(t)
	c.send(first.raw)
	<-started
	c.send(second.raw)
	for srv.read.Load() < int64(len(first.raw))+1 {
		runtime.Gosched()
	}
	resume <- struct{}{}
	c.check(first)
	resume <- struct{}{}
	c.check(second)
}

func TestRequestSurvivesOptionsStar(t *testing.T) {
	const star = "OPTIONS * HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab"
	for _, disabled := range []bool{false, true} {
		c := serve(t, math.MaxInt, echo, func(s *http.Server) {
			s.DisableGeneralOptionsHandler = disabled
		}).dial(t)
		c.send(star + shapes[0].raw + star)
		resp, err := http.ReadResponse(c.Reader, nil)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		if got := strings.Contains(string(body), `"OK":true`); got != disabled {
			t.Errorf("DisableGeneralOptionsHandler %v: echo(%q) = %q", disabled, star, body)
		}
		c.check(shapes[0])
	}
}

// The client may send the body after all, so nothing may follow.
func TestUnmetExpectationEndsConnection(t *testing.T) {
	c := serve(t, 1, echo).dial(t)
	c.send("PUT /unread HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 999\r\n\r\n")
	if a := c.answer("PUT"); !a.OK || a.Head.Line != "PUT /unread HTTP/1.1" {
		t.Errorf("echo() = %+v; want PUT /unread", a)
	}
	c.send(shapes[0].raw)
	c.Conn.(*net.TCPConn).CloseWrite()
	if rest, err := io.ReadAll(c.Reader); len(rest) > 0 || err != nil {
		t.Errorf("ReadAll() = %q, %v; want nothing", rest, err)
	}
}

func TestRequestGivesUpOnHugeHead(t *testing.T) {
	srv := serve(t, math.MaxInt, echo)
	line := "GET / HTTP/1.1\r\nHost: x\r\nA: "
	fill := maxHead - len(line) - len("\r\n\r\n")
	c := srv.dial(t)
	c.send(line + strings.Repeat("a", fill) + "\r\n\r\n")
	if a := c.answer("GET"); !a.OK || len(a.Head.Headers[1][1]) != fill {
		t.Errorf("a head of %d bytes: OK = %v; want true", maxHead, a.OK)
	}
	c.send(line + strings.Repeat("a", fill+1) + "\r\n\r\n")
	if a := c.answer("GET"); a.OK {
		t.Errorf("a head of %d bytes: OK = true; want false", maxHead+1)
	}
	c.send(shapes[0].raw)
	if a := c.answer("GET"); a.OK {
		t.Error("after a huge head: OK = true; want false")
	}
}

func TestRefusedRequestReachesNoHandler(t *testing.T) {
	for _, raw := range []string{
		"GET\r\n\r\n",
		"GET / HTTP/2.0\r\nHost: x\r\n\r\n",
		"\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
		"GET / HTTP/1.1\r\n Host: x\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nContent-Length : 1\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n \r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chun\u212aed\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nExpect: gold\r\n\r\n",
	} {
		c := serve(t, math.MaxInt, echo).dial(t)
		c.send(raw + shapes[0].raw)
		resp, err := http.ReadResponse(bufio.NewReader(c.Conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode < 400 {
			t.Errorf("serve(%q) = %d; want an error", raw, resp.StatusCode)
		}
	}
}

// ParseMultipartForm keeps what exceeds its memory in a file, which the server
// deletes after the request.
func TestHandlerLeavesNoUploads(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	c := serve(t, math.MaxInt, func(w http.ResponseWriter, r *http.Request) {
		r.ParseMultipartForm(0)
		if r.Method == http.MethodPost && len(r.MultipartForm.File["f"]) != 1 {
			t.Error("the upload did not arrive")
		}
		echo(w, r)
	}).dial(t)
	file := "--b\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n" +
		strings.Repeat("a", 11<<20) + "\r\n--b--\r\n"
	c.send(fmt.Sprintf("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"+
		"Content-Length: %d\r\n\r\n%s", len(file), file))
	c.answer("POST")
	c.send(shapes[0].raw)
	c.check(shapes[0]) // by now the first request is over
	if left, err := os.ReadDir(dir); len(left) > 0 || err != nil {
		t.Errorf("ReadDir() = %v, %v; want nothing left", left, err)
	}
}
