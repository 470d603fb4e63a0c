package narrate

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session/flask"
)

// values are a session's values as JSON.
type values map[string]json.RawMessage

// The keys that the app itself writes.
const (
	keyUser      = "uname"
	keyPassword  = "pwd"
	keyPermanent = "_permanent"
)

func (v values) keys() []string { return slices.Sorted(maps.Keys(v)) }

// text is the value of a key if that is a string.
func (v values) text(key string) string {
	var s string
	_ = json.Unmarshal(v[key], &s)
	return s
}

// parse reads what a store holds, or a cookie, whose JSON may be Python's. Values
// that are unreadable are shown raw only.
func parse(data []byte) (v values, ok bool) {
	err := json.Unmarshal(flask.PlainJSON(data), &v)
	return v, err == nil
}

func valuesOf(s step.Sides) values {
	v, _ := parse(s.Values())
	return v
}

func recordValues(r *step.Record) values { return valuesOf(step.Sides{Record: r}) }

// valuesIn returns the session's values as the program found and left them. The
// events know them better than the sides, between which other requests may have
// changed the record.
func valuesIn(s *step.Step) (before, after values) {
	before, after = valuesOf(s.Before), valuesOf(s.After)
	for _, e := range s.Events {
		switch e.Kind {
		case step.SessionOpened:
			if v, ok := parse([]byte(e.Values)); ok {
				before, after = v, v
			}
		case step.SaveDone:
			if v, ok := parse([]byte(e.Detail)); ok {
				after = v
			}
		case step.SessionEmptied:
			after = nil
		}
	}
	return before, after
}
