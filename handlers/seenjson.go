package handlers

import (
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
)

// seenJSON writes JSON in which every character can be seen: those that cannot,
// or that change how others are seen, are escaped. It is the same value to a
// program, and no riddle to whoever reads it.
type seenJSON struct{ echo.DefaultJSONSerializer }

// Serialize implements echo.JSONSerializer.
func (seenJSON) Serialize(c echo.Context, v any, indent string) error {
	enc := json.NewEncoder(seen{c.Response()})
	enc.SetIndent("", indent)
	return enc.Encode(v)
}

// seen is a Writer of JSON, in pieces that end between characters, as those of
// package json do. JSON has no characters beyond ASCII but in strings.
type seen struct{ io.Writer }

// Write implements io.Writer.
func (w seen) Write(p []byte) (int, error) {
	var b []byte // of p, once there is something to escape
	done := 0
	for i := 0; i < len(p); {
		if ' ' <= p[i] && p[i] <= '~' || p[i] == '\n' {
			i++
			continue
		}
		r, size := utf8.DecodeRune(p[i:])
		if !unicode.IsGraphic(r) {
			b = append(b, p[done:i]...)
			for _, unit := range utf16.AppendRune(nil, r) {
				b = fmt.Appendf(b, `\u%04x`, unit)
			}
			done = i + size
		}
		i += size
	}
	if done == 0 {
		return w.Writer.Write(p)
	}
	if _, err := w.Writer.Write(append(b, p[done:]...)); err != nil {
		return 0, err
	}
	return len(p), nil
}
