package flask

import (
	"encoding/hex"
	"fmt"
	"net/http"
	"net/mail"
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

// parseDate reads the ways that HTTP and mail write a time. What is none is nil,
// and a year below 100 is one near 2000, as in Flask.
func parseDate(s string) any {
	t, err := http.ParseTime(s)
	if err != nil {
		t, err = mail.ParseDate(s)
	}
	if err != nil {
		return nil
	}
	switch year := t.Year(); {
	case 0 <= year && year <= 68:
		t = t.AddDate(2000, 0, 0)
	case 68 < year && year < 100:
		t = t.AddDate(1900, 0, 0)
	}
	return t.UTC()
}

// The tags: the one key of an object that stands for something else.
const (
	tagDict     = " di" // a dict of one key that is a tag, to which __ is added
	tagTuple    = " t"
	tagBytes    = " b"
	tagMarkup   = " m"
	tagUUID     = " u"
	tagDatetime = " d"
)

func isTag(key string) bool {
	switch key {
	case tagDict, tagTuple, tagBytes, tagMarkup, tagUUID, tagDatetime:
		return true
	}
	return false
}

// untag replaces tagged objects throughout v by what they stand for.
func untag(v any) (any, error) {
	var err error
	switch v := v.(type) {
	case []any:
		for i := range v {
			if v[i], err = untag(v[i]); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		for k := range v {
			if v[k], err = untag(v[k]); err != nil {
				return nil, err
			}
		}
		if len(v) == 1 {
			for k, content := range v {
				return untagged(v, k, content)
			}
		}
	}
	return v, nil
}

// untagged returns what an object of this one key and its content stands for.
func untagged(object map[string]any, key string, content any) (any, error) {
	switch content := content.(type) {
	case map[string]any:
		if key == tagDict && len(content) == 1 {
			for k, v := range content {
				return map[string]any{cutEnd(k): v}, nil
			}
		}
	case []any:
		if key == tagTuple {
			return Tuple(content), nil
		}
	case string:
		switch key {
		case tagBytes:
			return a2b(content, 0, '+', '/')
		case tagMarkup:
			return Markup(content), nil
		case tagUUID:
			return parseUUID(content)
		case tagDatetime:
			return parseDate(content), nil
		}
	}
	if isTag(key) {
		return nil, fmt.Errorf("the tag %q is on a %T", key, content)
	}
	return object, nil
}

// cutEnd takes the two characters off that a dict's tag adds to its key.
func cutEnd(key string) string {
	runes := []rune(key)
	return string(runes[:max(0, len(runes)-2)])
}
