package e2e

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A tourSite is the website of the tour: it sets what it is told to, and notes what it
// is sent. It has the names 127.0.0.1 and localhost, which are two sites to a browser.
type tourSite struct {
	url, port string

	mu       sync.Mutex
	expected []tourStep
	got      map[int]string // Cookie headers, by the number of the request
}

func newTourSite(t testing.TB) *tourSite {
	t.Helper()
	s := &tourSite{got: make(map[int]string)}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.url = server.URL
	s.port = s.url[strings.LastIndexByte(s.url, ':'):]
	return s
}

// expect returns the address to be asked for by the next request.
func (s *tourSite) expect(next tourStep) (address string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expected = append(s.expected, next)
	n = len(s.expected) - 1
	u, err := url.Parse(next.At)
	if err != nil {
		panic(err)
	}
	u.Host += s.port
	u.RawQuery = "n=" + strconv.Itoa(n)
	return u.String(), n
}

// sent returns the Cookie header of a request that was answered.
func (s *tourSite) sent(t testing.TB, n int) string {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	header, asked := s.got[n]
	if !asked {
		t.Fatalf("%s: nobody asked for it", s.expected[n].At)
	}
	return header
}

// elsewhere is the address of a page of the other name that leads to an address.
func (s *tourSite) elsewhere(to tourStep, address string) string {
	host := "localhost"
	if strings.HasPrefix(to.At, "http://localhost/") {
		host = "127.0.0.1"
	}
	return "http://" + host + s.port + "/elsewhere?" + url.Values{"to": {address}, "method": {to.Method}}.Encode()
}

func (s *tourSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header()["Date"] = nil // by which browsers would correct the dates of cookies
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	to := html.EscapeString(r.FormValue("to"))
	switch {
	case r.URL.Path == "/favicon.ico":
	case r.URL.Path == "/elsewhere" && r.FormValue("method") == http.MethodPost:
		fmt.Fprintf(w, `<!doctype html><title>Elsewhere</title><form method="post" action="%s"></form>`, to)
	case r.URL.Path == "/elsewhere":
		fmt.Fprintf(w, `<!doctype html><title>Elsewhere</title><a href="%s">Go</a>`, to)
	default:
		s.answer(w, r)
	}
}

func (s *tourSite) answer(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := strconv.Atoi(r.URL.Query().Get("n"))
	if err != nil || n >= len(s.expected) {
		http.NotFound(w, r)
		return
	}
	s.got[n] = strings.Join(r.Header["Cookie"], "; ")
	for _, line := range s.expected[n].Set {
		w.Header().Add("Set-Cookie", expandTour(line, time.Now()))
	}
	fmt.Fprint(w, `<!doctype html><title>Tour</title>`)
}

var tourWord = regexp.MustCompile(`\{(.+?)\*(\d+)\}|\{\+(\d+)\}`)

// expandTour writes a line out: {x*3} is xxx, {+60} the date in a minute.
func expandTour(line string, now time.Time) string {
	return tourWord.ReplaceAllStringFunc(line, func(word string) string {
		m := tourWord.FindStringSubmatch(word)
		if m[3] != "" {
			seconds, _ := strconv.Atoi(m[3]) // the expression has digits alone
			return now.UTC().Add(time.Duration(seconds) * time.Second).Format(http.TimeFormat)
		}
		times, _ := strconv.Atoi(m[2])
		return strings.Repeat(m[1], times)
	})
}
