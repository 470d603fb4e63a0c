package systemtest

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

// A liveStream is what a page that is open hears of its bench.
type liveStream struct {
	t     *testing.T
	lines *bufio.Scanner
	close func()
}

// live opens the stream of the visitor's bench, as a browser does that has heard of
// steps up to after.
func (v *visitor) live(after string) *liveStream {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	v.t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, "GET", v.base+"/en/lab/live", nil)
	check(v.t, err)
	req.Header.Set("Accept", "text/event-stream")
	req.Header.Set("Accept-Encoding", "gzip, br, zstd") // so that what compresses may
	if after != "" {
		req.Header.Set("Last-Event-ID", after)
	}
	res, err := v.Do(req)
	check(v.t, err)
	v.t.Cleanup(func() { res.Body.Close() })
	if res.StatusCode != 200 || res.Header.Get("Content-Encoding") != "" {
		v.t.Fatalf("the stream is %s, encoded %q", res.Status, res.Header.Get("Content-Encoding"))
	}
	return &liveStream{v.t, bufio.NewScanner(res.Body), cancel}
}

// await reads up to a line, which must come while the stream is open.
func (s *liveStream) await(want string) {
	s.t.Helper()
	for s.lines.Scan() {
		if s.lines.Text() == want {
			return
		}
	}
	s.t.Fatalf("the stream ended before %q: %v", want, s.lines.Err())
}

func TestLiveStepsComeThroughAProxyWhileTheStreamIsOpen(t *testing.T) {
	behind(t, func(t *testing.T, f front) {
		p := start(t, "--data", t.TempDir())
		v := visit(t, f.before(t, p).URL)
		s := v.live("")
		s.await(": open") // before there is a step
		for _, step := range []string{"1", "2"} {
			v.want(200, v.app+"set", "key", "n", "value", step)
			s.await("data: " + step)
		}
	})
}

// F-07 behind a proxy: the program knows of a page that goes only by its proxy.
func TestAStreamEndsBehindAProxyWithItsPage(t *testing.T) {
	behind(t, func(t *testing.T, f front) {
		metrics := freeAddr(t)
		p := start(t, "--data", t.TempDir(), "--metrics", metrics)
		proxy := f.before(t, p)
		v := visit(t, proxy.URL)
		streams := func(n string) {
			t.Helper()
			eventually(t, n+" streams are open", func() bool {
				return strings.Contains(body(t, "http://"+metrics+"/metrics"), "\nsessionlab_live_streams "+n+"\n")
			})
		}
		first, second := v.live(""), v.live("")
		first.await(": open")
		second.await(": open")
		streams("2")
		first.close()
		streams("1")
		check(t, proxy.Kill())
		streams("0")
	})
}

func TestAPageCatchesUpWhenItsProxyIsBack(t *testing.T) {
	behind(t, func(t *testing.T, f front) {
		p := start(t, "--data", t.TempDir())
		proxy := f.before(t, p)
		v := visit(t, proxy.URL)
		s := v.live("")
		v.want(200, v.app+"set", "key", "n", "value", "1")
		s.await("data: 1")
		check(t, proxy.Kill())
		for s.lines.Scan() {
		}
		direct := &visitor{t: t, Client: &http.Client{}, base: p.url}
		direct.want(200, v.app+"set", "key", "n", "value", "2")
		check(t, proxy.Start())
		v.live("1").await("data: 2")
	})
}

// F-03 behind a proxy: it answers for a program that died, and goes on with the next
// one by itself.
func TestAProxyAnswersForAKilledProgramAndRecovers(t *testing.T) {
	behind(t, func(t *testing.T, f front) {
		flags := []string{"--data", t.TempDir(), "--addr", freeAddr(t)}
		p := start(t, flags...)
		v := visit(t, f.before(t, p).URL)
		v.want(200, v.app+"login", "uname", "momo", "pwd", "123")
		s := v.live("1")
		s.await(": open")
		check(t, p.Process.Kill())
		_ = p.Wait()
		for s.lines.Scan() { // it ends for the page, too
		}
		if status := get(t, v.Client, v.base+v.app+"me"); status != http.StatusBadGateway {
			t.Errorf("without the program the proxy answers %d; want 502", status)
		}
		start(t, flags...)
		res, err := v.Get(v.base + v.app + "me")
		check(t, err)
		defer res.Body.Close()
		page, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != 200 || !strings.Contains(string(page), "momo") {
			t.Errorf("with the next one it answers %s %q, %v; want 200 and the session", res.Status, page, err)
		}
		v.live("1").await("data: 2")
	})
}
