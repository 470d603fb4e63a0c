package main

import (
	"errors"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// F-05: a server that is stopped under load finishes what it began, and finds its
// sessions again where they outlive it.
func TestARestartUnderLoadFailsNoRequestAndKeepsSessions(t *testing.T) {
	const workers, enough = 4, 100
	flags := []string{"--data", t.TempDir(), "--burst", "100000", "--rate", "100000"}
	p := start(t, flags...)
	kept, lost := visit(t, p.url), visit(t, p.url)
	lost.want(200, "/en/lab/settings", "store", "memory")
	cookies := map[*visitor]string{}
	for _, v := range []*visitor{kept, lost} {
		if cookies[v] = set(p.url+v.app, "", "start", "0").cookie; cookies[v] == "" {
			t.Fatal("no session to keep")
		}
	}
	var answered atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				status, err := me(p.url+kept.app, cookies[kept])
				if errors.Is(err, errStopped) {
					return
				}
				if err != nil {
					t.Errorf("a request while the server stops: %v", err)
					return
				}
				if status != 401 { // nobody is logged in
					t.Errorf("a request while the server stops = %d", status)
				}
				if answered.Add(1) == enough {
					if err := p.Process.Signal(syscall.SIGTERM); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	if err := p.Wait(); err != nil {
		t.Errorf("the server ends with %v; want exit 0", err)
	}
	p = start(t, flags...)
	if a := set(p.url+kept.app, cookies[kept], "end", "1"); a.err != nil || a.session["start"] != "0" {
		t.Errorf("the session in SQLite has %v, %v after the restart; want what it had", a.session, a.err)
	}
	if a := set(p.url+lost.app, cookies[lost], "end", "1"); a.err != nil || a.session["start"] != "" {
		t.Errorf("the session in memory has %v, %v after the restart; want a fresh one", a.session, a.err)
	}
}

// me asks who is logged in, on a connection of its own.
func me(app, cookie string) (status int, err error) {
	req, err := http.NewRequest("GET", app+"me", nil)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Cookie", cookie)
	req.Close = true
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		// A connection may be taken just before nobody listens: no request was read
		// from it. That one that was is answered, another test shows.
		if errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.EOF) {
			return 0, errStopped
		}
		return 0, err
	}
	res.Body.Close()
	return res.StatusCode, nil
}

var errStopped = errors.New("nobody listens any more")
