// Package origin says by which listener a request came, and from which client of the
// server's own. Its connection says so: no header can claim another.
package origin

import (
	"context"
	"net"
	"net/http"
)

// An Origin is where a request comes from: the network, or one client of the server's
// own, whose id it is then.
type Origin string

// Network is the origin of whatever comes from outside. Nothing is known of it.
const Network Origin = ""

// An Addr is where a client of the server's own sends a request from.
type Addr struct {
	Origin Origin
	HTTPS  bool // the client asked for https, and there is no TLS within one process
}

// A Peer is the remote address of a connection on which clients of the server's own take
// turns. Only code can make one: what comes from outside has another kind of address.
type Peer struct{ from Addr }

// Turn gives the connection to the client whose request is written next. All requests
// before it must be answered.
func (p *Peer) Turn(to Addr) { p.from = to }

// Network implements [net.Addr].
func (*Peer) Network() string { return "memory" }

// String implements [net.Addr].
func (*Peer) String() string { return "memory" }

type (
	key     struct{}
	peerKey struct{}
)

// ConnContext adds the peer of a connection to what another [http.Server.ConnContext]
// returns. Pair it with [Handler].
func ConnContext(then func(context.Context, net.Conn) context.Context) func(context.Context, net.Conn) context.Context {
	return func(ctx context.Context, c net.Conn) context.Context {
		if p, own := c.RemoteAddr().(*Peer); own {
			ctx = context.WithValue(ctx, peerKey{}, p)
		}
		return then(ctx, c)
	}
}

// Handler gives each request the origin that its connection has at that time.
func Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p, own := r.Context().Value(peerKey{}).(*Peer); own {
			r = r.WithContext(With(r.Context(), p.from))
		}
		next.ServeHTTP(w, r)
	})
}

// With returns a context of requests by a client of the server's own.
func With(ctx context.Context, a Addr) context.Context { return context.WithValue(ctx, key{}, a) }

// Of returns the origin of a request by its context. A listener that gave none counts
// as the network.
func Of(ctx context.Context) Origin {
	a, _ := ctx.Value(key{}).(Addr)
	return a.Origin
}

// HTTPS reports whether a client of the server's own asked for https.
func HTTPS(ctx context.Context) bool {
	a, _ := ctx.Value(key{}).(Addr)
	return a.HTTPS
}
