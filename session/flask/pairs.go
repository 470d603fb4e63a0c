package flask

import (
	"errors"
	"fmt"
)

var errPair = errors.New("what is in the list is no pair")

// dict is what Flask makes a session of: Python's dict(v), and an empty one of None.
// It takes pairs for keys and values, of two equal keys the later one.
func dict(v any, r *room) (map[string]any, error) {
	if object, ok := v.(map[string]any); ok {
		return object, nil
	}
	object := make(map[string]any)
	if v == nil {
		return object, nil
	}
	pairs, err := sequence(v, r)
	if err != nil {
		return nil, fmt.Errorf("it is no dict: %w", err)
	}
	if err := r.take(perObject); err != nil {
		return nil, err
	}
	for _, v := range pairs {
		pair, err := sequence(v, r)
		if err == nil && len(pair) != 2 {
			err = errPair
		}
		if err != nil {
			return nil, fmt.Errorf("it is no dict: %w", err)
		}
		key, ok := textOf(pair[0])
		if !ok {
			return nil, fmt.Errorf("it has a key that is a %T, not text", pair[0])
		}
		object[key] = pair[1]
		if len(object) > fewKeys {
			if err := r.take(perKey); err != nil {
				return nil, err
			}
		}
	}
	return object, nil
}

// sequence is what Python's for goes through in v.
func sequence(v any, r *room) (Tuple, error) {
	if text, ok := textOf(v); ok {
		return characters(text, r)
	}
	return tuple(v, r)
}

// textOf returns v if it is what a str is to Python, of which Markup is one.
func textOf(v any) (text string, ok bool) {
	if safe, ok := v.(Markup); ok {
		return string(safe), true
	}
	text, ok = v.(string)
	return text, ok
}
