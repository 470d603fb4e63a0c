package flask

import (
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// A Codec writes sessions as Flask's cookie values and reads them. It is safe for
// concurrent use while its fields do not change. A program with many requests
// derives the keys once, with [NewSerializer].
type Codec struct {
	// Keys are the secrets, newest first: SECRET_KEY, then SECRET_KEY_FALLBACKS.
	// The first one signs, all verify. An empty key is none.
	Keys [][]byte
	// MaxAge is how old, in whole seconds, a value may be: Flask's
	// PERMANENT_SESSION_LIFETIME. At 0 a value is good within its own second.
	MaxAge time.Duration
	// Now is the clock; nil: time.Now.
	Now func() time.Time
}

// Encode returns the cookie value for values, signed now with the first key. It
// fails without a key, and if values hold what Flask has no JSON for.
func (c Codec) Encode(values map[string]any) (string, error) {
	json, err := marshal(values)
	if err != nil {
		return "", err
	}
	return NewSerializer(c.Keys...).Seal("", json, c.now())
}

// Decode returns the values that a cookie value carries. An error is a
// [*session.CookieError] whose Reason says why Flask would not take the value
// either: with [session.ReasonPayload] it would answer 500, with any other the
// session would be empty.
func (c Codec) Decode(value string) (map[string]any, error) {
	carried, err := NewSerializer(c.Keys...).Open("", value, c.now(), c.MaxAge)
	if err != nil {
		return nil, err
	}
	return unmarshal(carried.JSON)
}

func (c Codec) now() time.Time {
	if c.Now == nil {
		return time.Now()
	}
	return c.Now()
}

// NewStore returns a gorilla sessions.Store with Flask's cookies and rules. The
// keys are as in [Codec].
func NewStore(keys [][]byte, opt session.CookieOptions) *session.CookieStore {
	return session.NewCookieStore(NewSerializer(keys...), opt)
}
