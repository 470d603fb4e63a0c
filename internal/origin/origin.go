// Package origin says by which listener a request came. The listener gives it to each
// of its connections, so no header can claim another.
package origin

import (
	"context"
	"net"
)

// An Origin is where the connections of a listener come from: the network, or one
// client of the server's own, whose id it is then.
type Origin string

// Network is the origin of whatever comes from outside. Nothing is known of it.
const Network Origin = ""

// An Addr is the remote address of a connection that a client of the server's own
// opened. Only code can make one: what comes from outside has another kind of address.
type Addr struct {
	Origin Origin
	HTTPS  bool // the client asked for https, and there is no TLS within one process
}

// Network implements [net.Addr].
func (Addr) Network() string { return "memory" }

// String implements [net.Addr].
func (a Addr) String() string { return "memory:" + string(a.Origin) }

type key struct{}

// ConnContext adds the origin of a connection to what another
// [http.Server.ConnContext] returns.
func ConnContext(then func(context.Context, net.Conn) context.Context) func(context.Context, net.Conn) context.Context {
	return func(ctx context.Context, c net.Conn) context.Context {
		if a, own := c.RemoteAddr().(Addr); own {
			ctx = With(ctx, a)
		}
		return then(ctx, c)
	}
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
