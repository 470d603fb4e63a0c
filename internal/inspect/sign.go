package inspect

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/sessionlab/sessionlab/session/flask"
)

// Why [Sign] makes no cookie.
var (
	ErrNoKey      = errors.New("inspect: sign: there is no key")
	ErrPayload    = errors.New("inspect: sign: the payload is not what this format carries")
	ErrCannotSign = errors.New("inspect: sign: not a format that can be signed here")
	ErrAsItIs     = errors.New("inspect: sign: the payload can be read here and not written")
	ErrBlockKey   = errors.New("inspect: sign: the second key is not of 16, 24 or 32 bytes")
)

// Signable are the formats that [Sign] makes.
var Signable = [...]Format{Flask, ItsDangerous, Django, Express, RailsSigned, Rack, JWT, Gorilla, SignedID}

// CanSign reports whether [Sign] makes cookies of a format.
func CanSign(f Format) bool { return slices.Contains(Signable[:], f) }

// Sign makes a cookie of a format with a payload, which is JSON, as whoever has
// the key can make one: Flask's session, a timed serializer of itsdangerous,
// Django's signed session, a signed cookie of Express or Rails, Rack's session, a
// JSON Web Token with HS256, a value of gorilla/securecookie, or a signed id. Salts
// are the maker's own, unless the options have one.
//
// Where a format leaves open how the payload is serialised, it is as in the cookie
// that the options have. What only its maker can write, Marshal and gob, is signed
// as it is, and any other payload is [ErrAsItIs].
func Sign(f Format, payload string, o Options) (string, error) {
	key := secret(o.Key)
	if !CanSign(f) {
		return "", ErrCannotSign
	}
	if key == nil {
		return "", ErrNoKey
	}
	src := &Report{}
	if o.Cookie != "" {
		*src = Inspect(o.Cookie, o)
		o.Name = orElse(o.Name, src.Name)
	}
	text := strings.TrimSpace(payload)
	value := jsonOf([]byte(text))
	object := value != nil && isObject(value)
	word, plain := plainText(value)
	var compact bytes.Buffer
	if value != nil {
		if err := json.Compact(&compact, value); err != nil {
			return "", ErrPayload
		}
	}
	encoded := base64.RawURLEncoding.EncodeToString(compact.Bytes())
	switch {
	case f == Express:
		return signExpress(key, text, value, word, plain), nil
	case f == SignedID:
		if !plain || len(word) != 32 || strings.Trim(word, base32Letters) != "" {
			return "", ErrPayload
		}
		mac := digests[32].mac(key, orElse(o.Name, "session"), "\x00", word)
		return word + "." + base64.RawURLEncoding.EncodeToString(mac), nil
	case f == Gorilla && len(payload) <= MaxInput:
		return signGorilla(text, compact.Bytes(), key, src, o)
	case (f == RailsSigned || f == Rack) && len(payload) <= MaxInput:
		return signRuby(f, compact.Bytes(), key, src, o)
	case value == nil || f != ItsDangerous && !object || len(payload) > MaxInput:
		return "", ErrPayload
	case f == Flask && o.Salt == "":
		return flask.NewSerializer(key).Seal("", compact.Bytes(), o.Now)
	case f == Flask, f == ItsDangerous:
		d, derived := digests[20], []byte(nil)
		if salt := orElse(o.Salt, "itsdangerous"); f == Flask {
			derived = d.mac(key, salt)
		} else {
			derived = d.sum(salt, "signer", string(key))
		}
		body := encoded + "." + itsTime(o.Now.Unix())
		return body + "." + base64.RawURLEncoding.EncodeToString(d.mac(derived, body)), nil
	case f == Django:
		d := digests[32]
		body := encoded + ":" + toBase62(o.Now.Unix())
		mac := d.mac(d.sum(orElse(o.Salt, djangoSession), "signer", string(key)), body)
		return body + ":" + base64.RawURLEncoding.EncodeToString(mac), nil
	}
	body := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encoded
	mac, err := jwt.SigningMethodHS256.Sign(body, key)
	return body + "." + base64.RawURLEncoding.EncodeToString(mac), err
}

// plainText returns what a JSON string says.
func plainText(value json.RawMessage) (text string, ok bool) {
	ok = value != nil && json.Unmarshal(value, &text) == nil
	return text, ok
}

// signExpress signs text as it is, and other JSON as cookie-parser marks it.
func signExpress(key []byte, text string, value json.RawMessage, word string, plain bool) string {
	switch {
	case plain:
		text = word
	case value != nil && structured(value):
		text = "j:" + text
	}
	mac := base64.RawStdEncoding.EncodeToString(digests[32].mac(key, text))
	return strings.ReplaceAll(url.QueryEscape("s:"+text+"."+mac), "+", "%20")
}

func itsTime(seconds int64) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(seconds))
	return base64.RawURLEncoding.EncodeToString(bytes.TrimLeft(b[:], "\x00"))
}

func toBase62(n int64) string {
	var digits []byte
	for ; n > 0; n /= 62 {
		digits = append(digits, base62Digits[n%62])
	}
	slices.Reverse(digits)
	return string(digits)
}
