package lab

import (
	"fmt"
	"time"

	"github.com/sessionlab/sessionlab/internal/span"
)

// A Duration is a length of time written as people write it: "10s", "2h", "31d",
// "1d12h", and "off" for none.
type Duration time.Duration

const (
	day         = span.Day
	maxDuration = 400 * 10 * day // far beyond the 400 days that browsers keep a cookie
)

// ParseDuration reads a Duration: "off" or a positive length from a second to
// some ten years, in Go's notation with d for days in front.
func ParseDuration(s string) (Duration, error) {
	if s == "off" {
		return 0, nil
	}
	d, err := span.Parse(s)
	if err != nil {
		return 0, fmt.Errorf("lab: duration: %w", err)
	}
	if d < time.Second || d > maxDuration {
		return 0, fmt.Errorf("lab: duration %q is not between 1s and %s", s, Duration(maxDuration))
	}
	return Duration(d), nil
}

// String writes d so that [ParseDuration] reads it back.
func (d Duration) String() string {
	if d == 0 {
		return "off"
	}
	return span.Format(time.Duration(d))
}

// MarshalText implements encoding.TextMarshaler.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := ParseDuration(string(text))
	*d = v
	return err
}
