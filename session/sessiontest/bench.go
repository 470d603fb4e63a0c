package sessiontest

import (
	"crypto/sha256"
	"encoding/base64"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// clients is how many use the backend at a time in BenchmarkBackend.
const clients = 64

// BenchmarkBackend measures a backend that holds 10,000 records of about 90
// bytes: loads that hit and miss, saves, and a load with a save, as most requests
// need them. Each has 64 concurrent clients with keys of their own.
func BenchmarkBackend(b *testing.B, new NewBackend) {
	for _, bm := range []struct {
		name string
		step func(t *try, key string) error
	}{
		{"Load", func(t *try, key string) error {
			_, err := t.backend.Load(t.ctx, key, t.clock.Now())
			return err
		}},
		{"Miss", func(t *try, key string) error {
			if _, err := t.backend.Load(t.ctx, key+"!", t.clock.Now()); err != session.ErrNotFound {
				return err
			}
			return nil
		}},
		{"LoadSave", func(t *try, key string) error {
			rec, err := t.backend.Load(t.ctx, key, t.clock.Now())
			if err != nil {
				return err
			}
			rec.Expires = rec.Expires.Add(time.Second)
			return t.backend.Save(t.ctx, key, rec, t.clock.Now())
		}},
	} {
		b.Run(bm.name, func(b *testing.B) {
			t := start(b, new)
			keys := t.fill(10_000 / clients * clients)
			b.ReportAllocs()
			b.ResetTimer()
			before := processTime()
			var left atomic.Int64
			left.Store(int64(b.N))
			t.together(clients, func(i int) {
				for ; left.Add(-1) >= 0; i += clients {
					if err := bm.step(t, keys[i%len(keys)]); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.ReportMetric(float64(processTime()-before)/float64(b.N), "cpu-ns/op")
		})
	}
}

// fill saves n records, and returns their keys in no order.
func (t *try) fill(n int) []string {
	const values = `{"user":"anna","count":12345,"theme":"dark","csrf":"0123456789abcdef0123456789abcdef"}`
	keys := make([]string, n)
	t.together(clients, func(c int) {
		for i := c; i < n; i += clients {
			sum := sha256.Sum256([]byte{byte(i), byte(i >> 8), byte(i >> 16)})
			keys[i] = "bench:" + base64.RawURLEncoding.EncodeToString(sum[:])
			if err := t.backend.Save(t.ctx, keys[i], t.record(values, 0), t.clock.Now()); err != nil {
				t.Error(err)
			}
		}
	})
	return keys
}
