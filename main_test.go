package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

// build builds the program once for all tests.
var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "sessionlab")
	if err != nil {
		return "", err
	}
	program := filepath.Join(dir, "sessionlab")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return program, os.Chmod(dir, 0o755) // some tests run it as another user
})

// pool has servers that tests share. They leave them running, and empty or not.
var pool servers.Pool

func TestMain(m *testing.M) {
	code := m.Run()
	if err := pool.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	if program, err := build(); err == nil {
		os.RemoveAll(filepath.Dir(program))
	}
	os.Exit(code)
}

// command is the program with flags, and no settings from the environment.
func command(t *testing.T, flags ...string) *exec.Cmd {
	t.Helper()
	program, err := build()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, flags...)
	cmd.Env = []string{"HOME=" + t.TempDir()}
	cmd.Dir = t.TempDir()
	return cmd
}

// A process is the program at work.
type process struct {
	*exec.Cmd
	url    string
	stderr bytes.Buffer // to be read after Wait
}

func start(t *testing.T, flags ...string) *process {
	t.Helper()
	return startWith(t, func(*exec.Cmd) {}, flags...)
}

// startWith starts the program in another way than most.
func startWith(t *testing.T, change func(*exec.Cmd), flags ...string) *process {
	t.Helper()
	p := &process{Cmd: command(t, append([]string{"--addr", "127.0.0.1:0"}, flags...)...)}
	p.Stderr = &p.stderr
	change(p.Cmd)
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = p.Wait()
		t.Fatalf("it said nothing: %v\n%s", err, &p.stderr)
	}
	_, p.url, _ = strings.Cut(strings.TrimSpace(line), "http://")
	p.url = "http://" + p.url
	return p
}

func TestBadFlagsExitWithOneLineThatNamesThem(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("canary"), 0o600); err != nil {
		t.Fatal(err)
	}
	broken := t.TempDir()
	if err := os.WriteFile(filepath.Join(broken, "sessionlab.db"), bytes.Repeat([]byte("not a database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		flags []string
		env   string
		code  int
		names string
	}{
		{[]string{"--nonsense"}, "", 2, "--nonsense"},
		{[]string{"nonsense"}, "", 2, "nonsense"},
		{[]string{"--rate", "fast"}, "", 2, "--rate"},
		{[]string{"--rate", "0"}, "", 2, "--rate"},
		{[]string{"--rate", "NaN"}, "", 2, "--rate"},
		{[]string{"--burst", "0"}, "", 2, "--burst"},
		{[]string{"--max-steps", "-1"}, "", 2, "--max-steps"},
		{[]string{"--max-sessions", "0"}, "", 2, "--max-sessions"},
		{[]string{"--max-memory-sessions", "0"}, "", 2, "--max-memory-sessions"},
		{[]string{"--max-keys", "0"}, "", 2, "--max-keys"},
		{[]string{"--max-key-bytes", "0"}, "", 2, "--max-key-bytes"},
		{[]string{"--max-value-bytes", "0"}, "", 2, "--max-value-bytes"},
		{[]string{"--max-record-bytes", "0"}, "", 2, "--max-record-bytes"},
		{[]string{"--max-body-bytes", "-1"}, "", 2, "--max-body-bytes"},
		{[]string{"--seat-idle", "0s"}, "", 2, "--seat-idle"},
		{[]string{"--seat-absolute", "-1h"}, "", 2, "--seat-absolute"},
		{[]string{"--seat-idle", "soon"}, "", 2, "--seat-idle"},
		{[]string{"--log-level", "LOUD"}, "", 2, "--log-level"},
		{[]string{"--base-url", "lab.example.org"}, "", 2, "--base-url"},
		{[]string{"--base-url", "https://lab.example.org/sub"}, "", 2, "--base-url"},
		{nil, "SESSIONLAB_BURST=many", 2, "SESSIONLAB_BURST"},
		{[]string{"--state", "stone"}, "", 2, "--state"},
		{[]string{"--state", "redis"}, "", 2, "--redis"},
		{[]string{"--state", "redis", "--redis", "redis://:canary@127.0.0.1:99999"}, "", 1, "--redis"},
		{[]string{"--state", "redis", "--redis", "redis://:canary@127.0.0.1:1"}, "", 1, "--redis"},
		{[]string{"--state", "redis", "--redis", "http://:canary@127.0.0.1"}, "", 2, "--redis"},
		{[]string{"--data", t.TempDir(), "--metrics", taken.Addr().String()}, "", 1, "--metrics"},
		{[]string{"--data", t.TempDir(), "--addr", taken.Addr().String()}, "", 1, "--addr"},
		{[]string{"--data", t.TempDir(), "--addr", "nonsense"}, "", 2, "--addr"},
		{[]string{"--addr", "8080"}, "", 2, "--addr"},
		{[]string{"--metrics", ":99999"}, "", 2, "--metrics"},
		{[]string{"--data", t.TempDir(), "--addr", "127.0.0.1:99999"}, "", 2, "--addr"},
		{[]string{"--addr", "127.0.0.1:0", "--data", file}, "", 1, "--data"},
		{[]string{"--addr", "127.0.0.1:0", "--data", "/proc/nowhere"}, "", 1, "--data"},
		{[]string{"--addr", "127.0.0.1:0", "--data", broken}, "", 1, "--data"},
	}
	for _, tt := range tests {
		cmd := command(t, tt.flags...)
		if tt.env != "" {
			cmd.Env = append(cmd.Env, tt.env)
		}
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		began := time.Now()
		err := cmd.Run()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != tt.code {
			t.Errorf("%v %s: %v; want exit code %d\n%s", tt.flags, tt.env, err, tt.code, &stderr)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%v %s: exit after %v", tt.flags, tt.env, took)
		}
		if said := stderr.String(); strings.Count(said, "\n") != 1 || !strings.Contains(said, tt.names) || strings.Contains(said, "canary") {
			t.Errorf("%v %s: %q; want one line that names %s", tt.flags, tt.env, said, tt.names)
		}
	}
}

func TestHelpExplainsEachFlag(t *testing.T) {
	out, err := command(t, "--help").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, flag := range []string{"addr", "data", "state", "metrics", "base-url", "trust-proxy", "log-level", "seat-idle", "seat-absolute", "max-steps", "max-sessions", "max-memory-sessions", "max-keys", "max-key-bytes", "max-value-bytes", "max-record-bytes", "max-body-bytes", "rate", "burst"} {
		env := "$SESSIONLAB_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
		if !bytes.Contains(out, []byte("--"+flag)) || !bytes.Contains(out, []byte(env)) {
			t.Errorf("--help says nothing of --%s or %s:\n%s", flag, env, out)
		}
	}
	for _, value := range []string{"127.0.0.1:8080", "data", "sqlite", "168h", "20000", "WARN"} {
		if !strings.Contains(strings.Join(strings.Fields(string(out)), " "), "Default: "+value) {
			t.Errorf("--help says nothing of the default %s:\n%s", value, out)
		}
	}
}

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
	waitFor(t, func() bool { // until no more connections are taken
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

func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !done(); runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatal("waited in vain")
		}
	}
}

func getJSON(t *testing.T, c *http.Client, address string, v any) {
	t.Helper()
	res, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(v); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s = %d, %v", address, res.StatusCode, err)
	}
}
