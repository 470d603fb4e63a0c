package inspect

import (
	"bytes"
	"crypto/hmac"
	"encoding/base64"
	"strings"
	"time"
)

const starletteLifetime = 14 * 24 * time.Hour // SessionMiddleware's max_age, unless set

// asStarlette recognises the session of Starlette and FastAPI: standard base64 of
// JSON, signed by itsdangerous's TimestampSigner. From Flask's it is told by the
// padding, by characters that base64url has not, or by the spaces that Python's
// json writes and Flask leaves out. Where none of these is there, a key decides.
func asStarlette(in *input) *Report {
	body, tail, _ := cutLast(in.text, '.')
	data, stamp, ok := cutLast(body, '.')
	mac, good := urlText(tail)
	text, err := base64.StdEncoding.Strict().DecodeString(data)
	at, legacy, timed := itsStamp(stamp)
	payload := jsonOf(text)
	if !ok || !good || len(mac) != 20 || err != nil || !timed || legacy || payload == nil || !isObject(payload) {
		return nil
	}
	r := &Report{Format: Starlette, Sure: Likely, Algorithm: "HMAC-SHA1", Payload: payload}
	if in.key != nil {
		derived := digests[20].sum(orElse(in.opt.Salt, "itsdangerous.Signer"), "signer", string(in.key))
		r.Signature = checked(hmac.Equal(mac, digests[20].mac(derived, body)))
	}
	flaskLike := !strings.ContainsAny(data, "+/=") && bytes.Equal(compacted(payload), payload)
	if flaskLike && r.Signature != Valid {
		return nil
	}
	r.moment("signed", at)
	r.moment("default-limit", at.Add(starletteLifetime))
	dot := span{Separator, 1, ""}
	r.cut(in.text, span{Payload, len(data), string(text)}, dot, span{Timestamp, len(stamp), at.Format(time.RFC3339)}, dot, span{Mac, len(tail), ""})
	r.note("no-lifetime")
	return r
}
