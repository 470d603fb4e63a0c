package session

import (
	"errors"
	"fmt"
	"time"
)

// A Codec writes the values of a [CookieStore]'s sessions into cookies, and
// reads them back. It does not decide when a session exists or ends. Its
// methods may be called concurrently.
type Codec interface {
	// Marshal returns values as JSON for the cookie. Equal values give equal
	// JSON.
	Marshal(values map[any]any) ([]byte, error)

	// Unmarshal adds the values in such JSON to values, which are empty. The
	// error of JSON that cannot be read is a [*CookieError] with
	// [ReasonPayload].
	Unmarshal(json []byte, values map[any]any) error

	// Seal returns the value of a cookie of that name that holds json and the
	// time now, to the second. It returns a [*CookieTooLargeError] if that is
	// more than a cookie can hold.
	Seal(name string, json []byte, now time.Time) (string, error)

	// Open verifies the value of a cookie of that name, then its age, and only
	// then reads on. Carried has as much as is verified. An error is a
	// [*CookieError].
	Open(name, value string, now time.Time, lifetime time.Duration) (Carried, error)

	// Peek returns what a value claims to carry, without verifying it: what
	// anybody can read without a key. Its JSON may not be valid.
	Peek(value string) Carried
}

// Carried is what a cookie's value carries.
type Carried struct {
	JSON  []byte    // the values; nil: they cannot be read
	Stamp time.Time // when the value was made, to the second; zero: it does not say
	Key   int       // which of the keys it verifies with: 0 is the newest
}

// The reasons why the value of a cookie is not accepted.
const (
	ReasonUnsigned  = "unsigned"  // there is no signature
	ReasonMalformed = "malformed" // it is not made of the parts it should have
	ReasonSignature = "signature" // it was changed, or signed with none of the keys
	ReasonStamp     = "timestamp" // it is signed, without saying when it was made
	ReasonLifetime  = "lifetime"  // it is older than the lifetime
	ReasonFuture    = "future"    // it was made later than now
	ReasonRevoked   = "revoked"   // it was made before CookieOptions.Since
	ReasonPayload   = "payload"   // it is signed, and what it carries cannot be read
)

// A CookieError is the reason why the value of a cookie is not accepted. It is
// no error for a request: the session is empty.
type CookieError struct {
	Reason string // one of the constants of that name
	Err    error  // what exactly; may be nil
}

func (e *CookieError) Error() string {
	if e.Err == nil {
		return "session: cookie: " + e.Reason
	}
	return fmt.Sprintf("session: cookie: %s: %v", e.Reason, e.Err)
}

// Unwrap returns what exactly is wrong.
func (e *CookieError) Unwrap() error { return e.Err }

// A CookieTooLargeError is an [ErrTooLarge] of a cookie that is larger than its
// [Codec] allows. All counts are bytes.
type CookieTooLargeError struct {
	Value int // what the cookie's value would have been
	Limit int
}

func (e *CookieTooLargeError) Error() string {
	return fmt.Sprintf("session: the cookie would have %d bytes, and may have %d", e.Value, e.Limit)
}

// Is makes errors.Is(err, ErrTooLarge) true.
func (e *CookieTooLargeError) Is(target error) bool { return target == ErrTooLarge }

// verified reports whether the value was signed with one of the keys.
func (e *CookieError) verified() bool {
	switch e.Reason {
	case ReasonLifetime, ReasonFuture, ReasonRevoked, ReasonPayload:
		return true
	}
	return false
}

// refusal returns err as what a Codec's errors are.
func refusal(err error) *CookieError {
	var e *CookieError
	if !errors.As(err, &e) {
		e = &CookieError{Reason: ReasonPayload, Err: err}
	}
	return e
}

// CheckAge returns a [*CookieError] if a value with that time stamp is older
// than lifetime, or if the stamp is in the future. It counts in whole seconds,
// as itsdangerous does: an age of exactly the lifetime passes, and a clock that
// is one second behind the one that made the stamp refuses it.
func CheckAge(stamp, now time.Time, lifetime time.Duration) error {
	age := now.Unix() - stamp.Unix()
	switch {
	case age < 0:
		return &CookieError{Reason: ReasonFuture, Err: fmt.Errorf("made in %d s", -age)}
	case age > int64(lifetime/time.Second):
		return &CookieError{Reason: ReasonLifetime, Err: fmt.Errorf("%d s old", age)}
	}
	return nil
}

// A JSON writes values as a [Store] does: the half of a [Codec] for cookies that
// need no other types. Whole numbers come back as int64, others as float64.
type JSON struct{}

// Marshal returns the JSON of values, with the keys sorted. Keys must be strings,
// and strings valid UTF-8.
func (JSON) Marshal(values map[any]any) ([]byte, error) { return encodeValues(values) }

// Unmarshal adds what json says to values, which are empty.
func (JSON) Unmarshal(json []byte, values map[any]any) error {
	if _, err := decodeValues(json, values); err != nil {
		return &CookieError{Reason: ReasonPayload, Err: err}
	}
	return nil
}
