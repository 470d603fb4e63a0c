package reading

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session/flask"
)

// The keys that the app itself writes.
const (
	KeyUser      = "uname"
	KeyPassword  = "pwd"
	KeyPermanent = "_permanent"
)

// Values are a session's values as JSON, by key.
type Values map[string]json.RawMessage

// Keys are the keys in order.
func (v Values) Keys() []string { return slices.Sorted(maps.Keys(v)) }

// Has reports whether there is such a key.
func (v Values) Has(key string) bool { return v[key] != nil }

// Text is the value of a key if that is a string, and else "".
func (v Values) Text(key string) string {
	var s string
	_ = json.Unmarshal(v[key], &s)
	return s
}

// Parse reads what a store holds, or a cookie, whose JSON may be Python's. Values
// that cannot be read are nil.
func Parse(data []byte) Values {
	v, _ := parse(data)
	return v
}

func parse(data []byte) (v Values, ok bool) {
	err := json.Unmarshal(flask.PlainJSON(data), &v)
	return v, err == nil
}

// ValuesOf are the values that both sides hold, wherever they are.
func ValuesOf(s step.Sides) Values { return Parse(s.Values()) }

// RecordValues are those of a record that may be nil.
func RecordValues(r *step.Record) Values { return ValuesOf(step.Sides{Record: r}) }

// CookieValues are those of a cookie that may be nil.
func CookieValues(c *step.Cookie) Values { return ValuesOf(step.Sides{Cookie: c}) }

// valuesInStore returns the session's values as the program found and left them.
// The events know them better than the sides, between which other requests may have
// changed the record.
func valuesInStore(s *step.Step) (before, after Values) {
	var opened, left bool // whether an event tells
	for i := range s.Events {
		switch e := &s.Events[i]; e.Kind {
		case step.SessionOpened:
			if v, ok := valuesIn(e); ok {
				before, after, opened, left = v, v, true, true
			}
		case step.SaveDone:
			if v, ok := valuesIn(e); ok {
				after, left = v, true
			}
		case step.SessionEmptied:
			after, left = nil, true
		}
	}
	if !opened {
		before = ValuesOf(s.Before)
	}
	if !left {
		after = ValuesOf(s.After)
	}
	return before, after
}

// valuesInCookie returns the session's values as the program found them in the
// cookie and left them in it.
func valuesInCookie(s *step.Step) (before, after Values) {
	built, refused := false, false
	for i := range s.Events {
		switch e := &s.Events[i]; e.Kind {
		case step.SessionOpened:
			before, _ = valuesIn(e)
		case step.SetCookieBuilt:
			built = e.Why != step.WhyRefused
		case step.CookieIgnored:
			refused = true
		}
	}
	switch {
	case !built:
		return before, before
	case refused: // the client's cookie does not tell what was in the new one
		return before, nil
	}
	return before, ValuesOf(s.After)
}

func valuesIn(e *step.Event) (v Values, ok bool) {
	data, _ := e.Session()
	return parse(data)
}
