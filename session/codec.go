package session

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Sessions are stored as JSON, so that people who look into the store can read
// them. Keys are sorted: equal values encode to equal bytes.

// encodeValues returns the JSON of values. Keys must be strings, and strings
// valid UTF-8, or the values read back would differ from those stored.
func encodeValues(values map[any]any) ([]byte, error) {
	if len(values) == 0 {
		return nil, nil
	}
	var few [8]string
	keys := few[:0]
	for k := range values {
		key, ok := k.(string)
		if !ok {
			return nil, fmt.Errorf("session: encode: key %v is a %T, not a string", k, k)
		}
		keys = append(keys, key)
	}
	slices.Sort(keys)
	b := make([]byte, 0, 64)
	for i, key := range keys {
		b = append(b, "{,"[min(i, 1)])
		var err error
		if b, err = appendString(b, key); err != nil {
			return nil, fmt.Errorf("session: encode: key %q: %w", key, err)
		}
		b = append(b, ':')
		if b, err = appendValue(b, values[key]); err != nil {
			return nil, fmt.Errorf("session: encode: value of %q: %w", key, err)
		}
	}
	return append(b, '}'), nil
}

// appendValue writes the common types without encoding/json's reflection.
func appendValue(b []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case nil:
		return append(b, "null"...), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case int:
		return strconv.AppendInt(b, int64(v), 10), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case string:
		return appendString(b, v)
	}
	return appendJSON(b, value)
}

func appendString(b []byte, s string) ([]byte, error) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' {
			return appendJSON(b, s)
		}
	}
	if !utf8.ValidString(s) {
		return nil, errNotUTF8
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"'), nil
}

var errNotUTF8 = errors.New("not valid UTF-8")

// appendJSON writes any value, with <, > and & as they are: the store is not a
// web page.
func appendJSON(b []byte, value any) ([]byte, error) {
	buf := bytes.NewBuffer(b)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return nil, err
	}
	b, added := bytes.TrimSuffix(buf.Bytes(), []byte{'\n'}), len(b)
	if replaced(b[added:]) {
		return nil, errNotUTF8
	}
	return b, nil
}

// replaced reports whether JSON has an escaped U+FFFD: encoding/json puts it in
// the place of invalid UTF-8, and writes a true one without an escape.
func replaced(json []byte) bool {
	for i := 0; i < len(json); i++ {
		if json[i] != '\\' {
			continue
		}
		if bytes.HasPrefix(json[i:], []byte(`\ufffd`)) {
			return true
		}
		i++ // what is escaped, perhaps a backslash
	}
	return false
}

// decodeValues fills values, which are empty, from what encodeValues made. Whole
// numbers come back as int64, others as float64. It reports whether encodeValues
// would surely write the same bytes.
func decodeValues(data []byte, values map[any]any) (same bool, err error) {
	if len(data) == 0 {
		return true, nil
	}
	if ok, inOrder := decodeFlat(string(data), values); ok {
		return inOrder, nil
	}
	clear(values)
	return false, decodeJSON(data, values)
}

func decodeJSON(data []byte, values map[any]any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var object map[string]any
	if err := dec.Decode(&object); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	if object == nil {
		return errors.New("decode: null is no object")
	}
	if _, err := dec.Token(); err != io.EOF {
		return errors.New("decode: there is more after the object")
	}
	for k, v := range object {
		values[k] = plainNumbers(v)
	}
	return nil
}

// plainNumbers replaces json.Number by int64 or float64 throughout v.
func plainNumbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if i, err := v.Int64(); err == nil {
			return i
		}
		if f, err := v.Float64(); err == nil {
			return f
		}
		return v.String()
	case []any:
		for i := range v {
			v[i] = plainNumbers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = plainNumbers(v[k])
		}
	}
	return v
}
