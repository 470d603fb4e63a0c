package webtest

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Raw sends one request, in bytes, over a connection of its own.
func (s *Server) Raw(t testing.TB, request string) *RawAnswer {
	t.Helper()
	return s.Pipeline(t, request)[0]
}

// Pipeline sends requests one right after the other over one connection, and
// returns their answers. The last of these may be one with an error.
func (s *Server) Pipeline(t testing.TB, requests ...string) (answers []*RawAnswer) {
	t.Helper()
	conn, err := net.Dial("tcp", s.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	go io.WriteString(conn, strings.Join(requests, "")) // the server may answer before it has read all
	in := bufio.NewReader(conn)
	for _, request := range requests {
		a := new(RawAnswer)
		answers = append(answers, a)
		if a.read(in, strings.HasPrefix(request, "HEAD ")); a.Err != nil {
			break
		}
	}
	return answers
}

// A RawAnswer is a response as its bytes were.
type RawAnswer struct {
	Line    string // the status line
	Status  int
	Headers [][2]string // in order
	Body    string
	Err     error // why there is no whole answer
}

func (a *RawAnswer) read(in *bufio.Reader, headOnly bool) {
	var line string
	for a.Err == nil {
		line, a.Err = in.ReadString('\n')
		if line = strings.TrimSuffix(line, "\r\n"); line == "" {
			break
		}
		if a.Line == "" {
			a.Line = line
			continue
		}
		name, value, _ := strings.Cut(line, ": ")
		a.Headers = append(a.Headers, [2]string{name, value})
	}
	if _, rest, ok := strings.Cut(a.Line, " "); ok {
		a.Status, _ = strconv.Atoi(rest[:min(3, len(rest))])
	}
	if a.Err != nil || headOnly || a.Status == http.StatusNoContent || a.Status == http.StatusNotModified {
		return
	}
	from := io.Reader(in)
	if n, err := strconv.Atoi(a.Header("Content-Length")); err == nil {
		from = io.LimitReader(in, int64(n))
	} else if a.Header("Transfer-Encoding") == "chunked" {
		from = httputil.NewChunkedReader(in)
	}
	var body []byte
	body, a.Err = io.ReadAll(from)
	a.Body = string(body)
}

// Header returns the value of the first header line of that name, or "".
func (a *RawAnswer) Header(name string) string {
	for _, h := range a.Headers {
		if strings.EqualFold(h[0], name) {
			return h[1]
		}
	}
	return ""
}
