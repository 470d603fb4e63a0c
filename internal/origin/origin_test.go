package origin_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/sessionlab/sessionlab/internal/origin"
)

type other struct{}

func TestARequestHasTheOriginOfItsListener(t *testing.T) {
	answer := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, string(origin.Of(r.Context())))
		if r.Context().Value(other{}) == nil {
			t.Error("what the other function adds to the context is missing")
		}
	})
	for _, o := range []origin.Origin{origin.Network, "alice", "mallory"} {
		server := httptest.NewUnstartedServer(answer)
		server.Config.ConnContext = origin.ConnContext(o, func(ctx context.Context, _ net.Conn) context.Context {
			return context.WithValue(ctx, other{}, true)
		})
		server.Start()
		res, err := server.Client().Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		if err != nil || string(body) != string(o) {
			t.Errorf("the origin is %q, %v; want %q", body, err, o)
		}
		res.Body.Close()
		server.Close()
	}
}

func TestARequestOfNoListenerCountsAsTheNetworks(t *testing.T) {
	if got := origin.Of(t.Context()); got != origin.Network {
		t.Errorf("the origin is %q", got)
	}
}
