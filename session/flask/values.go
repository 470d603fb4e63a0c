package flask

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"math/big"
	"net/http"
	"net/mail"
	"strconv"
	"strings"
)

// A Tuple is Python's tuple: a list that keeps its type.
type Tuple []any

// Markup is markupsafe's Markup: text that is safe as HTML.
type Markup string

// A UUID is Python's uuid.UUID. Other arrays of 16 bytes are written as one.
type UUID [16]byte

// String returns the UUID in its usual form of five groups.
func (u UUID) String() string {
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// parseUUID reads what Python's UUID takes.
func parseUUID(s string) (u UUID, err error) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "urn:", ""), "uuid:", "")
	s = strings.ReplaceAll(strings.Trim(s, "{}"), "-", "")
	if len(s) != hex.EncodedLen(len(u)) {
		return u, fmt.Errorf("%q is no UUID", s)
	}
	_, err = hex.Decode(u[:], []byte(s))
	return u, err
}

var errYear = errors.New("the date is of no year from 1 to 9999")

// parseDate reads the ways that HTTP and mail write a time. What is none is nil,
// and a year below 100 is one near 2000, as in Flask. There, a date that is of the
// year 10000 in UTC is read, and cannot be written.
func parseDate(s string) (any, error) {
	t, err := http.ParseTime(s)
	if err != nil {
		t, err = mail.ParseDate(s)
	}
	if err != nil {
		return nil, nil
	}
	switch year := t.Year(); {
	case 0 <= year && year <= 68:
		t = t.AddDate(2000, 0, 0)
	case 68 < year && year < 100:
		t = t.AddDate(1900, 0, 0)
	}
	if t = t.UTC(); t.Year() > 9999 {
		return nil, errYear
	}
	return t, nil
}

// str is Python's str() of what has no other values in it.
func str(v any) (text string, ok bool) {
	switch v := v.(type) {
	case nil:
		return "None", true
	case bool:
		return map[bool]string{true: "True", false: "False"}[v], true
	case int64:
		return strconv.FormatInt(v, 10), true
	case *big.Int:
		return v.String(), true
	case float64:
		switch {
		case math.IsNaN(v):
			return "nan", true
		case math.IsInf(v, 0):
			return map[bool]string{true: "inf", false: "-inf"}[v > 0], true
		}
		return string(appendFloat(nil, v)), true
	case UUID:
		return v.String(), true
	}
	return "", false
}
