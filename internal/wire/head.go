package wire

import (
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
)

// Head is the head of an HTTP/1.1 request as the client sent it (RFC 9112
// sections 3 and 5).
type Head struct {
	// Line is the request line without its line end.
	Line string
	// Headers holds the name and value of each header line, in the order,
	// case and number they were sent. White space around a value is removed;
	// a value folded over several lines is joined by single spaces.
	Headers [][2]string
}

// matches reports whether h can be the head of r.
func (h *Head) matches(r *http.Request) bool {
	line, ok := strings.CutPrefix(h.Line, r.Method)
	if !ok {
		return false
	}
	line, ok = strings.CutPrefix(line, " ")
	if !ok {
		return false
	}
	line, ok = strings.CutPrefix(line, r.RequestURI)
	return ok && len(line) > 0 && line[0] == ' ' && line[1:] == r.Proto
}

// framing tells how much body follows a head.
type framing struct {
	chunked bool
	length  uint64 // bytes, unless chunked
}

// parseHead parses a head, blank line included. It reports false for any head
// whose framing is not certain; net/http answers each of those with an error
// and closes the connection. It does not repeat the checks of net/http that
// have no bearing on the framing.
func parseHead(raw string) (*Head, framing, bool) {
	line, rest := cutLine(raw)
	minor, ok := minorVersion(line)
	if !ok {
		return nil, framing{}, false
	}
	h := &Head{Line: line}
	if n := strings.Count(rest, "\n") - 1; n > 0 {
		h.Headers = make([][2]string, 0, n)
	}
	for {
		line, rest = cutLine(rest)
		if line == "" {
			break
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || isSpace(name) {
			return nil, framing{}, false
		}
		value = trimSpace(value)
		if isSpace(rest) {
			value, rest = unfold(value, rest)
		}
		h.Headers = append(h.Headers, [2]string{name, value})
	}
	f, ok := h.framing(minor)
	return h, f, ok
}

// unfold joins to value the continuation lines that rest starts with.
func unfold(value, rest string) (string, string) {
	var b strings.Builder
	b.WriteString(value)
	for isSpace(rest) {
		var line string
		if line, rest = cutLine(rest); b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(trimSpace(line))
	}
	return b.String(), rest
}

// framing applies RFC 9112 section 6.3 as net/http does: one Transfer-Encoding
// that is exactly "chunked", ignored in HTTP/1.0; repeated Content-Length only
// if they agree.
func (h *Head) framing(minor byte) (f framing, ok bool) {
	var length string
	var lengths, codings int
	for _, kv := range h.Headers {
		switch name := kv[0]; {
		case isName(name, "Content-Length"):
			value := textproto.TrimString(kv[1])
			if lengths++; lengths > 1 && value != length {
				return f, false
			}
			length = value
		case isName(name, "Transfer-Encoding") && minor > '0':
			if codings++; codings > 1 || !isName(kv[1], "chunked") {
				return f, false
			}
			f.chunked = true
		}
	}
	if lengths > 0 {
		n, err := strconv.ParseUint(length, 10, 63)
		if err != nil {
			return f, false
		}
		f.length = n
	}
	return f, true
}

// minorVersion returns the digit after "HTTP/1." in a request line.
func minorVersion(line string) (byte, bool) {
	_, line, _ = strings.Cut(line, " ")
	_, proto, _ := strings.Cut(line, " ")
	digit, ok := strings.CutPrefix(proto, "HTTP/1.")
	if !ok || len(digit) != 1 || digit[0] < '0' || digit[0] > '9' {
		return 0, false
	}
	return digit[0], true
}

// cutLine splits s after its first line and removes the line end, CRLF or LF.
func cutLine(s string) (line, rest string) {
	line, rest, _ = strings.Cut(s, "\n")
	return strings.TrimSuffix(line, "\r"), rest
}

// isName reports whether s is name but for ASCII case. Comparing the lengths
// rules out the non-ASCII letters that fold to ASCII ones.
func isName(s, name string) bool { return len(s) == len(name) && strings.EqualFold(s, name) }

// isSpace reports whether s starts with optional white space (RFC 9110 section
// 5.6.3).
func isSpace(s string) bool { return s != "" && (s[0] == ' ' || s[0] == '\t') }

// trimSpace removes optional white space from both ends of s.
func trimSpace(s string) string {
	for isSpace(s) {
		s = s[1:]
	}
	for s != "" && isSpace(s[len(s)-1:]) {
		s = s[:len(s)-1]
	}
	return s
}
