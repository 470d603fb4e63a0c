package main

import (
	"bytes"
	"fmt"
	"strings"
)

// A step answers a page of 1.9 kB with its counter, in digits of which there are
// always as many, so that all contenders answer pages of one size.

const (
	counterDigits = 10
	pageBytes     = 1900
)

var pageStart, pageEnd = pageParts()

func pageParts() (start, end string) {
	start = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Counter</title></head><body><main><h1>Counter</h1><output>`
	end = "</output>" + strings.Repeat("<p>One request more, one number more.</p>\n", 100)
	const close = "</main></body></html>\n"
	return start, end[:pageBytes-len(start)-counterDigits-len(close)] + close
}

// page returns the page with a counter.
func page(n int64) []byte {
	b := make([]byte, 0, pageBytes)
	b = append(b, pageStart...)
	b = appendCounter(b, n)
	return append(b, pageEnd...)
}

// appendCounter writes n with leading zeros.
func appendCounter(b []byte, n int64) []byte {
	end := len(b) + counterDigits
	b = append(b, "0000000000"...)
	for i := end - 1; n > 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return b
}

// shows reports whether a page has the counter n.
func shows(body []byte, n int) bool {
	var want [counterDigits]byte
	at := len(pageStart)
	return len(body) == pageBytes && bytes.Equal(body[at:at+counterDigits], appendCounter(want[:0], int64(n)))
}

// pageTemplate is the page for Python's % operator.
func pageTemplate() string {
	double := strings.NewReplacer("%", "%%")
	return double.Replace(pageStart) + fmt.Sprintf("%%0%dd", counterDigits) + double.Replace(pageEnd)
}
