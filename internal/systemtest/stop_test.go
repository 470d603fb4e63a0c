package systemtest

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

func TestSIGTERMLetsARunningRequestFinish(t *testing.T) {
	p := start(t, "--data", t.TempDir())
	var bench struct{ App string }
	getJSON(t, http.DefaultClient, p.url+"/en/lab", &bench)

	conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const body = "key=a&value=b"
	fmt.Fprintf(conn, "POST %sset HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n", bench.App, len(body))
	in := bufio.NewReader(conn)
	if line, err := in.ReadString('\n'); err != nil || !strings.Contains(line, "100") {
		t.Fatalf("%q, %v; want 100 Continue", line, err)
	}
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	eventually(t, "no more connections are taken", func() bool {
		c, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
		if err == nil {
			c.Close()
		}
		return err != nil
	})
	if _, err := io.WriteString(conn, body); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(in)
	if err != nil || !strings.Contains(string(rest), "HTTP/1.1 200 OK") || !strings.Contains(string(rest), `"ok":true`) {
		t.Errorf("the running request got %q, %v", rest, err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("exit: %v\n%s", err, &p.stderr)
	}
	if p.stderr.Len() > 0 {
		t.Errorf("it logged\n%s", &p.stderr)
	}
}
