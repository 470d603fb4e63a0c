package wire

import (
	"io"
	"net/http"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxDrain is how much of an unread request body, in bytes, net/http reads to
// keep a connection open.
const maxDrain = 256 << 10

// ResponseHeaders returns the header lines net/http writes for h, in its order
// and spelling: names sorted, the values of one name in the order they were
// added, line breaks in values replaced by spaces, invalid names left out. It
// adds nothing that is not in h; see [Finalize].
func ResponseHeaders(h http.Header) [][2]string {
	names := make([]string, 0, len(h))
	lines := 0
	for name, values := range h {
		if isToken(name) {
			names = append(names, name)
			lines += len(values)
		}
	}
	slices.Sort(names)
	list := make([][2]string, 0, lines)
	for _, name := range names {
		for _, value := range h[name] {
			list = append(list, [2]string{name, fieldValue(value)})
		}
	}
	return list
}

// Finalize puts into the header map of w all that net/http would add by itself,
// so that nothing about the response head is left open, and returns its header
// lines as net/http will write them. Call it right before w.WriteHeader(status)
// and change no header after it. The handler must write exactly bodyLen bytes
// in the end; in response to HEAD bodyLen is what GET would have written, and a
// status without a body (204, 304) ignores it. Informational statuses are not
// supported.
//
// It sets Date to now if there is none, sets Content-Length, and settles
// Connection: "close" where net/http closes, "keep-alive" for an HTTP/1.0 client
// that asked for it, else nothing. Content-Type is the handler's to set; there
// is no sniffing. To know whether the connection can stay open Finalize reads
// what is left of the request body, as net/http would at this point; after
// "Expect: 100-continue" it closes instead, because reading would invite the
// client to send the body.
//
// One case is out of its sight: while the server shuts down or has keep-alives
// disabled, net/http writes "Connection: close" as the last line.
func Finalize(w http.ResponseWriter, r *http.Request, status, bodyLen int, now time.Time) [][2]string {
	h := w.Header()
	h.Del("Transfer-Encoding")
	switch {
	case status == http.StatusNotModified:
		h.Del("Content-Type")
		h.Del("Content-Length")
	case status == http.StatusNoContent:
		h.Del("Content-Length")
	default:
		h.Set("Content-Length", strconv.Itoa(bodyLen))
	}
	if _, ok := h["Content-Type"]; !ok {
		h["Content-Type"] = nil // present but empty: net/http does not sniff
	}
	if _, ok := h["Date"]; !ok {
		h.Set("Date", now.UTC().Format(http.TimeFormat))
	}
	settleConnection(h, r)
	return ResponseHeaders(h)
}

// settleConnection sets the Connection header of a response of known length.
func settleConnection(h http.Header, r *http.Request) {
	asked := r.Header.Get("Connection")
	keep10 := r.ProtoMajor == 1 && r.ProtoMinor == 0 && hasToken(asked, "keep-alive")
	closing := !keep10 && (!r.ProtoAtLeast(1, 1) || r.Close || hasToken(asked, "close"))
	closing = closing || h.Get("Connection") == "close" || !drain(r)
	switch _, set := h["Connection"]; {
	case closing && hasToken(h.Get("Connection"), "close"):
		// The handler has said so.
	case closing && (r.ProtoAtLeast(1, 1) || keep10):
		h.Set("Connection", "close")
	case closing:
		h.Del("Connection") // closing is what HTTP/1.0 expects
	case keep10 && !set:
		h.Set("Connection", "keep-alive")
	}
}

// drain reads the rest of the request body and reports whether it came to the
// end, so that the connection can serve another request.
func drain(r *http.Request) bool {
	if r.ContentLength == 0 || r.Body == nil {
		return true
	}
	if r.ProtoAtLeast(1, 1) && hasToken(r.Header.Get("Expect"), "100-continue") {
		return false
	}
	_, err := io.CopyN(io.Discard, r.Body, maxDrain+1)
	return err == io.EOF
}

// fieldValue returns a header value as net/http writes it.
func fieldValue(s string) string {
	if strings.ContainsAny(s, "\r\n") {
		s = strings.NewReplacer("\r", " ", "\n", " ").Replace(s)
	}
	return textproto.TrimString(s)
}

// hasToken reports whether token, in lower case, is one of the words of a
// header value. Like net/http it takes white space for a separator too.
func hasToken(value, token string) bool {
	separator := func(r rune) bool { return r == ' ' || r == '\t' || r == ',' }
	for word := range strings.FieldsFuncSeq(value, separator) {
		if isName(word, token) {
			return true
		}
	}
	return false
}

// isToken reports whether s is a token (RFC 9110 section 5.6.2).
func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		alnum := '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !alnum && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return s != ""
}
