// Package accept reads the Accept fields of a request: what a client takes, and
// what it would rather have.
package accept

import (
	"slices"
	"strconv"
	"strings"
)

// Gzip reports whether the Accept-Encoding fields allow gzip, by name or by "*",
// with a weight above zero (RFC 9110, 12.5.3). A name outranks "*".
func Gzip(fields []string) bool {
	q, named := weight(fields, "gzip", "x-gzip")
	if !named {
		q, _ = weight(fields, "*")
	}
	return q > 0
}

// HTML reports whether the Accept fields ask for a page, as browsers do, rather
// than for JSON. It goes by names alone: programs send "*/*", or nothing.
func HTML(fields []string) bool {
	page, _ := weight(fields, "text/html")
	data, _ := weight(fields, "application/json")
	return page > data
}

// weight returns the weight of the first of names that the fields have, and
// whether they have any.
func weight(fields []string, names ...string) (q float64, named bool) {
	for item := range strings.SplitSeq(strings.Join(fields, ","), ",") {
		name, params, _ := strings.Cut(item, ";")
		if slices.Contains(names, strings.ToLower(strings.TrimSpace(name))) {
			return quality(params), true
		}
	}
	return 0, false
}

// quality returns the value of q in params, 1 if there is none and 0 if it is not
// a number.
func quality(params string) float64 {
	for param := range strings.SplitSeq(params, ";") {
		key, value, _ := strings.Cut(param, "=")
		if strings.EqualFold(strings.TrimSpace(key), "q") {
			q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil {
				return 0
			}
			return q
		}
	}
	return 1
}
