package flask

import (
	"encoding"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"reflect"
	"strconv"
	"time"
)

// maxDepth is how deep values may be nested. Python gives up near there too.
const maxDepth = 500

var (
	errDepth   = fmt.Errorf("nested more than %d deep", maxDepth)
	errNotUTF8 = errors.New("not valid UTF-8")
)

// marshal returns what Flask's tagged JSON serializer dumps for a dict.
func marshal[K comparable](values map[K]any) ([]byte, error) {
	b, err := appendDict(make([]byte, 0, 128), values, 1)
	if err != nil {
		return nil, fmt.Errorf("flask: encode: %w", err)
	}
	return b, nil
}

func appendValue(b []byte, value any, depth int) ([]byte, error) {
	if depth > maxDepth {
		return nil, errDepth
	}
	switch v := value.(type) {
	case nil:
		return append(b, "null"...), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case string:
		return appendString(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case *big.Int:
		return appendBig(b, v)
	case float64:
		return appendFloat(b, v), nil
	case []any:
		return appendList(b, v, depth)
	case map[string]any:
		return appendDict(b, v, depth)
	case map[any]any:
		return appendDict(b, v, depth)
	case Tuple:
		b, err := appendList(append(b, `{" t":`...), v, depth+1)
		return append(b, '}'), err
	case []byte:
		b = base64.StdEncoding.AppendEncode(append(b, `{" b":"`...), v)
		return append(b, `"}`...), nil
	case Markup:
		b, err := appendString(append(b, `{" m":`...), string(v))
		return append(b, '}'), err
	case UUID:
		b = hex.AppendEncode(append(b, `{" u":"`...), v[:])
		return append(b, `"}`...), nil
	case time.Time:
		if v = v.UTC(); v.Year() < 1 || v.Year() > 9999 {
			return nil, errYear
		}
		b = v.AppendFormat(append(b, `{" d":"`...), http.TimeFormat)
		return append(b, `"}`...), nil
	case json.Marshaler, encoding.TextMarshaler:
		if u, ok := asUUID(reflect.ValueOf(v)); ok {
			return appendValue(b, u, depth)
		}
		return appendJSON(b, v, depth)
	}
	return appendOther(b, reflect.ValueOf(value), depth)
}

// appendOther writes what has a name of its own for a type that Flask knows.
func appendOther(b []byte, v reflect.Value, depth int) ([]byte, error) {
	switch kind := v.Kind(); {
	case kind == reflect.Bool:
		return strconv.AppendBool(b, v.Bool()), nil
	case v.CanInt():
		return strconv.AppendInt(b, v.Int(), 10), nil
	case v.CanUint():
		return strconv.AppendUint(b, v.Uint(), 10), nil
	case v.CanFloat():
		return appendFloat(b, v.Float()), nil
	case kind == reflect.String:
		return appendString(b, v.String())
	case kind == reflect.Pointer && v.IsNil():
		return append(b, "null"...), nil
	case kind == reflect.Pointer:
		return appendValue(b, v.Elem().Interface(), depth+1)
	case kind == reflect.Slice || kind == reflect.Array:
		if u, ok := asUUID(v); ok {
			return appendValue(b, u, depth)
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = v.Index(i).Interface()
		}
		return appendList(b, list, depth)
	case kind == reflect.Map:
		dict := make(map[any]any, v.Len())
		for key, value := range v.Seq2() {
			dict[key.Interface()] = value.Interface()
		}
		return appendDict(b, dict, depth)
	}
	return appendJSON(b, v.Interface(), depth)
}

func asUUID(v reflect.Value) (u UUID, ok bool) {
	if !v.CanConvert(reflect.TypeFor[UUID]()) || v.Kind() != reflect.Array {
		return u, false
	}
	return v.Convert(reflect.TypeFor[UUID]()).Interface().(UUID), true
}

// appendJSON writes what encoding/json makes of value, in Python's words.
func appendJSON(b []byte, value any, depth int) ([]byte, error) {
	data, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	r := room(maxRoom)
	plain, err := parse(string(data), &r)
	if err != nil {
		return nil, err
	}
	return appendValue(b, plain, depth)
}

func appendList(b []byte, list []any, depth int) ([]byte, error) {
	b = append(b, '[')
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = appendValue(b, v, depth+1); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}
