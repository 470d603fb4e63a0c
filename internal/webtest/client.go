package webtest

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
)

// A Client is a browser or another program with a jar of its own. It does not
// follow redirects, nor ask for compression on its own. It is safe for concurrent use,
// unless its fields are changed.
type Client struct {
	Header http.Header // sent with each request
	Jar    http.CookieJar

	t         testing.TB
	base      string
	transport *http.Transport
}

// Client returns a client with an empty jar that asks for JSON.
func (s *Server) Client(t testing.TB) *Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Client{Header: http.Header{"Accept": {"application/json"}}, Jar: jar, t: t, base: s.URL, transport: s.transport}
}

// Browser returns a client that asks for pages, as browsers do.
func (s *Server) Browser(t testing.TB) *Client {
	c := s.Client(t)
	c.Header = http.Header{
		"Accept":          {"text/html,application/xhtml+xml,*/*;q=0.8"},
		"Accept-Language": {"en"},
		"User-Agent":      {"Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/153.0"},
	}
	return c
}

// With returns a client of the same jar that sends one more header.
func (c *Client) With(name, value string) *Client {
	other := *c
	other.Header = maps.Clone(c.Header)
	other.Header.Set(name, value)
	return &other
}

// Get requests path.
func (c *Client) Get(path string) *Answer {
	c.t.Helper()
	return c.Do("GET", path, "")
}

// Post sends a form of names and values.
func (c *Client) Post(path string, pairs ...string) *Answer {
	c.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return c.With("Content-Type", "application/x-www-form-urlencoded").Do("POST", path, form.Encode())
}

// Do sends a request and reads the answer.
func (c *Client) Do(method, path, body string) *Answer {
	c.t.Helper()
	req, err := http.NewRequest(method, c.base+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	maps.Copy(req.Header, c.Header)
	if host := c.Header.Get("Host"); host != "" {
		req.Host = host
	}
	one := http.Client{
		Transport: c.transport, Jar: c.Jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	res, err := one.Do(req)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatalf("%s %s: read the answer: %v", method, path, err)
	}
	return &Answer{Request: method + " " + path, Status: res.StatusCode, Header: res.Header, Body: string(data), t: c.t}
}

// Cookie returns the value that the jar would send under a name to path, or "".
func (c *Client) Cookie(name, path string) string {
	c.t.Helper()
	u, err := url.Parse(c.base + path)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, cookie := range c.Jar.Cookies(u) {
		if cookie.Name == name {
			return cookie.Value
		}
	}
	return ""
}

// An Answer is a response that was read to its end.
type Answer struct {
	Request string // for messages
	Status  int
	Header  http.Header
	Body    string

	t testing.TB
}

// Want fails the test unless the answer has that status, and returns the answer.
func (a *Answer) Want(status int) *Answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("%s = %d %.300s; want %d", a.Request, a.Status, a.Body, status)
	}
	return a
}

// JSON decodes the body into v.
func (a *Answer) JSON(v any) {
	a.t.Helper()
	if kind := a.Header.Get("Content-Type"); kind != "application/json" {
		a.t.Fatalf("%s: Content-Type is %q; want application/json: %.300s", a.Request, kind, a.Body)
	}
	if err := json.Unmarshal([]byte(a.Body), v); err != nil {
		a.t.Fatalf("%s: %v in %.300s", a.Request, err, a.Body)
	}
}

// SetCookie returns the Set-Cookie line for a name, or "".
func (a *Answer) SetCookie(name string) string {
	line := ""
	for _, l := range a.Header["Set-Cookie"] {
		if strings.HasPrefix(l, name+"=") {
			line = l
		}
	}
	return line
}
