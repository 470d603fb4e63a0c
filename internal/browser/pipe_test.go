package browser

import (
	"net"
	"testing"

	"golang.org/x/net/nettest"

	"github.com/sessionlab/sessionlab/internal/origin"
)

// The ends of a connection in memory do what every [net.Conn] must.
func TestPipe(t *testing.T) {
	nettest.TestConn(t, func() (one, other net.Conn, stop func(), err error) {
		client, server := pipe(new(origin.Peer))
		return client, server, func() { client.Close(); server.Close() }, nil
	})
}
