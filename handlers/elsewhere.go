package handlers

import (
	"net"
	"net/http"
	"strconv"
)

// The two names by which a browser reaches a server on its own machine. For the browser
// they are two websites.
const (
	loopbackAddress = "127.0.0.1"
	loopbackName    = "localhost"
)

// otherHost returns the host by which the browser that sent a request reaches this
// server too and takes it for another website; "" if it knows none. It does if it asked
// for one of the two names and the connection came to the loopback interface, at the
// port that it asked for: then nothing is in between that knows only one of them.
func (h *core) otherHost(r *http.Request) string {
	name, port, err := net.SplitHostPort(r.Host)
	local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	if err != nil || !ok || h.BaseURL != "" || h.secure(r) || isVirtual(r) {
		return ""
	}
	if local.IP.String() != loopbackAddress || strconv.Itoa(local.Port) != port {
		return ""
	}
	switch name {
	case loopbackAddress:
		return net.JoinHostPort(loopbackName, port)
	case loopbackName:
		return net.JoinHostPort(loopbackAddress, port)
	}
	return ""
}
