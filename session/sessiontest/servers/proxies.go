package servers

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Nginx starts nginx with a site, which is what nginx is told inside of http {},
// and ends it with t. In it {addr} stands for the address to listen at, and {port}
// for its port.
func Nginx(t testing.TB, site string) *Server {
	t.Helper()
	return single(t, proxy("nginx", nginxHead+site+"\n}\n", "-p", ".", "-e", "stderr", "-c"))
}

// Caddy starts Caddy with a site of a Caddyfile, and ends it with t; see [Nginx] for
// what the site may contain.
func Caddy(t testing.TB, site string) *Server {
	t.Helper()
	return single(t, proxy("caddy", caddyHead+site+"\n", "run", "--adapter", "caddyfile", "--config"))
}

// nginxHead keeps nginx in the foreground and in its folder, and changes nothing of
// how it handles requests.
const nginxHead = `daemon off;
pid nginx.pid;
error_log stderr;
events {}
http {
access_log off;
client_body_temp_path body;
proxy_temp_path proxy;
fastcgi_temp_path fastcgi;
uwsgi_temp_path uwsgi;
scgi_temp_path scgi;
`

// caddyHead keeps Caddy off all ports but that of the site.
const caddyHead = `{
	admin off
	auto_https off
}
`

// proxy is the kind of a proxy whose program takes the path of its configuration
// last.
func proxy(name, config string, args ...string) kind {
	path := func(dir string) string { return filepath.Join(dir, name+".conf") }
	return kind{
		find: func() (string, error) { return systemProgram(name) },
		configure: func(dir, addr string) error {
			_, port, err := net.SplitHostPort(addr)
			if err != nil {
				return err
			}
			text := strings.NewReplacer("{addr}", addr, "{port}", port).Replace(config)
			return os.WriteFile(path(dir), []byte(text), 0o644)
		},
		args:  func(dir, _ string) []string { return append(args[:len(args):len(args)], path(dir)) },
		ready: proxyReady,
		url:   func(addr string) string { return "http://" + addr },
		stop:  syscall.SIGTERM,
		user:  "www-data",
	}
}

// proxyReady takes any answer for one: what is behind the proxy may be down, and
// where it speaks TLS this request is a bad one.
func proxyReady(c net.Conn) error {
	if _, err := io.WriteString(c, "GET / HTTP/1.0\r\n\r\n"); err != nil {
		return err
	}
	const want = "HTTP/"
	answer := make([]byte, len(want))
	if _, err := io.ReadFull(c, answer); err != nil {
		return err
	}
	if string(answer) != want {
		return fmt.Errorf("a proxy answers %q", answer)
	}
	return nil
}
