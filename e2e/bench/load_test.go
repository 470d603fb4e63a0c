package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

// workerFor is a worker with one target on a server.
func workerFor(t *testing.T, h http.Handler, k *kind) *worker {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	w := &worker{client: client{addr: s.Listener.Addr().String(), deadline: time.Now().Add(patience)}, targets: []*target{k.at("")}}
	t.Cleanup(w.client.close)
	return w
}

func TestContendersInGoCount(t *testing.T) {
	for name, kind := range map[string]*kind{
		limitName: limitKind, "memory": pageKind, "sqlite": pageKind, "scs": pageKind, "gorilla-cookie": pageKind,
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			h, closed, err := routes(name)
			if err != nil {
				t.Fatal(err)
			}
			w := workerFor(t, h, kind)
			if err := w.work(time.Time{}, 20); err != nil {
				t.Error(err)
			}
			if got := len(w.latencies); got != 20 {
				t.Errorf("%d steps; want 20", got)
			}
			if err := closed(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAServerThatLosesAStepIsFoundOut(t *testing.T) {
	still := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "x"})
		w.Write(page(1))
	})
	err := workerFor(t, still, pageKind).work(time.Time{}, 2)
	if err == nil || !strings.Contains(err.Error(), "step 2 ") {
		t.Errorf("work = %v; want an error at step 2", err)
	}
}

func TestAServerWithoutSessionsIsFoundOut(t *testing.T) {
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write(page(1)) })
	if err := workerFor(t, bare, pageKind).work(time.Time{}, 1); err == nil {
		t.Error("a page without a cookie was taken for a step")
	}
}

func TestPagesHaveOneSizeAndTheirCounter(t *testing.T) {
	for _, n := range []int64{1, 42, 999999999} {
		p := page(n)
		if len(p) != pageBytes || !shows(p, int(n)) || shows(p, int(n)+1) {
			t.Errorf("page(%d) is %d bytes: %.200s", n, len(p), p)
		}
		if other := fmt.Sprintf(pageTemplate(), n); !bytes.Equal(p, []byte(other)) {
			t.Errorf("the template gives %.200s; want %.200s", other, p)
		}
	}
}

func TestCPUTimeGrowsWithWork(t *testing.T) {
	before, err := cpuTime(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for i := range 100_000_000 {
		sum += i % 7
	}
	after, err := cpuTime(os.Getpid())
	if err != nil || after-before < time.Millisecond {
		t.Errorf("100 million additions took %v of CPU time, %v (%d)", after-before, err, sum)
	}
}
