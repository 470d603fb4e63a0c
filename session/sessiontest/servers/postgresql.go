package servers

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
)

// postgresql refuses to run as root.
var postgresql = kind{
	find:    func() (string, error) { return postgresProgram("postgres") },
	prepare: initdb,
	args: func(dir, port string) []string {
		return []string{
			"-D", filepath.Join(dir, "data"), "-p", port,
			"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
			"-c", "dynamic_shared_memory_type=mmap", // in the folder of the data
		}
	},
	ready: postgresReady,
	url:   func(addr string) string { return "postgres://sessions@" + addr + "/postgres?sslmode=disable" },
	stop:  syscall.SIGINT, // SIGTERM waits for clients
	user:  "postgres",
}

// postgresProgram finds a program of PostgreSQL, preferring newer versions:
// Debian keeps them beside the usual path.
func postgresProgram(name string) (string, error) {
	list, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(list) == 0 {
		return exec.LookPath(name)
	}
	return slices.Max(list), nil
}

func initdb(dir string) error {
	program, err := postgresProgram("initdb")
	if err != nil {
		return err
	}
	cmd := exec.Command(program, "-D", filepath.Join(dir, "data"), "-U", "sessions",
		"--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
	cmd.Dir = dir
	if err := as(cmd, "postgres"); err != nil {
		return err
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return os.WriteFile(filepath.Join(dir, "data", "pg_hba.conf"), []byte(access), 0o600) // keeps its owner
}

// access lets the superuser in, and others with their passwords.
const access = `host all sessions 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
`

// postgresReady logs in: while it starts, a server refuses that.
func postgresReady(c net.Conn) error {
	const parameters = "\x00\x03\x00\x00user\x00sessions\x00database\x00postgres\x00\x00"
	if _, err := c.Write(append([]byte{0, 0, 0, byte(4 + len(parameters))}, parameters...)); err != nil {
		return err
	}
	answer := make([]byte, 1)
	if _, err := io.ReadFull(c, answer); err != nil {
		return err
	}
	if answer[0] != 'R' { // an authentication request, fulfilled at once
		return fmt.Errorf("postgres answers %q", answer)
	}
	return nil
}
