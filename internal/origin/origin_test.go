package origin_test

import (
	"context"
	"net"
	"testing"

	"github.com/sessionlab/sessionlab/internal/origin"
)

type other struct{}

// from is a connection with a remote address.
type from struct {
	net.Conn
	addr net.Addr
}

func (c from) RemoteAddr() net.Addr { return c.addr }

func TestARequestHasTheOriginOfItsConnection(t *testing.T) {
	contextOf := origin.ConnContext(func(ctx context.Context, _ net.Conn) context.Context {
		return context.WithValue(ctx, other{}, true)
	})
	for _, tt := range []struct {
		addr  net.Addr
		want  origin.Origin
		https bool
	}{
		{&net.TCPAddr{}, origin.Network, false},
		{&net.UnixAddr{Name: "memory:alice"}, origin.Network, false},
		{origin.Addr{Origin: "alice"}, "alice", false},
		{origin.Addr{Origin: "mallory", HTTPS: true}, "mallory", true},
	} {
		ctx := contextOf(t.Context(), from{addr: tt.addr})
		if got := origin.Of(ctx); got != tt.want || origin.HTTPS(ctx) != tt.https {
			t.Errorf("from %v: origin %q, https %v; want %q, %v", tt.addr, got, origin.HTTPS(ctx), tt.want, tt.https)
		}
		if ctx.Value(other{}) == nil {
			t.Error("what the other function adds to the context is missing")
		}
	}
}

func TestARequestOfNoListenerCountsAsTheNetworks(t *testing.T) {
	if got := origin.Of(t.Context()); got != origin.Network {
		t.Errorf("the origin is %q", got)
	}
}
