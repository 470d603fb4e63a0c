package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

const kB = 1000

// traffic adds up what a tab receives, headers included.
type traffic struct {
	mu   sync.Mutex
	urls map[network.RequestID]string
	size map[string]float64 // by URL
}

func (r *traffic) see(event any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		r.urls[e.RequestID] = e.Request.URL
	case *network.EventLoadingFinished:
		if e.EncodedDataLength > 0 { // else it came from the cache
			r.size[r.urls[e.RequestID]] += e.EncodedDataLength
		}
	}
}

// take returns what was received since it was last asked.
func (r *traffic) take() (all, fonts float64, urls []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for u, n := range r.size {
		all += n
		if strings.HasSuffix(u, ".woff2") {
			fonts += n
		}
		urls = append(urls, fmt.Sprintf("%s %.0f", u, n))
	}
	clear(r.size)
	return all, fonts, urls
}

func TestAVisitIsLight(t *testing.T) {
	t.Parallel()
	p := chromium.page(t, startApp(t).URL, View{ReducedMotion: true})
	seen := &traffic{urls: make(map[network.RequestID]string), size: make(map[string]float64)}
	if err := chromedp.Listen(p.tab.(*chromiumTab).ctx, seen.see); err != nil {
		t.Fatal(err)
	}
	const quiet = `document.fonts.status === "loaded" && document.readyState === "complete"`
	p.Go("/en/lab")
	p.Await(quiet)
	all, fonts, urls := seen.take()
	t.Logf("first visit: %.1f kB, %.1f kB of them fonts", all/kB, fonts/kB)
	if all > 150*kB || all-fonts > 60*kB || fonts == 0 {
		t.Errorf("the first visit receives %.1f kB, %.1f kB without fonts; want at most 150 and 60:\n%s", all/kB, (all-fonts)/kB, strings.Join(urls, "\n"))
	}

	b := &Bench{Page: p, lang: "en"}
	b.Login("momo", "123")
	b.Set("colour", "teal")
	p.Await(quiet)
	if all, fonts, urls := seen.take(); fonts > 0 || all > 40*kB {
		t.Errorf("two steps receive %v; want their pages alone", urls)
	}

	p.Go("/en/lab")
	p.Await(quiet)
	if all, _, urls := seen.take(); len(urls) != 1 || all > 15*kB {
		t.Errorf("a repeat visit receives %v; want the page alone", urls)
	}
}

func TestThePageOfAStepIsLight(t *testing.T) {
	t.Parallel()
	b := chromium.sit(t, startApp(t), View{ReducedMotion: true})
	b.Login("momo", "123")
	seat, session := b.Jar()["seat"], b.Jar()["session"]
	send := func(method, address, accept, body string) []byte {
		t.Helper()
		req, err := http.NewRequest(method, address, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header = http.Header{
			"User-Agent": {"Mozilla/5.0"}, "Accept": {accept}, "Accept-Encoding": {"gzip"},
			"Content-Type": {"application/x-www-form-urlencoded"},
			"Cookie":       {"seat=" + seat.Value + "; session=" + session.Value},
		}
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		page, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode >= 400 {
			t.Fatalf("%s %s: %s, %v", method, address, res.Status, err)
		}
		return page
	}
	for n := 2; n <= 100; n++ {
		form := url.Values{"key": {fmt.Sprint("key", n%7)}, "value": {fmt.Sprint("value ", n)}}
		if n%3 == 0 {
			send(http.MethodGet, b.Address+"get?key=key1", "application/json", "")
		} else {
			send(http.MethodPost, b.Address+"set", "application/json", form.Encode())
		}
	}
	for _, path := range []string{"/en/lab?step=100", "/zh/lab?step=100", "/en/lab?step=1", "/en/lab?step=51"} {
		page := send(http.MethodGet, b.base+path, "text/html", "")
		t.Logf("%s: %.1f kB", path, float64(len(page))/kB)
		if len(page) > 10*kB {
			t.Errorf("%s with 100 steps is %.1f kB gzipped; want at most 10", path, float64(len(page))/kB)
		}
	}
}
