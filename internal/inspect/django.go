package inspect

import (
	"crypto/hmac"
	"errors"
	"strings"
	"time"
)

// What Django signs is divided by colons: payload, the time in base62 if it is
// timed, signature.

const (
	djangoSession  = "django.contrib.sessions.backends.signed_cookies"
	djangoLifetime = 14 * 24 * time.Hour // SESSION_COOKIE_AGE, unless set
)

// djangoSalts are those of the library's own callers.
var djangoSalts = []string{
	djangoSession, "django.core.signing", "django.core.signing.TimestampSigner", "django.core.signing.Signer", "django.contrib.messages",
}

func asDjango(in *input) *Report {
	body, tail, ok := cutLast(in.text, ':')
	mac, good := urlText(tail)
	d, known := digests[len(mac)]
	if !ok || !good || !known || d.name == "SHA384" || body == "" {
		return nil
	}
	r := &Report{Format: Django, Sure: Likely, Algorithm: "HMAC-" + d.name}
	data, stamp, dotted := cutLast(body, ':')
	at, timed := base62(stamp)
	if timed = timed && dotted && data != "" && plausible(at); !timed {
		data = body
	}
	text, err := unpack(data)
	if r.Payload = jsonOf(text); r.Payload != nil {
		r.Variant = "object"
	} else if errors.Is(err, errTooBig) {
		r.Variant = "object"
		r.note("too-big", "N", MaxUnpacked)
	} else if err == nil && len(text) > 1 && text[0] == 0x80 && text[1] <= 5 { // a pickle's first opcode and protocol
		r.Variant, text = "pickle", nil
		r.note("pickle")
	} else {
		r.Variant, r.Payload, text = "text", quoted([]byte(data)), []byte(data)
	}
	if r.Variant == "text" && (!timed || strings.Contains(data, " ")) {
		r.Sure = Guess
	}
	spans := []span{{Payload, len(data), string(text)}, {Separator, 1, ""}}
	if timed {
		spans = append(spans, span{Timestamp, len(stamp), at.Format(time.RFC3339)}, span{Separator, 1, ""})
		r.moment("signed", at)
	}
	r.cut(in.text, append(spans, span{Mac, len(tail), ""})...)
	session := timed && isObject(r.Payload) || r.Variant == "pickle"
	if in.key != nil {
		session = r.djangoVerify(in, d, body, mac) == djangoSession || r.Signature == Invalid && session
	}
	if session {
		r.Variant = "session"
		if timed {
			r.moment("default-limit", at.Add(djangoLifetime))
		}
	}
	if timed {
		r.note("no-lifetime")
	}
	// Django puts a value with spaces in quotes, which tools take off.
	if r.Signature != Valid && !octets(strings.ReplaceAll(data, " ", "")) {
		return nil
	}
	return r
}

// djangoVerify looks for the salt that gives the signature, and returns it.
func (r *Report) djangoVerify(in *input, d digest, body string, mac []byte) string {
	r.Signature = Invalid
	salts, key := djangoSalts, string(in.key)
	if in.opt.Salt != "" {
		salts = []string{in.opt.Salt}
	}
	for _, salt := range salts {
		if hmac.Equal(mac, d.mac(d.sum(salt, "signer", key), body)) {
			r.Signature, r.Match = Valid, "salt "+salt
			return salt
		}
	}
	// set_signed_cookie puts a word before the key, and the cookie's name before
	// the salt.
	salt := in.opt.Name + in.opt.Salt
	if hmac.Equal(mac, d.mac(d.sum(salt, "signer", "django.http.cookies"+key), body)) {
		r.Signature, r.Match = Valid, "set_signed_cookie · salt "+salt
		return salt
	}
	return ""
}

const base62Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// base62 reads seconds since 1970.
func base62(s string) (at time.Time, ok bool) {
	if s == "" || len(s) > 8 {
		return at, false
	}
	var n int64
	for i := range len(s) {
		digit := int64(indexOf(s[i]))
		if digit < 0 {
			return at, false
		}
		n = n*62 + digit
	}
	return time.Unix(n, 0).UTC(), true
}

func indexOf(c byte) int {
	for i := range len(base62Digits) {
		if base62Digits[i] == c {
			return i
		}
	}
	return -1
}
