package flask

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/sessionlab/sessionlab/session"
)

// unmarshal returns the dict that Flask's tagged JSON serializer loads, or a
// [*session.CookieError].
func unmarshal(json []byte) (map[string]any, error) {
	r := room(maxRoom)
	v, err := parse(string(json), &r)
	if err == nil {
		v, err = untag(v, &r)
	}
	var object map[string]any
	if err == nil {
		object, err = dict(v, &r)
	}
	if err != nil {
		return nil, &session.CookieError{Reason: session.ReasonPayload, Err: err}
	}
	return object, nil
}

// parse reads JSON as Python's json does: NaN and the infinities are numbers, of
// two equal keys the later one counts, and whole numbers may be of any size.
func parse(s string, r *room) (any, error) {
	if !utf8.ValidString(s) {
		return nil, errNotUTF8
	}
	p := parser{s: s, room: r}
	p.space()
	v, err := p.value(1)
	if err != nil {
		return nil, err
	}
	if p.space(); p.i < len(p.s) {
		return nil, p.wrong("there is more after the value")
	}
	return v, nil
}

// A parser has read s up to i.
type parser struct {
	s    string
	i    int
	room *room
}

func (p *parser) wrong(what string) error {
	return fmt.Errorf("JSON, byte %d: %s", p.i, what)
}

func (p *parser) space() {
	for p.i < len(p.s) && strings.IndexByte(" \t\n\r", p.s[p.i]) >= 0 {
		p.i++
	}
}

// peek returns the next byte, or 0 at the end.
func (p *parser) peek() byte {
	if p.i < len(p.s) {
		return p.s[p.i]
	}
	return 0
}

// take goes past word if it is next.
func (p *parser) take(word string) bool {
	ok := strings.HasPrefix(p.s[p.i:], word)
	if ok {
		p.i += len(word)
	}
	return ok
}

func (p *parser) value(depth int) (any, error) {
	if depth > maxDepth {
		return nil, errDepth
	}
	if err := p.room.take(perValue); err != nil {
		return nil, err
	}
	switch {
	case p.take(`"`):
		return p.text()
	case p.take("{"):
		return p.object(depth)
	case p.take("["):
		return p.array(depth)
	case p.take("null"):
		return nil, nil
	case p.take("true"):
		return true, nil
	case p.take("false"):
		return false, nil
	case p.take("NaN"):
		return math.NaN(), nil
	case p.take("Infinity"):
		return math.Inf(1), nil
	case p.take("-Infinity"):
		return math.Inf(-1), nil
	}
	return p.number()
}

func (p *parser) object(depth int) (any, error) {
	if err := p.room.take(perObject); err != nil {
		return nil, err
	}
	object := make(map[string]any)
	if p.space(); p.take("}") {
		return object, nil
	}
	for {
		if p.space(); !p.take(`"`) {
			return nil, p.wrong("a key is missing")
		}
		key, err := p.text()
		if err != nil {
			return nil, err
		}
		if p.space(); !p.take(":") {
			return nil, p.wrong("a colon is missing")
		}
		p.space()
		if object[key], err = p.value(depth + 1); err != nil {
			return nil, err
		}
		if len(object) > fewKeys {
			if err := p.room.take(perKey); err != nil {
				return nil, err
			}
		}
		if p.space(); p.take("}") {
			return object, nil
		}
		if !p.take(",") {
			return nil, p.wrong("a comma is missing")
		}
	}
}

func (p *parser) array(depth int) (any, error) {
	array := []any{}
	if p.space(); p.take("]") {
		return array, nil
	}
	for {
		p.space()
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		array = append(array, v)
		if p.space(); p.take("]") {
			return array, nil
		}
		if !p.take(",") {
			return nil, p.wrong("a comma is missing")
		}
	}
}
