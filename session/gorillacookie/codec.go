package gorillacookie

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
)

// maxValue is how long a cookie's value may be: securecookie's default.
const maxValue = 4096

// A Codec is the [session.Codec] of gorilla's encrypted cookies. It is safe for
// concurrent use.
type Codec struct {
	session.JSON
	keys []key // newest first
}

var _ session.Codec = (*Codec)(nil)

// A key is a pair of gorilla's, and the codec that gorilla makes of it.
type key struct {
	auth   []byte
	cookie *securecookie.SecureCookie
}

// NewStore returns a gorilla sessions.Store whose cookies are encrypted with keys
// derived from secrets, newest first: the first one encrypts, all decrypt. It
// panics without a secret, which is a mistake in a program.
func NewStore(secrets [][]byte, opt session.CookieOptions) *session.CookieStore {
	c, err := New(secrets...)
	if err != nil {
		panic(err)
	}
	return session.NewCookieStore(c, opt)
}

// New returns a Codec with keys derived from secrets, newest first. From each,
// HKDF-SHA256 (RFC 5869, without a salt) makes a key of 32 bytes for HMAC-SHA256
// and one of 32 for AES-256, told apart by their labels; see [DeriveKeys]. A
// secret may be a text, but then it should be as hard to guess as a key.
func New(secrets ...[]byte) (*Codec, error) {
	var pairs [][]byte
	for _, secret := range secrets {
		auth, encryption, err := DeriveKeys(secret)
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, auth, encryption)
	}
	return FromKeys(pairs...)
}

// DeriveKeys returns the two keys that [New] makes of a secret.
func DeriveKeys(secret []byte) (auth, encryption []byte, err error) {
	if len(secret) == 0 {
		return nil, nil, errors.New("gorillacookie: the secret is empty")
	}
	auth, err = hkdf.Key(sha256.New, secret, nil, "session cookie: authentication", 32)
	if err == nil {
		encryption, err = hkdf.Key(sha256.New, secret, nil, "session cookie: encryption", 32)
	}
	return auth, encryption, err
}

// FromKeys returns a Codec with the key pairs that sessions.NewCookieStore takes:
// a key for authentication, of 32 or 64 bytes, and one for encryption, of 16, 24
// or 32 bytes for AES-128, AES-192 or AES-256, or nil for none; then those of
// older pairs.
func FromKeys(pairs ...[]byte) (*Codec, error) {
	if len(pairs) == 0 {
		return nil, errors.New("gorillacookie: there is no key")
	}
	c := new(Codec)
	for i, codec := range sessions.NewCookieStore(pairs...).Codecs {
		sc, ok := codec.(*securecookie.SecureCookie)
		if !ok {
			return nil, fmt.Errorf("gorillacookie: key pair %d: gorilla makes a %T of it", i, codec)
		}
		sc.MaxAge(0).MaxLength(0).SetSerializer(securecookie.NopEncoder{})
		if _, err := sc.Encode("", []byte{}); err != nil {
			return nil, fmt.Errorf("gorillacookie: key pair %d: %w", i, err)
		}
		c.keys = append(c.keys, key{auth: bytes.Clone(pairs[2*i]), cookie: sc})
	}
	return c, nil
}

// Seal returns the encrypted value for a cookie of that name, or a
// [*session.CookieTooLargeError] if it is longer than securecookie's limit of 4096
// bytes.
func (c *Codec) Seal(name string, json []byte, now time.Time) (string, error) {
	// A line, as JSONEncoder writes it; and a copy, since it is encrypted in place.
	line := append(append(make([]byte, 0, len(json)+1), json...), '\n')
	value, err := c.keys[0].cookie.Encode(name, line)
	if err == nil {
		value, err = c.keys[0].restamp(name, value, now)
	}
	if err != nil {
		return "", fmt.Errorf("gorillacookie: encrypt: %w", err)
	}
	if len(value) > maxValue {
		return "", &session.CookieTooLargeError{Value: len(value), Limit: maxValue}
	}
	return value, nil
}

// Open authenticates a value, then judges its age, and then decrypts it.
func (c *Codec) Open(name, value string, now time.Time, lifetime time.Duration) (session.Carried, error) {
	parts, err := Cut(value)
	if err != nil || len(value) > maxValue {
		return session.Carried{}, &session.CookieError{Reason: session.ReasonMalformed, Err: err}
	}
	for i, k := range c.keys {
		var json []byte
		err = k.cookie.Decode(name, value, &json)
		if errors.Is(err, securecookie.ErrMacInvalid) {
			continue
		}
		carried := session.Carried{Stamp: parts.Stamp, Key: i}
		if parts.Stamp.IsZero() {
			return carried, &session.CookieError{Reason: session.ReasonStamp, Err: err}
		}
		if err := session.CheckAge(parts.Stamp, now, lifetime); err != nil {
			return carried, err
		}
		if err != nil {
			return carried, &session.CookieError{Reason: session.ReasonPayload, Err: err}
		}
		carried.JSON = bytes.TrimSuffix(json, []byte("\n"))
		return carried, nil
	}
	return session.Carried{}, &session.CookieError{Reason: session.ReasonSignature, Err: err}
}

// Peek tells when a value claims to be from. Nobody reads its values without the
// key.
func (*Codec) Peek(value string) session.Carried {
	parts, _ := Cut(value)
	return session.Carried{Stamp: parts.Stamp}
}
