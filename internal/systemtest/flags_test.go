package systemtest

import (
	"bytes"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestBadFlagsExitWithOneLineThatNamesThem(t *testing.T) {
	t.Parallel()
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
		{[]string{"lessons"}, "", 2, "check"},
		{[]string{"--rate", "fast"}, "", 2, "--rate"},
		{[]string{"--rate", "0"}, "", 2, "--rate"},
		{[]string{"--rate", "NaN"}, "", 2, "--rate"},
		{[]string{"--burst", "0"}, "", 2, "--burst"},
		{[]string{"--max-benches", "0"}, "", 2, "--max-benches"},
		{[]string{"--max-bytes", "0"}, "", 2, "--max-bytes"},
		{[]string{"--max-steps", "-1"}, "", 2, "--max-steps"},
		{[]string{"--max-sessions", "0"}, "", 2, "--max-sessions"},
		{[]string{"--max-memory-sessions", "0"}, "", 2, "--max-memory-sessions"},
		{[]string{"--max-keys", "0"}, "", 2, "--max-keys"},
		{[]string{"--max-key-bytes", "0"}, "", 2, "--max-key-bytes"},
		{[]string{"--max-value-bytes", "0"}, "", 2, "--max-value-bytes"},
		{[]string{"--max-record-bytes", "0"}, "", 2, "--max-record-bytes"},
		{[]string{"--max-body-bytes", "-1"}, "", 2, "--max-body-bytes"},
		{[]string{"--max-seat-streams", "0"}, "", 2, "--max-seat-streams"},
		{[]string{"--max-streams", "0"}, "", 2, "--max-streams"},
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
		err := cmd.Run()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != tt.code {
			t.Errorf("%v %s: %v; want exit code %d\n%s", tt.flags, tt.env, err, tt.code, &stderr)
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
	for _, flag := range []string{"addr", "data", "state", "metrics", "base-url", "trust-proxy", "[no-]open", "lessons", "log-level", "seat-idle", "seat-absolute", "max-steps", "max-sessions", "max-memory-sessions", "max-keys", "max-key-bytes", "max-value-bytes", "max-record-bytes", "max-body-bytes", "max-seat-streams", "max-streams", "rate", "burst"} {
		env := "$SESSIONLAB_" + strings.ToUpper(strings.ReplaceAll(strings.TrimPrefix(flag, "[no-]"), "-", "_"))
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
