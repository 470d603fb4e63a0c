package handlers_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// A page is the same whether it is compressed or not, also while others are compressed.
func TestACompressedPageIsTheSamePage(t *testing.T) {
	l := newSite(t).learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(http.StatusOK)
	plain := l.With("Accept", "text/html")
	zipped := plain.With("Accept-Encoding", "gzip")
	var all sync.WaitGroup
	for _, path := range []string{"/en/lab", "/zh/lab", "/en/lab/settings", "/en/inspect", "/en/lab/steps/1/code", "/en/nowhere"} {
		want := plain.Get(path)
		if coding := want.Header.Get("Content-Encoding"); coding != "" {
			t.Errorf("%s is encoded with %q for who did not ask", path, coding)
		}
		for range 3 {
			all.Go(func() {
				got := zipped.Get(path)
				if coding := got.Header.Get("Content-Encoding"); coding != "gzip" {
					t.Errorf("%s is encoded with %q; want gzip", path, coding)
					return
				}
				z, err := gzip.NewReader(strings.NewReader(got.Body))
				if err != nil {
					t.Errorf("%s: %v", path, err)
					return
				}
				body, err := io.ReadAll(z)
				if err != nil || got.Status != want.Status || string(body) != want.Body {
					t.Errorf("%s compressed is %d, %d bytes, %v; want %d, %d bytes", path, got.Status, len(body), err, want.Status, len(want.Body))
				}
			})
		}
	}
	all.Wait()
}
