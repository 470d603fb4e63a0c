package servers_test

import (
	"io"
	"net"
	"os"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

var pool servers.Pool

func TestMain(m *testing.M) {
	code := m.Run()
	if err := pool.Close(); err != nil {
		panic(err)
	}
	os.Exit(code)
}

func TestAServerComesBackOnItsPort(t *testing.T) {
	for name, get := range map[string]func(testing.TB) *servers.Server{
		"Redis": pool.Redis, "MariaDB": pool.MariaDB, "PostgreSQL": pool.PostgreSQL,
	} {
		t.Run(name, func(t *testing.T) {
			s := get(t)
			if again := get(t); again != s {
				t.Error("the pool starts a second one")
			}
			for what, end := range map[string]func() error{"Kill": s.Kill, "Stop": s.Stop} {
				check(t, end())
				if c, err := net.Dial("tcp", s.Addr); err == nil {
					c.Close()
					t.Errorf("after %s something listens on %s", what, s.Addr)
				}
				check(t, s.Start())
			}
			if err := s.Start(); err == nil {
				t.Error("a running server can be started")
			}
		})
	}
}

func TestAPausedServerSaysNothing(t *testing.T) {
	s := pool.Redis(t)
	c, err := net.Dial("tcp", s.Addr)
	check(t, err)
	defer c.Close()
	check(t, s.Pause())
	_, err = io.WriteString(c, "PING\r\n")
	check(t, err)
	check(t, c.SetReadDeadline(time.Now().Add(50*time.Millisecond)))
	if n, err := c.Read(make([]byte, 7)); n > 0 || err == nil {
		t.Errorf("a paused server answers %d bytes, %v", n, err)
	}
	check(t, s.Resume())
	check(t, c.SetReadDeadline(time.Now().Add(time.Minute)))
	if _, err := io.ReadFull(c, make([]byte, 7)); err != nil {
		t.Errorf("a resumed server: %v; want an answer", err)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
