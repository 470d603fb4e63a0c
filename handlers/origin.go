package handlers

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/origin"
)

// secure reports whether the client used https. With a BaseURL of https it did,
// whether or not the proxy in front of us says so. Of several proxies the first in
// the list is the one next to the client. A virtual browser is next to us, and says
// itself what it used.
func (h *core) secure(r *http.Request) bool {
	if isVirtual(r) {
		return origin.HTTPS(r.Context())
	}
	if r.TLS != nil || strings.HasPrefix(h.BaseURL, "https://") {
		return true
	}
	proto, _, _ := strings.Cut(r.Header.Get("X-Forwarded-Proto"), ",")
	return h.TrustProxy && strings.EqualFold(strings.TrimSpace(proto), "https")
}

// isVirtual reports whether a virtual browser sent the request.
func isVirtual(r *http.Request) bool { return origin.Of(r.Context()) != origin.Network }

// origin is the scheme and host of this server for the client of a request.
func (h *core) origin(r *http.Request) string { return h.originAt(r, r.Host) }

func (h *core) originAt(r *http.Request, host string) string {
	switch {
	case h.BaseURL != "":
		return h.BaseURL
	case h.secure(r):
		return "https://" + host
	}
	return "http://" + host
}

// originOf is the origin of an address, as browsers write it: without the port that
// the scheme has anyway.
func originOf(u *url.URL) string {
	host := u.Host
	if u.Port() == map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		host = strings.TrimSuffix(host, ":"+u.Port())
	}
	return u.Scheme + "://" + host
}

// requireOwnHost refuses requests for another server, and those whose Host is none:
// addresses on pages contain it, and learners paste them into a shell.
func (h *core) requireOwnHost(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if r.Host != "" && !h.serves(r.Host) { // HTTP/1.0 has none
			return errWrongHost
		}
		if absolute := r.URL.Scheme != "" || r.URL.Host != ""; absolute {
			sent := &url.URL{Scheme: r.URL.Scheme, Host: r.URL.Host}
			if !strings.EqualFold(sent.String(), h.originAt(r, hostSent(r))) {
				return errWrongHost
			}
		}
		return next(c)
	}
}

// serves reports whether a Host is that of this server. With a BaseURL no other
// domain is: only addresses and names without a dot, by which proxies and health
// checks reach the server.
func (h *core) serves(host string) bool {
	u, err := url.Parse("//" + host)
	if err != nil || u.Host != host {
		return false
	}
	name := strings.TrimSuffix(u.Hostname(), ".")
	if ip, err := netip.ParseAddr(name); err == nil {
		return ip.Zone() == "" && ip.Is6() == strings.HasPrefix(host, "[")
	}
	if name == "" || strings.ContainsFunc(name, notInHostName) {
		return false
	}
	return h.baseHost == "" || strings.EqualFold(name, h.baseHost) || !strings.Contains(name, ".")
}

func notInHostName(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '.' && r != '-' && r != '_'
}

// hostSent returns the Host header as it was sent: of a request in absolute form
// net/http has only the host of the target.
func hostSent(r *http.Request) string {
	for _, header := range headersOf(r) {
		if strings.EqualFold(header[0], "Host") {
			return header[1]
		}
	}
	return ""
}

// requireSameOrigin refuses requests that another site made a browser send. It guards
// only the product's own pages. The app under study is guarded by its cookie alone:
// that is the lesson.
func (h *pages) requireSameOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if h.csrf.Check(c.Request()) != nil {
			return errCrossOrigin
		}
		return next(c)
	}
}
