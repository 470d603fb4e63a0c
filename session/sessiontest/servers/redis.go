package servers

import (
	"fmt"
	"io"
	"net"
	"os/exec"
	"syscall"
)

var redis = kind{
	find: func() (string, error) { return exec.LookPath("redis-server") },
	args: func(dir, port string) []string {
		return []string{
			"--bind", "127.0.0.1", "--port", port, "--dir", dir,
			"--appendonly", "yes", "--appendfsync", "always", "--save", "",
		}
	},
	ready: redisReady,
	url:   func(addr string) string { return "redis://" + addr + "/0" },
	stop:  syscall.SIGTERM,
}

// redisReady tells a server that answers from one that still loads its data.
func redisReady(c net.Conn) error {
	if _, err := io.WriteString(c, "PING\r\n"); err != nil {
		return err
	}
	const want = "+PONG\r\n"
	answer := make([]byte, len(want))
	if _, err := io.ReadFull(c, answer); err != nil {
		return err
	}
	if string(answer) != want {
		return fmt.Errorf("redis answers %q", answer)
	}
	return nil
}
