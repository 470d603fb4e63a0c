package flask

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

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
func untag(v any, r *room) (any, error) {
	var err error
	switch v := v.(type) {
	case []any:
		for i := range v {
			if v[i], err = untag(v[i], r); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		for k := range v {
			if v[k], err = untag(v[k], r); err != nil {
				return nil, err
			}
		}
		if len(v) == 1 {
			for k, content := range v {
				return untagged(v, k, content, r)
			}
		}
	}
	return v, nil
}

// untagged returns what an object of this one key and its content stands for.
func untagged(object map[string]any, key string, content any, r *room) (any, error) {
	text, isText := textOf(content)
	switch key {
	case tagDict:
		if one, ok := content.(map[string]any); ok && len(one) == 1 {
			for k, v := range one {
				return map[string]any{cutEnd(k): v}, nil
			}
		}
	case tagTuple:
		return sequence(content, r)
	case tagBytes:
		if isText {
			return ascii2b(text)
		}
		if b, ok := content.([]byte); ok {
			return ascii2b(string(b))
		}
	case tagMarkup:
		if isText {
			return Markup(text), nil
		}
		if text, ok := str(content); ok {
			return Markup(text), nil
		}
	case tagUUID:
		if isText {
			return parseUUID(text)
		}
	case tagDatetime:
		if isText {
			return parseDate(text)
		}
		if content == nil {
			return nil, nil
		}
	default:
		return object, nil
	}
	return nil, fmt.Errorf("the tag %q is on a %T", key, content)
}

// tuple is Python's tuple(content). Of a dict it has the keys, in an order that a
// map of more than one does not keep.
func tuple(content any, r *room) (Tuple, error) {
	switch content := content.(type) {
	case []any:
		return content, nil
	case Tuple:
		return content, nil
	case []byte:
		if err := r.take(perValue * len(content)); err != nil {
			return nil, err
		}
		t := make(Tuple, len(content))
		for i, c := range content {
			t[i] = int64(c)
		}
		return t, nil
	case map[string]any:
		t := Tuple{}
		for k := range content {
			t = append(t, k)
		}
		if len(t) < 2 {
			return t, nil
		}
	}
	return nil, fmt.Errorf("there is no going through a %T", content)
}

// characters is the tuple of a string's characters.
func characters(s string, r *room) (Tuple, error) {
	n := utf8.RuneCountInString(s)
	if err := r.take(perValue * n); err != nil {
		return nil, err
	}
	t := make(Tuple, 0, n)
	for len(s) > 0 {
		_, size := cutRune(s)
		t = append(t, s[:size])
		s = s[size:]
	}
	return t, nil
}

// ascii2b reads base64 as Python does, which takes no text but ASCII.
func ascii2b(s string) (any, error) {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return nil, errors.New("the base64 is not ASCII")
		}
	}
	return a2b(s, 0, '+', '/')
}

// cutEnd takes the two characters off that a dict's tag adds to its key.
func cutEnd(key string) string {
	n := 0
	for range 2 {
		_, size := utf8.DecodeLastRuneInString(key[:len(key)-n])
		if size == 1 && len(key)-n > 2 { // it may be half a pair
			if _, ok := cutHalfPair(key[len(key)-n-3:]); ok {
				size = 3
			}
		}
		n += size
	}
	return key[:len(key)-n]
}
