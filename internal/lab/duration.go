package lab

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Duration is a length of time written as people write it: "10s", "2h", "31d",
// "1d12h", and "off" for none.
type Duration time.Duration

const (
	day         = 24 * time.Hour
	maxDuration = 400 * 10 * day // far beyond the 400 days that browsers keep a cookie
)

// ParseDuration reads a Duration: "off" or a positive length from a second to
// some ten years, in Go's notation with d for days in front.
func ParseDuration(s string) (Duration, error) {
	if s == "off" {
		return 0, nil
	}
	rest, total := s, time.Duration(0)
	if days, after, ok := strings.Cut(s, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		if err != nil {
			return 0, fmt.Errorf("lab: duration %q: %w", s, err)
		}
		total, rest = time.Duration(n)*day, after
	}
	if rest != "" {
		d, err := time.ParseDuration(rest)
		if err != nil {
			return 0, fmt.Errorf("lab: duration %q: %w", s, err)
		}
		if d < 0 {
			return 0, fmt.Errorf("lab: duration %q has a negative part", s)
		}
		total += d
	}
	if total < time.Second || total > maxDuration {
		return 0, fmt.Errorf("lab: duration %q is not between 1s and %s", s, Duration(maxDuration))
	}
	return Duration(total), nil
}

// String writes d so that [ParseDuration] reads it back.
func (d Duration) String() string {
	if d == 0 {
		return "off"
	}
	var b strings.Builder
	rest := time.Duration(d)
	if days := rest / day; days > 0 {
		fmt.Fprintf(&b, "%dd", days)
		rest -= days * day
	}
	if rest > 0 {
		s := rest.String() // 2h0m0s
		if strings.HasSuffix(s, "m0s") {
			s = strings.TrimSuffix(s, "0s")
		}
		if strings.HasSuffix(s, "h0m") {
			s = strings.TrimSuffix(s, "0m")
		}
		b.WriteString(s)
	}
	return b.String()
}

// MarshalText implements encoding.TextMarshaler.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := ParseDuration(string(text))
	*d = v
	return err
}
