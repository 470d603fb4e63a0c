package session

import (
	"reflect"

	"github.com/gorilla/sessions"
)

// permanentKey is where Flask keeps session.permanent: among the values, so
// clearing them clears it too.
const permanentKey = "_permanent"

// Get returns session[key], and whether there is such a key.
func Get(s *sessions.Session, key string) (value any, ok bool) {
	value, ok = s.Values[key]
	return value, ok
}

// Set stores value under key: session[key] = value. Unlike an assignment to
// s.Values, it counts as a change even if the value is the same, as in Flask.
// Values are what JSON can hold: nil, bool, string, numbers, []any,
// map[string]any. A whole number is read back as an int64, any other number as
// a float64, and a value of your own type in its JSON form. So use strings for
// flashes.
func Set(s *sessions.Session, key string, value any) {
	s.Values[key] = value
	markModified(s)
}

// Pop removes key and returns what it held: session.pop(key). Popping a missing
// key changes nothing.
func Pop(s *sessions.Session, key string) (value any, ok bool) {
	if value, ok = s.Values[key]; ok {
		delete(s.Values, key)
		markModified(s)
	}
	return value, ok
}

// Clear removes all values, including the permanent flag: session.clear(). When
// the session is saved, its record and its cookie are deleted.
func Clear(s *sessions.Session) {
	clear(s.Values)
	markModified(s)
}

// Permanent reports session.permanent: whether the cookie stays when the
// browser closes. As in Flask, Python's rules decide about the value of
// "_permanent": null, false, zero, and an empty string, list or map are false,
// anything else is true.
func Permanent(s *sessions.Session) bool {
	switch on := s.Values[permanentKey].(type) {
	case nil:
		return false
	case bool:
		return on
	case int64: // as numbers are read back
		return on != 0
	default:
		return truthy(reflect.ValueOf(on))
	}
}

func truthy(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Slice, reflect.Array, reflect.Map:
		return v.Len() > 0
	case reflect.Struct:
		return true
	}
	return !v.IsZero()
}

// SetPermanent sets session.permanent, which is a value like any other.
func SetPermanent(s *sessions.Session, on bool) {
	Set(s, permanentKey, on)
}

// Renew gives the session a new id when it is saved, and removes the record
// under the old one. A log-in must do this, or an id planted before it would be
// worth something after it; [LogIn] does it. Until then s.ID is empty, and a
// program that empties s.ID does the same. A session without an id gets one
// anyway, and a session of a [CookieStore] has none.
func Renew(s *sessions.Session) { s.ID = "" }

// markModified is inlined into its callers, which an interface would prevent.
func markModified(s *sessions.Session) {
	switch h := s.Store().(type) {
	case *opened:
		h.modified = true
	case *carried:
		h.modified = true
	}
}
