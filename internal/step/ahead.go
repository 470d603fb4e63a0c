package step

import (
	"time"

	"github.com/sessionlab/sessionlab/internal/span"
)

// Ahead is how far the clock of a bench is ahead of real time, as text "31d" or "0s".
type Ahead time.Duration

// String writes a so that [Ahead.UnmarshalText] reads it back.
func (a Ahead) String() string { return span.Format(time.Duration(a)) }

// MarshalText implements encoding.TextMarshaler.
func (a Ahead) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (a *Ahead) UnmarshalText(text []byte) error {
	d, err := span.Parse(string(text))
	*a = Ahead(d)
	return err
}

// RealTime returns when the request arrived by real time. Headers, and clients
// that the bench's clock does not move, go by it.
func (s *Step) RealTime() time.Time { return s.Time.Add(-time.Duration(s.Ahead)) }
