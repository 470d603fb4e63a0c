package redisstate_test

import (
	"context"
	"os"
	"testing"

	"github.com/redis/rueidis"
	"go.uber.org/goleak"

	"github.com/sessionlab/sessionlab/internal/state/redisstate"
	"github.com/sessionlab/sessionlab/internal/state/statetest"
	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

var pool servers.Pool

func TestMain(m *testing.M) {
	code := m.Run()
	if err := pool.Close(); err != nil {
		panic(err)
	}
	if err := goleak.Find(); err != nil && code == 0 {
		println(err.Error())
		code = 1
	}
	os.Exit(code)
}

// empty returns the address of a server that holds nothing.
func empty(t *testing.T) string {
	t.Helper()
	address := pool.Redis(t).URL
	ask(t, address, "FLUSHALL")
	return address
}

// ask runs one command as redis-cli would: on this server, also if it is a node of
// a cluster.
func ask(t *testing.T, address string, command ...string) rueidis.RedisResult {
	t.Helper()
	option := rueidis.MustParseURL(address)
	option.ForceSingleClient = true
	c, err := rueidis.NewClient(option)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	res := c.Do(context.Background(), c.B().Arbitrary(command...).Build())
	if err := res.Error(); err != nil {
		t.Fatal(err)
	}
	return res
}

// open returns the State of one process.
func open(t *testing.T, address string) *redisstate.State {
	t.Helper()
	s, err := redisstate.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestState(t *testing.T) {
	for _, check := range statetest.Checks() {
		t.Run(check.Name, func(t *testing.T) {
			if err := check.Run(t.Context(), open(t, empty(t))); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestSharedState(t *testing.T) {
	for _, check := range statetest.SharedChecks() {
		t.Run(check.Name, func(t *testing.T) {
			address := empty(t)
			if err := check.Run(t.Context(), open(t, address), open(t, address)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestStateInACluster(t *testing.T) {
	nodes := servers.RedisCluster(t)
	for i, check := range statetest.Checks() {
		t.Run(check.Name, func(t *testing.T) {
			for _, node := range nodes {
				ask(t, node.URL, "FLUSHALL")
			}
			if err := check.Run(t.Context(), open(t, nodes[i%len(nodes)].URL)); err != nil {
				t.Error(err)
			}
		})
	}
	for _, check := range statetest.SharedChecks() {
		t.Run(check.Name, func(t *testing.T) {
			for _, node := range nodes {
				ask(t, node.URL, "FLUSHALL")
			}
			if err := check.Run(t.Context(), open(t, nodes[0].URL), open(t, nodes[1].URL)); err != nil {
				t.Error(err)
			}
		})
	}
}
