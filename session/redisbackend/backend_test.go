package redisbackend_test

import (
	"context"
	"os"
	"testing"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/redisbackend"
	"github.com/sessionlab/sessionlab/session/sessiontest"
	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

var pool servers.Pool

func TestMain(m *testing.M) {
	code := m.Run()
	if err := pool.Close(); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// open opens a backend until t ends.
func open(t testing.TB, url string) *redisbackend.Backend {
	t.Helper()
	b, err := redisbackend.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// hand runs a command on one server, as somebody with redis-cli would.
func hand(t testing.TB, s *servers.Server, words ...string) rueidis.RedisResult {
	t.Helper()
	conn, err := rueidis.NewClient(rueidis.ClientOption{
		InitAddress: []string{s.Addr}, ForceSingleClient: true, DisableCache: true, DisableRetry: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	res := conn.Do(context.Background(), conn.B().Arbitrary(words[0]).Args(words[1:]...).Build())
	if err := res.Error(); err != nil && !rueidis.IsRedisNil(err) {
		t.Fatalf("%q: %v", words, err)
	}
	return res
}

// empty returns the shared server without a key.
func empty(t testing.TB) *servers.Server {
	t.Helper()
	s := pool.Redis(t)
	hand(t, s, "FLUSHALL")
	return s
}

func newBackend(t testing.TB) session.Backend {
	return open(t, empty(t).URL)
}

func newPair(t testing.TB) (a, b session.Backend) {
	s := empty(t)
	return open(t, s.URL), open(t, s.URL)
}

// TestBackend is the only parallel test on the shared server, which it empties.
func TestBackend(t *testing.T) {
	t.Parallel()
	sessiontest.TestBackend(t, newBackend)
}

func TestTwoProcessesShareAServer(t *testing.T) { sessiontest.TestSharedBackend(t, newPair) }

func BenchmarkBackend(b *testing.B) { sessiontest.BenchmarkBackend(b, newBackend) }
