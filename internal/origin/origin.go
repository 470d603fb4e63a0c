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

type key struct{}

// ConnContext adds an origin to what another [http.Server.ConnContext] returns.
func ConnContext(o Origin, then func(context.Context, net.Conn) context.Context) func(context.Context, net.Conn) context.Context {
	return func(ctx context.Context, c net.Conn) context.Context {
		return then(context.WithValue(ctx, key{}, o), c)
	}
}

// Of returns the origin of a request by its context. A listener that gave none counts
// as the network.
func Of(ctx context.Context) Origin {
	o, _ := ctx.Value(key{}).(Origin)
	return o
}
