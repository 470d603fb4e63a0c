package session_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
)

// BenchmarkRequest is what a session costs a request, from the handler's first
// line until the header is set: open, change a counter, save.
func BenchmarkRequest(b *testing.B) {
	key := []byte(strings.Repeat("k", 32))
	for _, v := range []struct {
		name   string
		keys   [][]byte
		change func(*sessions.Session) error
	}{
		{"save", nil, count},
		{"save-signed", [][]byte{key}, count},
		{"read", nil, func(s *sessions.Session) error { session.Get(s, "n"); return nil }},
	} {
		b.Run(v.name, func(b *testing.B) {
			opt := session.DefaultOptions()
			opt.Keys = v.keys
			store := session.New(session.NewMemory(), opt)
			cookie := firstCookie(b, store)
			arrived := (&http.Request{Method: "GET", Header: http.Header{"Cookie": {cookie}}}).WithContext(serverContext(b))
			r := new(http.Request)
			w := header(make(http.Header))
			b.ReportAllocs()
			for b.Loop() {
				*r = *arrived
				clear(w)
				if err := store.Update(w, r, "session", v.change); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkMemoryHeap reports the heap that a live session of two keys takes,
// beyond the bytes of its values.
func BenchmarkMemoryHeap(b *testing.B) {
	const n = 100_000
	values := []byte(`{"_permanent":true,"uname":"momo"}`)
	for _, prefix := range []string{"session:", "session:0123456789abcdef:"} {
		b.Run(fmt.Sprintf("key=%d", len(prefix)+32), func(b *testing.B) {
			for b.Loop() {
				before := heap()
				m := session.NewMemory()
				for version := range int64(2) { // a record replaced must not cost twice
					for i := range n {
						now := time.Now()
						rec := session.Record{Values: values, Created: now, Renewed: now, Expires: now.AddDate(0, 1, 0), Version: version}
						if err := m.Save(context.Background(), fmt.Sprintf("%s%032d", prefix, i), rec, time.Now()); err != nil {
							b.Fatal(err)
						}
					}
				}
				b.ReportMetric(float64(heap()-before)/n-float64(len(values)), "B/session")
				runtime.KeepAlive(m)
			}
		})
	}
}

// BenchmarkUsage is what it costs to count the sessions of one app of many: the
// same, however many the others have.
func BenchmarkUsage(b *testing.B) {
	for _, others := range []int{0, 100_000} {
		b.Run(fmt.Sprintf("others=%d", others), func(b *testing.B) {
			m := session.NewMemory()
			for i := range others + 10 {
				key := fmt.Sprintf("session:%d:%d", min(i/10, 99), i)
				if err := m.Save(b.Context(), key, session.Record{Expires: time.Now().Add(time.Hour)}, time.Now()); err != nil {
					b.Fatal(err)
				}
			}
			for b.Loop() {
				if u, err := m.Usage(b.Context(), "session:0:", time.Now()); err != nil || u.Sessions != 10 {
					b.Fatal(u, err)
				}
			}
		})
	}
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func count(s *sessions.Session) error {
	n, _ := s.Values["n"].(int64)
	session.Set(s, "n", n+1)
	return nil
}

// firstCookie stores a session of two keys and returns the Cookie header for it.
func firstCookie(tb testing.TB, store *session.Store) string {
	w := httptest.NewRecorder()
	err := store.Update(w, httptest.NewRequest("GET", "/", nil), "session", func(s *sessions.Session) error {
		session.Set(s, "uname", "momo")
		return count(s)
	})
	if err != nil {
		tb.Fatal(err)
	}
	line, _, _ := strings.Cut(w.Header().Get("Set-Cookie"), ";")
	return line
}

// serverContext is one like net/http's: values over a context that can be done.
func serverContext(tb testing.TB) context.Context {
	ctx := context.WithValue(context.Background(), http.ServerContextKey, &http.Server{})
	ctx = context.WithValue(ctx, http.LocalAddrContextKey, nil)
	ctx, cancel := context.WithCancel(ctx)
	tb.Cleanup(cancel)
	return ctx
}

// header is a ResponseWriter that has nothing but a header.
type header http.Header

func (h header) Header() http.Header       { return http.Header(h) }
func (header) Write(b []byte) (int, error) { return len(b), nil }
func (header) WriteHeader(int)             {}
