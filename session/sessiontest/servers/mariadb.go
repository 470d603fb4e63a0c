package servers

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

var mariadb = kind{
	find: func() (string, error) {
		if _, err := exec.LookPath("mariadb-install-db"); err != nil {
			return "", err
		}
		return systemProgram("mariadbd")
	},
	prepare: func(dir string) error {
		err := os.WriteFile(filepath.Join(dir, "init.sql"), []byte("CREATE DATABASE IF NOT EXISTS sessions;\n"), 0o600)
		if err != nil {
			return err
		}
		cmd := exec.Command("mariadb-install-db", append(mariadbFlags(dir), "--skip-test-db",
			"--auth-root-authentication-method=normal", "--innodb-flush-method=nosync")...)
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("mariadb-install-db: %w\n%s", err, out)
		}
		return nil
	},
	args: func(dir, port string) []string {
		return append(mariadbFlags(dir),
			"--bind-address=127.0.0.1", "--port="+port, "--socket="+filepath.Join(dir, "socket"),
			"--pid-file="+filepath.Join(dir, "pid"), "--init-file="+filepath.Join(dir, "init.sql"),
			"--skip-name-resolve", "--max-connect-errors=1000000", "--innodb-buffer-pool-size=64M",
		)
	},
	ready: func(c net.Conn) error {
		greeting := make([]byte, 5) // length, number, and version of the protocol
		if _, err := io.ReadFull(c, greeting); err != nil {
			return err
		}
		if version := greeting[4]; version != 10 {
			return fmt.Errorf("mariadb greets with protocol %d", version)
		}
		return nil
	},
	url:  func(addr string) string { return "root@tcp(" + addr + ")/sessions" },
	stop: syscall.SIGTERM,
}

// mariadbFlags are for both programs.
func mariadbFlags(dir string) []string {
	flags := []string{"--no-defaults", "--datadir=" + filepath.Join(dir, "data"), "--innodb-log-file-size=16M"}
	if os.Geteuid() == 0 {
		flags = append(flags, "--user=root")
	}
	return flags
}
