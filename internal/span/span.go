// Package span reads and writes lengths of time as people write them: "10s", "2h",
// "31d", "1d12h".
package span

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Day is 24 hours.
const Day = 24 * time.Hour

// Parse reads a length that is not negative, in Go's notation with d for days in front.
func Parse(s string) (time.Duration, error) {
	rest, total := s, time.Duration(0)
	if days, after, ok := strings.Cut(s, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		if err != nil {
			return 0, fmt.Errorf("span: %q: %w", s, err)
		}
		total, rest = time.Duration(n)*Day, after
		if rest == "" {
			return total, nil
		}
	}
	d, err := time.ParseDuration(rest)
	switch {
	case err != nil:
		return 0, fmt.Errorf("span: %q: %w", s, err)
	case d < 0:
		return 0, fmt.Errorf("span: %q has a negative part", s)
	case total+d < 0:
		return 0, fmt.Errorf("span: %q is too long", s)
	}
	return total + d, nil
}

// Format writes a length that is not negative so that [Parse] reads it back; none is
// "0s".
func Format(d time.Duration) string {
	days, rest := d/Day, d%Day
	if days == 0 && rest == 0 {
		return "0s"
	}
	var b strings.Builder
	if days > 0 {
		fmt.Fprintf(&b, "%dd", days)
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
