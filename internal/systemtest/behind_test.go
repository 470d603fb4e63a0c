package systemtest

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

// A front is a proxy that people put in front of servers, told no more than it must
// be. {backend} stands for the address of the program.
type front struct {
	name  string
	start func(t testing.TB, site string) *servers.Server
	plain string // over http
	tls   string // over https, with {cert} and {key}, saying so
}

// fronts differ in more than their names: nginx by itself speaks HTTP/1.0 to the
// program, closes each connection, puts its own name for the backend into Host and
// keeps responses back until it has much of them; Caddy does none of it, and adds
// headers.
var fronts = []front{
	{
		"nginx", servers.Nginx,
		`server { listen {addr}; location / { proxy_pass http://{backend}; } }`,
		`server {
			listen {addr} ssl;
			ssl_certificate {cert};
			ssl_certificate_key {key};
			location / {
				proxy_pass http://{backend};
				proxy_set_header Host $http_host;
				proxy_set_header X-Forwarded-Proto $scheme;
			}
		}`,
	},
	{
		"Caddy", servers.Caddy,
		"http://:{port} {\n\tbind 127.0.0.1\n\treverse_proxy {backend}\n}",
		"https://{addr} {\n\ttls {cert} {key}\n\treverse_proxy {backend}\n}",
	},
}

// behind runs a test with each proxy.
func behind(t *testing.T, test func(t *testing.T, f front)) {
	for _, f := range fronts {
		t.Run(f.name, func(t *testing.T) { test(t, f) })
	}
}

// before starts the proxy in front of the program.
func (f front) before(t *testing.T, p *process) *servers.Server {
	t.Helper()
	return f.start(t, strings.ReplaceAll(f.plain, "{backend}", strings.TrimPrefix(p.url, "http://")))
}

// securely starts the proxy in front of the program, with a client that trusts its
// certificate.
func (f front) securely(t *testing.T, p *process) (base string, trusting *http.Transport) {
	t.Helper()
	dir, err := os.MkdirTemp("", "cert") // t.TempDir is root's alone
	check(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	check(t, os.Chmod(dir, 0o755))
	cert, key := filepath.Join(dir, "cert"), filepath.Join(dir, "key")
	roots := certificate(t, cert, key)
	s := f.start(t, strings.NewReplacer("{backend}", strings.TrimPrefix(p.url, "http://"), "{cert}", cert, "{key}", key).Replace(f.tls))
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	t.Cleanup(transport.CloseIdleConnections)
	return "https://" + s.Addr, transport
}

// certificate writes a certificate for 127.0.0.1 and its key.
func certificate(t *testing.T, cert, key string) *x509.CertPool {
	t.Helper()
	borrowed := httptest.NewUnstartedServer(nil)
	borrowed.StartTLS()
	defer borrowed.Close()
	pair := borrowed.TLS.Certificates[0]
	private, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	check(t, err)
	check(t, os.WriteFile(cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]}), 0o644))
	check(t, os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o644))
	roots := x509.NewCertPool()
	roots.AddCert(borrowed.Certificate())
	return roots
}

// freeAddr is an address that nobody listens at.
func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer l.Close()
	return l.Addr().String()
}
