package inspect

import (
	"crypto/hmac"
	"crypto/md5" // #nosec G501 -- it is what others sign with
	"encoding/base64"
	"strings"
)

// asBottle recognises Bottle's signed cookies, "!signature?message": base64 of a
// pickle of the name and the value, and of its HMAC, with MD5 up to 0.12.
func asBottle(in *input) *Report {
	rest, ok := strings.CutPrefix(in.text, "!")
	tail, message, cut := strings.Cut(rest, "?")
	mac, err := base64.StdEncoding.DecodeString(tail)
	data, errData := base64.StdEncoding.DecodeString(message)
	if !ok || !cut || err != nil || errData != nil || len(data) < 2 || data[0] != 0x80 || data[1] > 5 {
		return nil
	}
	d := digest{"MD5", md5.New} // what old versions of Bottle sign with
	if len(mac) != md5.Size {
		if d, ok = digests[len(mac)]; !ok {
			return nil
		}
	}
	r := &Report{Format: Bottle, Sure: Certain, Algorithm: "HMAC-" + d.name}
	r.cut(in.text, span{Prefix, 1, ""}, span{Mac, len(tail), ""}, span{Separator, 1, ""}, span{Payload, len(message), ""})
	r.note("pickle")
	if in.key != nil {
		r.Signature = checked(hmac.Equal(mac, d.mac(in.key, message)))
	}
	return r
}
