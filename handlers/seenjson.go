package handlers

import (
	"encoding/json"
	"io"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/escape"
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
// package json do.
type seen struct{ io.Writer }

// Write implements io.Writer.
func (w seen) Write(p []byte) (int, error) {
	if _, err := w.Writer.Write(escape.JSON(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}
