package handlers_test

import (
	"fmt"
	"log/slog"
	"os"
	"testing"

	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

// pool has the servers of stores that all tests of the package share.
var pool servers.Pool

// quiet is a log that nobody reads.
var quiet = slog.New(slog.DiscardHandler)

func TestMain(m *testing.M) {
	code := m.Run()
	if err := pool.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}
