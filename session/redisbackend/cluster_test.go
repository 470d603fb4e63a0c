package redisbackend_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sessiontest"
	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

func TestCluster(t *testing.T) {
	t.Parallel()
	nodes := servers.RedisCluster(t)
	flush := func(t testing.TB) string {
		for _, s := range nodes {
			hand(t, s, "FLUSHALL")
		}
		return nodes[1].URL
	}
	t.Run("Backend", func(t *testing.T) {
		sessiontest.TestBackend(t, func(t testing.TB) session.Backend {
			return open(t, flush(t))
		})
	})
	t.Run("SharedBackend", func(t *testing.T) {
		sessiontest.TestSharedBackend(t, func(t testing.TB) (a, b session.Backend) {
			url := flush(t)
			return open(t, url), open(t, nodes[2].URL)
		})
	})
	t.Run("counts what is there", func(t *testing.T) {
		b := open(t, flush(t))
		countsWhatIsThere(t, b, func(key string) {
			// As redis-cli -c does, which leaves the index as it is.
			conn, err := rueidis.NewClient(rueidis.ClientOption{InitAddress: []string{nodes[0].Addr}, DisableCache: true})
			must(t, err)
			defer conn.Close()
			must(t, conn.Do(t.Context(), conn.B().Del().Key(key).Build()).Error())
		})
	})
	t.Run("mends itself", func(t *testing.T) {
		flush(t)
		mends(t, nodes)
	})
}

// mends checks that a node that dies takes only its own keys along, until it is
// back.
func mends(t *testing.T, nodes []*servers.Server) {
	b := open(t, nodes[0].URL+"?addr="+nodes[1].Addr)
	keys := make([]string, 30) // of all nodes
	for i := range keys {
		keys[i] = fmt.Sprintf("session:%d:k", i)
		must(t, b.Save(t.Context(), keys[i], hour("v", 0), epoch))
	}
	must(t, nodes[0].Kill()) // which holds a third of them
	failed := 0
	for _, key := range keys {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		if _, err := b.Load(ctx, key, epoch); err != nil {
			failed++
			if errors.Is(err, session.ErrNotFound) {
				t.Errorf("Load(%q) = %v while its node is down", key, err)
			}
		}
		cancel()
	}
	if failed == 0 {
		t.Error("all records are found while a node is down")
	}
	other := open(t, nodes[0].URL+"?addr="+nodes[1].Addr) // whose first address does not answer
	must(t, nodes[0].Start())
	for _, key := range keys {
		recovers(t, b, key)
		recovers(t, other, key)
		rec, err := b.Load(t.Context(), key, epoch)
		if err != nil || rec.Version != 1 {
			t.Fatalf("Load(%q) = version %d, %v; want 1", key, rec.Version, err)
		}
		must(t, other.Save(t.Context(), key, hour("w", 1), epoch))
	}
}
