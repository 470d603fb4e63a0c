package handlers_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
)

// nowhere is a ResponseWriter that counts what it is given.
type nowhere struct {
	header http.Header
	status int
	bytes  int
}

func (w *nowhere) Header() http.Header         { return w.header }
func (w *nowhere) WriteHeader(status int)      { w.status = status }
func (w *nowhere) Write(p []byte) (int, error) { w.bytes += len(p); return len(p), nil }

// fetch measures a page, from the request to the last byte.
func (s *site) fetch(b *testing.B, seat, path, coding string) {
	r := must(http.NewRequest("GET", s.URL+path, nil))(b)
	r.Header = http.Header{"Accept": {"text/html"}, "Accept-Encoding": {coding}, "Cookie": {"seat=" + seat}}
	r.RequestURI, r.RemoteAddr = path, "127.0.0.1:1"
	w := &nowhere{header: make(http.Header)}
	b.ReportAllocs()
	for b.Loop() {
		clear(w.header)
		w.bytes = 0
		s.web.ServeHTTP(w, r)
		if w.status != http.StatusOK {
			b.Fatal(w.status)
		}
	}
	b.ReportMetric(float64(w.bytes), "B/page")
}

// BenchmarkBenchPage is the page of a step, from the request to the last byte: the
// seat and the step are looked up, the step is worded and drawn, and the
// page compressed if the browser takes that. The number of steps on the bench must
// not matter.
func BenchmarkBenchPage(b *testing.B) {
	for _, steps := range []int{10, 100, 1000} {
		s := newSite(b)
		l := s.learner()
		l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		for i := range steps - 1 {
			l.Post(l.app+"set", "key", "colour", "value", fmt.Sprint("teal", i)).Want(200)
		}
		for _, coding := range []string{"identity", "gzip"} {
			b.Run(fmt.Sprintf("steps=%d/%s", steps, coding), func(b *testing.B) {
				s.fetch(b, l.Cookie("seat", "/"), "/en/lab?step=9", coding)
			})
		}
	}
}

// BenchmarkSend compares a request of curl's with one of a virtual browser, each from
// its sender to the last byte.
func BenchmarkSend(b *testing.B) {
	s := newSite(b, func(_ *handlers.Options, l *lab.Options) { l.Limits.Steps = 1e6 })
	l := s.learner()
	v := l.browser("Alice")
	c := s.curl()
	b.Run("curl", func(b *testing.B) {
		for b.Loop() {
			c.Post(l.app+"set", "key", "a", "value", "b").Want(200)
		}
	})
	b.Run("virtual", func(b *testing.B) {
		for b.Loop() {
			v.send("set", "key", "a", "value", "b").Want(200)
		}
	})
}
