package redisbackend

import (
	"fmt"
	"time"

	"github.com/sessionlab/sessionlab/session/redisbackend/redisconn"
)

// gather is how long commands wait for others to be sent with them, if there are
// others under way. It halves the processor time that a command takes, here and in
// the server.
const gather = 100 * time.Microsecond

// Open returns a Backend on the server, or the cluster, that address names, as
// [redisconn.Parse] reads it: redis://user:password@host:port/database.
//
// Open connects to nothing: a server that does not answer is an error of each
// method until it does. The only error is an address that cannot be used, and
// does not tell the address, which may hold a password. The Backend must be
// closed.
func Open(address string) (*Backend, error) {
	conn, err := redisconn.Open(address, gather)
	if err != nil {
		return nil, fmt.Errorf("redisbackend: %w", err)
	}
	return &Backend{conn: conn}, nil
}
