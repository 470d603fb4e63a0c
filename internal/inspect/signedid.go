package inspect

import (
	"crypto/hmac"
	"strings"
)

// asSignedID recognises the session ids that this product's own store makes: 160
// bits in base32, a dot, and an HMAC-SHA256 over the cookie's name and the id.
func asSignedID(in *input) *Report {
	id, tail, ok := strings.Cut(in.text, ".")
	mac, good := urlText(tail)
	if !ok || !good || len(mac) != 32 || len(id) != 32 || strings.Trim(id, base32Letters) != "" {
		return nil
	}
	r := &Report{Format: SignedID, Sure: Likely, Algorithm: "HMAC-SHA256", Payload: quoted([]byte(id))}
	r.cut(in.text, span{ID, len(id), ""}, span{Separator, 1, ""}, span{Mac, len(tail), ""})
	r.note("server-side")
	if in.key == nil {
		r.Maybe = append(r.Maybe, ItsDangerous)
		return r
	}
	name := in.opt.Name
	if name == "" {
		name = "session"
	}
	if r.Signature = checked(hmac.Equal(mac, digests[32].mac(in.key, name, "\x00", id))); r.Signature == Invalid {
		r.note("name-signed", "Name", name)
	}
	return r
}
