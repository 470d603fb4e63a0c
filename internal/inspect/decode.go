package inspect

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/sessionlab/sessionlab/internal/escape"
)

var errTooBig = errors.New("unpacks to too much")

// inflate unpacks zlib data of at most MaxUnpacked bytes.
func inflate(data []byte) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	var out bytes.Buffer
	if _, err := out.ReadFrom(io.LimitReader(z, MaxUnpacked+1)); err != nil {
		return nil, err
	}
	if out.Len() > MaxUnpacked {
		return nil, errTooBig
	}
	return out.Bytes(), nil
}

// urlText reads base64url without padding, as itsdangerous, Django and JWT write
// it. Nothing but its own alphabet is let through.
func urlText(s string) ([]byte, bool) {
	if strings.ContainsAny(s, "\r\n") {
		return nil, false
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	return b, err == nil
}

// lowerHex reads hexadecimal as libraries write it: they compare it as text, where
// capitals would not do.
func lowerHex(s string) ([]byte, bool) {
	b, err := hex.DecodeString(s)
	return b, err == nil && s == strings.ToLower(s)
}

// anyBase64 reads either alphabet, with padding or without, and line feeds as
// Ruby writes them.
func anyBase64(s string) ([]byte, bool) {
	s = strings.TrimRight(strings.ReplaceAll(s, "\n", ""), "=")
	if s == "" || strings.Contains(s, "\r") {
		return nil, false
	}
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(s, "-_") {
		encoding = base64.RawURLEncoding
	}
	b, err := encoding.DecodeString(s)
	return b, err == nil
}

// unpack reads a payload of itsdangerous or Django: base64url, with a dot in
// front of what is compressed.
func unpack(s string) ([]byte, error) {
	packed, compressed := strings.CutPrefix(s, ".")
	b, ok := urlText(packed)
	switch {
	case !ok || len(b) == 0:
		return nil, errors.New("not base64url")
	case compressed:
		return inflate(b)
	}
	return b, nil
}

// jsonOf returns text as it is if it is JSON, or nil.
func jsonOf(text []byte) json.RawMessage {
	if len(text) > MaxUnpacked || depth(text) > MaxDepth || !utf8.Valid(text) || !json.Valid(text) {
		return nil
	}
	return text
}

// depth says how deep JSON nests.
func depth(text []byte) (most int) {
	now, inside := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inside && c == '\\':
			i++
		case c == '"':
			inside = !inside
		case inside:
		case c == '[' || c == '{':
			now++
			most = max(most, now)
		case c == ']' || c == '}':
			now--
		}
	}
	return most
}

// quoted returns text as a JSON string.
func quoted(text []byte) json.RawMessage { return appendString(nil, text) }

// appendString appends a JSON string; bytes that are no UTF-8 become \xNN.
func appendString(out, text []byte) []byte {
	b, err := json.Marshal(escape.Octets(string(text)))
	if err != nil {
		panic(err) // a string has a JSON
	}
	return append(out, b...)
}

// octets reports whether a cookie's value can hold a text as it is (RFC 6265,
// section 4.1.1): no space, no quote, comma, semicolon or backslash, nothing beyond
// ASCII. Programs escape or quote what has these.
func octets(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c > '~' || strings.IndexByte(`",;\`, c) >= 0 {
			return false
		}
	}
	return true
}

// textOf returns bytes as JSON: as it is if it is JSON, as a string if it can be
// read, nil otherwise.
func textOf(data []byte) json.RawMessage {
	if p := jsonOf(data); p != nil {
		return p
	}
	if readable(data) {
		return quoted(data)
	}
	return nil
}

// isObject reports whether JSON is an object.
func isObject(text json.RawMessage) bool {
	return bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte("{"))
}

// readable reports whether bytes are text that a person can read.
func readable(b []byte) bool {
	if !utf8.Valid(b) {
		return false
	}
	for _, r := range string(b) {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return false
		}
	}
	return true
}

// cutLast divides s at the last sep.
func cutLast(s string, sep byte) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}
