package browser_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"github.com/sessionlab/sessionlab/internal/browser"
	"github.com/sessionlab/sessionlab/internal/origin"
	"github.com/sessionlab/sessionlab/internal/wire"
)

// serve serves h to virtual browsers until the test ends.
func serve(t *testing.T, h http.HandlerFunc) *browser.Client {
	t.Helper()
	server := &http.Server{Handler: wire.Handler(origin.Handler(h)), ConnContext: origin.ConnContext(wire.ConnContext)}
	return served(t, server, browser.Listen())
}

// served has a server serve virtual browsers until the test ends.
func served(t *testing.T, server *http.Server, l *browser.Listener) *browser.Client {
	t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(wire.Listen(l)) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
		goleak.VerifyNone(t, goleak.IgnoreCurrent())
	})
	return browser.NewClient(l)
}

func address(t testing.TB, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestARequestCrossesTheWireAndSaysWhoSentItByItsConnection(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		head, ok := wire.Request(r)
		body, err := io.ReadAll(r.Body)
		if !ok || err != nil || string(body) != "a=b" || r.Host != "lab.example:8080" || r.Header.Get("Cookie") != "session=x" {
			t.Errorf("it got %v %v, %q, %v", ok, head, body, err)
		}
		if origin.Of(r.Context()) != "alice" || !origin.HTTPS(r.Context()) {
			t.Errorf("the origin is %q", origin.Of(r.Context()))
		}
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(http.StatusSeeOther)
		_, _ = io.WriteString(w, "gone")
	})
	res, err := c.Send(t.Context(), "alice", "session=x", browser.Request{Method: "POST", URL: address(t, "https://lab.example:8080/app/x/set"), Form: "a=b"})
	if err != nil || res.Status != http.StatusSeeOther || string(res.Body) != "gone" || res.Header.Get("Location") != "/elsewhere" {
		t.Errorf("the response is %+v, %v; want the redirect itself", res, err)
	}
}

func TestAResponseIsBounded(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for range 5 << 10 {
			if _, err := io.WriteString(w, strings.Repeat("x", 1<<10)); err != nil {
				return
			}
		}
	})
	_, err := c.Send(t.Context(), "alice", "", browser.Request{Method: "GET", URL: address(t, "http://lab/")})
	if !errors.Is(err, browser.ErrBodyTooLarge) {
		t.Errorf("Send = %v; want ErrBodyTooLarge", err)
	}
}

func TestARequestEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := c.Send(ctx, "alice", "", browser.Request{Method: "GET", URL: address(t, "http://lab/")})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Send = %v; want Canceled", err)
	}
}

func TestRequestsShareConnectionsYetEachSaysWhoSentIt(t *testing.T) {
	var opened atomic.Int32
	l := browser.Listen()
	server := &http.Server{ConnContext: origin.ConnContext(wire.ConnContext), Handler: wire.Handler(origin.Handler(http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, string(origin.Of(r.Context()))) })))}
	server.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	c := served(t, server, l)
	for range 3 {
		for _, id := range []string{"alice", "mallory"} {
			res, err := c.Send(t.Context(), id, "", browser.Request{Method: "POST", URL: address(t, "http://lab/"), Form: "a=b"})
			if err != nil || string(res.Body) != id {
				t.Fatalf("a request of %s: %+v, %v", id, res, err)
			}
		}
	}
	if got := opened.Load(); got != 1 {
		t.Errorf("six requests, one after another, took %d connections; want one", got)
	}
	var all sync.WaitGroup
	for n := range 200 {
		all.Go(func() {
			id := strconv.Itoa(n)
			res, err := c.Send(t.Context(), id, "", browser.Request{Method: "GET", URL: address(t, "http://lab/")})
			if err != nil || string(res.Body) != id {
				t.Errorf("a request of %s: %+v, %v", id, res, err)
			}
		})
	}
	all.Wait()
}

func TestAConnectionThatTheServerClosesIsNotUsedAgain(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Connection", "close") })
	for range 2 {
		if _, err := c.Send(t.Context(), "alice", "", browser.Request{Method: "GET", URL: address(t, "http://lab/")}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNoRequestHoldsAnother(t *testing.T) {
	c := serve(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("it got %v", r.Header) })
	site := address(t, "http://lab/")
	query := *site
	query.RawQuery = "key=a HTTP/1.1\r\nHost: lab\r\n\r\n"
	for _, tt := range []struct {
		r      browser.Request
		cookie string
	}{
		{browser.Request{Method: "GET", URL: &query}, ""},
		{browser.Request{Method: "GET", URL: site}, "a=b\r\nOrigin: elsewhere"},
		{browser.Request{Method: "GET", URL: site, Language: "en\n"}, ""},
	} {
		if _, err := c.Send(t.Context(), "alice", tt.cookie, tt.r); err == nil {
			t.Errorf("%+v was sent", tt.r)
		}
	}
}

func TestNobodyConnectsToAClosedListener(t *testing.T) {
	l := browser.Listen()
	for range 2 {
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	_, err := browser.NewClient(l).Send(t.Context(), "alice", "", browser.Request{Method: "GET", URL: address(t, "http://lab/")})
	if _, accepted := l.Accept(); !errors.Is(err, net.ErrClosed) || !errors.Is(accepted, net.ErrClosed) {
		t.Errorf("Send = %v, Accept = %v; want ErrClosed", err, accepted)
	}
}

func TestTheContextOfARequestIsWhatItSaysOnTheWire(t *testing.T) {
	site := address(t, "http://lab.example/app/")
	for _, tt := range []struct {
		r                  browser.Request
		origin, site, mode string
		sameSite           bool
	}{
		{browser.Request{Method: "GET", URL: site}, "", "same-origin", "cors", true},
		{browser.Request{Method: "POST", URL: site}, "http://lab.example", "same-origin", "cors", true},
		{browser.Request{Method: "GET", URL: site, Elsewhere: true}, "", "cross-site", "navigate", false},
		{browser.Request{Method: "POST", URL: site, Elsewhere: true}, "https://elsewhere.invalid", "cross-site", "navigate", false},
	} {
		var got http.Header
		c := serve(t, func(_ http.ResponseWriter, r *http.Request) { got = r.Header })
		if _, err := c.Send(t.Context(), "alice", "", tt.r); err != nil {
			t.Fatal(err)
		}
		if got.Get("Origin") != tt.origin || got.Get("Sec-Fetch-Site") != tt.site || got.Get("Sec-Fetch-Mode") != tt.mode {
			t.Errorf("%s, elsewhere %v: sent %v", tt.r.Method, tt.r.Elsewhere, got)
		}
		in := tt.r.Context()
		if in.TopLevelNavigation == tt.sameSite || (in.SiteForCookies == site) != tt.sameSite {
			t.Errorf("%s, elsewhere %v: the context is %+v", tt.r.Method, tt.r.Elsewhere, in)
		}
	}
}
