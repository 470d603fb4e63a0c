package flask

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
)

// appendDict writes an object with its keys in order, those that are numbers in
// the order of numbers.
func appendDict[K comparable](b []byte, dict map[K]any, depth int) ([]byte, error) {
	if depth > maxDepth {
		return nil, errDepth
	}
	keys, err := sortedKeys(dict)
	if err != nil {
		return nil, err
	}
	tagged := len(keys) == 1 && isTag(keys[0].text)
	if tagged {
		b = append(b, `{" di":`...)
	}
	b = append(b, '{')
	for i, key := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		text := key.text
		if tagged {
			text += "__"
		}
		if b, err = appendString(b, text); err != nil {
			return nil, fmt.Errorf("key %q: %w", key.text, err)
		}
		if b, err = appendValue(append(b, ':'), dict[key.key], depth+1); err != nil {
			return nil, fmt.Errorf("%q: %w", key.text, err)
		}
	}
	if tagged {
		b = append(b, '}')
	}
	return append(b, '}'), nil
}

// A dictKey is a key and what JSON makes of it.
type dictKey[K any] struct {
	key    K
	text   string
	number int64
}

func sortedKeys[K comparable](dict map[K]any) ([]dictKey[K], error) {
	keys := make([]dictKey[K], 0, len(dict))
	numbers := 0
	for k := range dict {
		key := dictKey[K]{key: k}
		switch v := reflect.ValueOf(k); {
		case v.Kind() == reflect.String:
			key.text = v.String()
		case v.CanInt():
			key.number = v.Int()
			key.text = strconv.FormatInt(key.number, 10)
			numbers++
		default:
			return nil, fmt.Errorf("key %v is a %T, neither a string nor a whole number", k, k)
		}
		keys = append(keys, key)
	}
	if numbers > 0 && numbers < len(keys) {
		return nil, errors.New("keys are strings and numbers, which have no common order")
	}
	slices.SortFunc(keys, func(a, b dictKey[K]) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.text, b.text))
	})
	return keys, nil
}
