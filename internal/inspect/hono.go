package inspect

import (
	"crypto/hmac"
	"encoding/base64"
)

// asHono recognises Hono's signed cookies: a value, a dot, and an HMAC-SHA256 in
// base64 with its padding, all of it escaped by %XX.
func asHono(in *input) *Report {
	value, tail, ok := cutLast(in.text, '.')
	mac, err := base64.StdEncoding.Strict().DecodeString(tail)
	if !ok || err != nil || len(mac) != 32 || len(tail) != 44 {
		return nil
	}
	r := &Report{Format: Hono, Sure: Likely, Algorithm: "HMAC-SHA256", Payload: textOf([]byte(value))}
	r.cut(in.text, span{Payload, len(value), value}, span{Separator, 1, ""}, span{Mac, len(tail), ""})
	if in.key != nil {
		r.Signature = checked(hmac.Equal(mac, digests[32].mac(in.key, value)))
	}
	if r.Signature != Valid && in.raw == in.text && !octets(value) {
		return nil
	}
	return r
}
