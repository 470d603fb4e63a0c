// Package har writes recorded steps as an HTTP Archive 1.2, which the network
// panel of a browser opens.
package har

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// pageID is the id of the page that steps belong to. Some programs read no archive
// without one.
const pageID = "bench"

// A Run is a run of an experiment: its steps have a page of their own in an archive.
type Run struct {
	N       int // as its steps have it
	Title   string
	Started time.Time
}

func (r Run) id() string { return fmt.Sprintf("run-%d", r.N) }

// Write writes the steps as one archive, each as it comes: no more than one is held
// at a time. Origin is the scheme://host that the requests were sent to. An error of
// steps ends the archive where it is. Runs are those that steps may be part of.
func Write(w io.Writer, origin, version string, runs []Run, steps iter.Seq2[*step.Step, error]) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	n, pages := 0, make(map[int]string, len(runs))
	for _, r := range runs {
		pages[r.N] = r.id()
	}
	for s, err := range steps {
		if err != nil {
			return fmt.Errorf("har: %w", err)
		}
		if s.Broken != "" {
			continue // nobody knows what was sent
		}
		before := ",\n"
		if n++; n == 1 {
			if before, err = head(version, pagesOf(s, runs)...); err != nil {
				return err
			}
		}
		if _, err := io.WriteString(w, before); err != nil {
			return err
		}
		if err := enc.Encode(entryOf(s, origin, cmp.Or(pages[s.Run], pageID))); err != nil {
			return err
		}
	}
	tail := "]}}\n"
	if n == 0 {
		before, err := head(version)
		if err != nil {
			return err
		}
		tail = before + tail
	}
	_, err := io.WriteString(w, tail)
	return err
}

// pagesOf are the pages of an archive whose first step is s.
func pagesOf(s *step.Step, runs []Run) []page {
	all := []page{{StartedDateTime: s.RealTime(), ID: pageID, Title: "Session Lab"}}
	for _, r := range runs {
		all = append(all, page{StartedDateTime: r.Started, ID: r.id(), Title: "Session Lab · " + r.Title})
	}
	return all
}

// head is an archive up to its first entry.
func head(version string, pages ...page) (string, error) {
	about, err := json.Marshal(creator{Name: "Session Lab", Version: version})
	if err != nil {
		return "", err
	}
	list, err := json.Marshal(append([]page{}, pages...))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`{"log": {"version": "1.2", "creator": %s, "pages": %s, "entries": [`+"\n", about, list), nil
}

type creator struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type page struct {
	StartedDateTime time.Time `json:"startedDateTime"`
	ID              string    `json:"id"`
	Title           string    `json:"title"`
	PageTimings     struct{}  `json:"pageTimings"`
}

type entry struct {
	Pageref         string    `json:"pageref"`
	StartedDateTime time.Time `json:"startedDateTime"`
	Time            float64   `json:"time"` // milliseconds
	Request         request   `json:"request"`
	Response        response  `json:"response"`
	Cache           struct{}  `json:"cache"`
	Timings         timings   `json:"timings"`
	Comment         string    `json:"comment,omitempty"`
	// Ahead is how far the clock of the app's server had been moved. StartedDateTime
	// is real time all the same, as is the response's Date header: it says when the
	// request was on the wire, and orders the entries.
	Ahead step.Ahead `json:"_ahead,omitzero"`
}

type timings struct {
	Send    float64 `json:"send"`
	Wait    float64 `json:"wait"`
	Receive float64 `json:"receive"`
}

type request struct {
	Method      string    `json:"method"`
	URL         string    `json:"url"`
	HTTPVersion string    `json:"httpVersion"`
	Cookies     []cookie  `json:"cookies"`
	Headers     []pair    `json:"headers"`
	QueryString []pair    `json:"queryString"`
	PostData    *postData `json:"postData,omitempty"`
	HeadersSize int       `json:"headersSize"` // -1: not known
	BodySize    int       `json:"bodySize"`
}

type response struct {
	Status      int      `json:"status"`
	StatusText  string   `json:"statusText"`
	HTTPVersion string   `json:"httpVersion"`
	Cookies     []cookie `json:"cookies"`
	Headers     []pair   `json:"headers"`
	Content     content  `json:"content"`
	RedirectURL string   `json:"redirectURL"`
	HeadersSize int      `json:"headersSize"`
	BodySize    int      `json:"bodySize"`
}

type pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type cookie struct {
	Name     string `json:"name"`
	Value    string `json:"value"`
	Path     string `json:"path,omitempty"`
	Domain   string `json:"domain,omitempty"`
	Expires  string `json:"expires,omitempty"`
	HTTPOnly bool   `json:"httpOnly,omitempty"`
	Secure   bool   `json:"secure,omitempty"`
}

type postData struct {
	MimeType string `json:"mimeType"`
	Params   []pair `json:"params"`
	Text     string `json:"text"`
}

type content struct {
	Size     int    `json:"size"`
	MimeType string `json:"mimeType"`
	Text     string `json:"text"`
}

func entryOf(s *step.Step, origin, page string) entry {
	var took float64
	if n := len(s.Events); n > 0 {
		took = float64(s.Events[n-1].Micros) / 1000
	}
	return entry{
		Pageref:         page,
		StartedDateTime: s.RealTime(),
		Time:            took,
		Request:         requestOf(s.Request, origin),
		Response:        responseOf(s),
		Timings:         timings{Wait: took},
		Comment:         comment(s),
		Ahead:           s.Ahead,
	}
}

func requestOf(r step.Request, origin string) request {
	out := request{
		Method: r.Method, URL: origin + r.Target(), HTTPVersion: r.Proto,
		Cookies: []cookie{}, Headers: pairsOf(r.Headers), QueryString: []pair{},
		HeadersSize: -1, BodySize: len(r.Body) + int(r.Unread),
	}
	for _, h := range r.Headers {
		if strings.EqualFold(h[0], "Cookie") {
			for part := range strings.SplitSeq(h[1], ";") {
				name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
				out.Cookies = append(out.Cookies, cookie{Name: name, Value: value})
			}
		}
	}
	if _, query, ok := strings.Cut(r.Path, "?"); ok {
		out.QueryString = formOf(query)
	}
	if r.Body != "" {
		out.PostData = &postData{MimeType: header(r.Headers, "Content-Type"), Text: r.Body, Params: []pair{}}
		if kind, _, _ := mime.ParseMediaType(out.PostData.MimeType); kind == "application/x-www-form-urlencoded" {
			out.PostData.Params = formOf(r.Body)
		}
	}
	return out
}

func responseOf(s *step.Step) response {
	r := s.Response
	out := response{
		Status: r.Status, StatusText: http.StatusText(r.Status), HTTPVersion: s.Request.Proto,
		Cookies: []cookie{}, Headers: pairsOf(r.Headers),
		Content:     content{Size: len(r.Body), MimeType: header(r.Headers, "Content-Type"), Text: r.Body},
		RedirectURL: header(r.Headers, "Location"), HeadersSize: -1, BodySize: len(r.Body),
	}
	for _, h := range r.Headers {
		if !strings.EqualFold(h[0], "Set-Cookie") {
			continue
		}
		if c, err := http.ParseSetCookie(h[1]); err == nil {
			out.Cookies = append(out.Cookies, setCookie(c))
		}
	}
	return out
}

func setCookie(c *http.Cookie) cookie {
	out := cookie{Name: c.Name, Value: c.Value, Path: c.Path, Domain: c.Domain, HTTPOnly: c.HttpOnly, Secure: c.Secure}
	if !c.Expires.IsZero() {
		out.Expires = c.Expires.UTC().Format(time.RFC3339)
	}
	return out
}

func pairsOf(headers [][2]string) []pair {
	list := make([]pair, len(headers))
	for i, h := range headers {
		list[i] = pair{h[0], h[1]}
	}
	return list
}

// formOf keeps the order of the fields, which url.ParseQuery does not.
func formOf(text string) []pair {
	list := []pair{}
	for field := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(field, "=")
		name, err1 := url.QueryUnescape(name)
		value, err2 := url.QueryUnescape(value)
		if field != "" && err1 == nil && err2 == nil {
			list = append(list, pair{name, value})
		}
	}
	return list
}

func header(headers [][2]string, name string) string {
	for _, h := range headers {
		if strings.EqualFold(h[0], name) {
			return h[1]
		}
	}
	return ""
}

// comment is the operation of a step, and which virtual browser sent it.
func comment(s *step.Step) string {
	if s.Client != step.ClientVirtual {
		return string(s.Op)
	}
	return strings.TrimSpace(string(s.Op) + " by " + s.BrowserName + " (simulated browser)")
}
