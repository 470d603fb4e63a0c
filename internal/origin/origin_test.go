package origin_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
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

func TestARequestHasTheOriginThatItsConnectionHasThen(t *testing.T) {
	contextOf := origin.ConnContext(func(ctx context.Context, _ net.Conn) context.Context {
		return context.WithValue(ctx, other{}, true)
	})
	own := new(origin.Peer)
	for _, tt := range []struct {
		addr net.Addr
		turn origin.Addr
	}{
		{&net.TCPAddr{}, origin.Addr{}},
		{&net.UnixAddr{Name: own.String(), Net: own.Network()}, origin.Addr{}},
		{own, origin.Addr{Origin: "alice"}},
		{own, origin.Addr{Origin: "mallory", HTTPS: true}},
	} {
		ctx := contextOf(t.Context(), from{addr: tt.addr})
		own.Turn(tt.turn)
		var got context.Context
		h := origin.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.Context() }))
		h.ServeHTTP(nil, httptest.NewRequestWithContext(ctx, "GET", "/", nil))
		own.Turn(origin.Addr{Origin: "somebody else"}) // which changes nothing for that request
		if origin.Of(got) != tt.turn.Origin || origin.HTTPS(got) != tt.turn.HTTPS {
			t.Errorf("from %v: origin %q, https %v; want %+v", tt.addr, origin.Of(got), origin.HTTPS(got), tt.turn)
		}
		if got.Value(other{}) == nil {
			t.Error("what the other function adds to the context is missing")
		}
	}
}

func TestARequestOfNoListenerCountsAsTheNetworks(t *testing.T) {
	if got := origin.Of(t.Context()); got != origin.Network {
		t.Errorf("the origin is %q", got)
	}
}
