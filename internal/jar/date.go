package jar

import (
	"strings"
	"time"
)

// parseDate reads a cookie date by the token algorithm of RFC 6265bis section
// 5.1.1, which takes the first token that looks like a time, a day, a month
// and a year, in any order, and ignores everything else, time zones included.
func parseDate(s string) (time.Time, bool) {
	var clock [3]int
	var day, year int
	var month time.Month
	var hasClock, hasDay, hasMonth, hasYear bool
	for _, token := range strings.FieldsFunc(s, isDateDelimiter) {
		if !hasClock {
			if clock, hasClock = parseClock(token); hasClock {
				continue
			}
		}
		if !hasDay {
			if day, hasDay = wholeNumber(token, 1, 2); hasDay {
				continue
			}
		}
		if !hasMonth {
			if month, hasMonth = parseMonth(token); hasMonth {
				continue
			}
		}
		if !hasYear {
			year, hasYear = wholeNumber(token, 2, 4)
		}
	}
	if !hasClock || !hasDay || !hasMonth || !hasYear {
		return time.Time{}, false
	}
	switch {
	case year >= 70 && year <= 99:
		year += 1900
	case year <= 69:
		year += 2000
	}
	if year < 1601 || clock[0] > 23 || clock[1] > 59 || clock[2] > 59 {
		return time.Time{}, false
	}
	t := time.Date(year, month, day, clock[0], clock[1], clock[2], 0, time.UTC)
	// Date turns 30 February into 2 March; such a day does not exist.
	return t, t.Day() == day && t.Month() == month
}

func isDateDelimiter(r rune) bool {
	switch {
	case r == '\t', ' ' <= r && r <= '/', ';' <= r && r <= '@', '[' <= r && r <= '`', '{' <= r && r <= '~':
		return true
	}
	return false
}

// parseClock reads hh:mm:ss, followed by the end or anything but a digit.
func parseClock(s string) (clock [3]int, ok bool) {
	for i := range clock {
		n, rest, ok := leadingNumber(s, 1, 2)
		if !ok {
			return clock, false
		}
		if i < 2 {
			if rest, ok = strings.CutPrefix(rest, ":"); !ok {
				return clock, false
			}
		}
		clock[i], s = n, rest
	}
	return clock, true
}

func parseMonth(s string) (time.Month, bool) {
	if len(s) < 3 {
		return 0, false
	}
	i := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", lower(s[:3]))
	if i < 0 || i%3 != 0 {
		return 0, false
	}
	return time.Month(i/3 + 1), true
}

// wholeNumber is leadingNumber for those who do not need the rest.
func wholeNumber(s string, least, most int) (int, bool) {
	n, _, ok := leadingNumber(s, least, most)
	return n, ok
}

// leadingNumber reads the digits at the start of s, which must be least to
// most in number; what follows them is returned as the rest.
func leadingNumber(s string, least, most int) (n int, rest string, ok bool) {
	i := 0
	for ; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
		if i == most {
			return 0, "", false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s[i:], i >= least
}
