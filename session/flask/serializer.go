package flask

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// A Serializer is what signs and verifies Flask's cookies, as its
// get_signing_serializer makes it of the secret keys. It is a [session.Codec] and
// safe for concurrent use.
type Serializer struct{ signers []*signer }

var _ session.Codec = (*Serializer)(nil)

// NewSerializer derives the signing keys from secrets, newest first. Without any
// it cannot write and believes nothing.
func NewSerializer(secrets ...[]byte) *Serializer {
	s := new(Serializer)
	for _, secret := range secrets {
		if len(secret) > 0 {
			s.signers = append(s.signers, newSigner(secret))
		}
	}
	return s
}

var errNoKey = errors.New("flask: there is no secret key")

// Marshal returns the JSON that Flask writes for values: compact, its keys
// sorted, ASCII alone, with tags for what JSON has no type for.
func (*Serializer) Marshal(values map[any]any) ([]byte, error) { return marshal(values) }

// Unmarshal adds what such JSON says to values, which are empty. It takes what
// Python's json takes, NaN among it, nested at most 500 deep, and no more values
// than take a third of a mebibyte: a list of some thousand numbers, say. A list of
// pairs is a dict, as to Flask's session; but not if a key is no text, which Flask
// takes too.
func (*Serializer) Unmarshal(json []byte, values map[any]any) error {
	object, err := unmarshal(json)
	for k, v := range object {
		values[k] = v
	}
	return err
}

// Seal returns the cookie value for json, signed with the first secret, or
// [session.ErrTooLarge] if that is longer than [MaxJSON]. The cookie's name is not
// part of what is signed.
func (s *Serializer) Seal(_ string, json []byte, now time.Time) (string, error) {
	if len(s.signers) == 0 {
		return "", errNoKey
	}
	if len(json) > MaxJSON {
		return "", session.ErrTooLarge
	}
	if now.Unix() < 0 {
		return "", errors.New("flask: seal: the time is before 1970")
	}
	b := appendPayload(make([]byte, 0, len(json)*4/3+48), json)
	b = append(b, '.')
	var seconds [8]byte
	binary.BigEndian.PutUint64(seconds[:], uint64(now.Unix()))
	b = base64.RawURLEncoding.AppendEncode(b, []byte(strings.TrimLeft(string(seconds[:]), "\x00")))
	sum := s.signers[0].sum(b)
	b = append(b, '.')
	return string(base64.RawURLEncoding.AppendEncode(b, sum[:])), nil
}

// Open verifies the signature of a value, then its age, and then unpacks it: a
// stranger's value is never unpacked.
func (s *Serializer) Open(_, value string, now time.Time, lifetime time.Duration) (session.Carried, error) {
	var carried session.Carried
	signed, signature, ok := cutLast(value)
	if !ok {
		return carried, &session.CookieError{Reason: session.ReasonUnsigned}
	}
	if carried.Key, ok = s.verify(signed, signature); !ok {
		return session.Carried{}, &session.CookieError{Reason: session.ReasonSignature}
	}
	payload, stamp, ok := cutLast(signed)
	if ok {
		carried.Stamp, ok = parseStamp(stamp)
	}
	if !ok {
		return carried, &session.CookieError{Reason: session.ReasonStamp}
	}
	err := session.CheckAge(carried.Stamp, now, lifetime)
	if err != nil {
		return carried, err
	}
	if carried.JSON, err = unpack(payload); err != nil {
		return carried, &session.CookieError{Reason: session.ReasonPayload, Err: err}
	}
	return carried, nil
}

// verify returns which key made signature. Its base64 may be written in other
// ways than Flask's, as Python reads it.
func (s *Serializer) verify(signed, signature string) (key int, ok bool) {
	sum, err := decodeBase64(signature, '-', '_')
	if err != nil {
		return 0, false
	}
	for i, g := range s.signers {
		if want := g.sum([]byte(signed)); hmac.Equal(sum, want[:]) {
			return i, true
		}
	}
	return 0, false
}

// Peek reads the payload and the stamp of a value, whoever signed it.
func (*Serializer) Peek(value string) session.Carried {
	payload, stamp, _ := Cut(value)
	var carried session.Carried
	carried.Stamp, _ = parseStamp(stamp)
	if stamp == "" {
		carried.Stamp = time.Time{}
	}
	carried.JSON, _ = unpack(payload)
	return carried
}

// Cut cuts a value into its three parts, at the last two dots. A value with fewer
// dots lacks the later parts.
func Cut(value string) (payload, stamp, signature string) {
	payload, signature, _ = cutLast(value)
	if before, after, ok := cutLast(payload); ok {
		payload, stamp = before, after
	}
	return payload, stamp, signature
}

func cutLast(s string) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, '.')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// lastSecond is that of the year 9999, after which Python has no datetime.
const lastSecond = 253402300799

func parseStamp(s string) (time.Time, bool) {
	b, err := decodeBase64(s, '-', '_')
	if err != nil || len(b) > 8 {
		return time.Time{}, false
	}
	var seconds [8]byte
	copy(seconds[8-len(b):], b)
	return time.Unix(int64(min(binary.BigEndian.Uint64(seconds[:]), lastSecond)), 0).UTC(), true
}
