package inspect

import (
	"crypto/hmac"
	"encoding/base64"
	"strings"
)

// In Express "s:" begins what cookie-signature signed: value, dot, signature in
// base64. "j:" begins JSON.

func asExpress(in *input) *Report {
	r := &Report{Format: Express, Sure: Certain}
	if text, ok := strings.CutPrefix(in.text, "j:"); ok {
		if r.Payload = jsonOf([]byte(text)); r.Payload == nil {
			return nil
		}
		r.Variant = "json"
		r.cut(in.text, span{Prefix, 2, ""}, span{Payload, len(text), text})
		r.note("not-signed")
		return r
	}
	signed, ok := strings.CutPrefix(in.text, "s:")
	value, tail, dotted := cutLast(signed, '.')
	mac, err := base64.RawStdEncoding.DecodeString(tail)
	if !ok || !dotted || err != nil || len(mac) != 32 || strings.ContainsAny(tail, "\r\n") {
		return nil
	}
	r.Algorithm, r.Variant, r.Payload = "HMAC-SHA256", "signed", quoted([]byte(value))
	kind := Payload
	if text, ok := strings.CutPrefix(value, "j:"); ok {
		if p := jsonOf([]byte(text)); p != nil {
			r.Payload = p
		}
	} else if letters, bits := entropy(value); letters != "" && bits >= 96 && (in.opt.Name == "connect.sid" || len(value) == 32) {
		kind, r.Variant = ID, "session"
		r.note("server-side")
		r.note("id-bits", "N", bits, "Letters", letters)
	}
	r.cut(in.text, span{Prefix, 2, ""}, span{kind, len(value), value}, span{Separator, 1, ""}, span{Mac, len(tail), ""})
	if in.key != nil {
		r.Signature = checked(hmac.Equal(mac, digests[32].mac(in.key, value)))
	}
	return r
}

// asBare recognises what cookie-signature signed where nothing marks it, as Fastify
// and Remix have it: base64 without padding tells it from base64url by two of its
// letters only, so that it takes one of them, or a key that fits.
func asBare(in *input) *Report {
	value, tail, ok := cutLast(in.text, '.')
	mac, err := base64.RawStdEncoding.Strict().DecodeString(tail)
	if !ok || err != nil || len(mac) != 32 || len(tail) != 43 || value == "" {
		return nil
	}
	r := &Report{Format: Express, Sure: Guess, Variant: "bare", Algorithm: "HMAC-SHA256", Payload: textOf([]byte(value))}
	r.cut(in.text, span{Payload, len(value), value}, span{Separator, 1, ""}, span{Mac, len(tail), ""})
	if in.key != nil {
		r.Signature = checked(hmac.Equal(mac, digests[32].mac(in.key, value)))
	}
	if r.Signature != Valid && (!strings.ContainsAny(tail, "+/") || in.raw == in.text && !octets(value)) {
		return nil
	}
	return r
}

// checked names the outcome of a check.
func checked(ok bool) Signature {
	if ok {
		return Valid
	}
	return Invalid
}
