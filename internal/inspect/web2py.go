package inspect

import (
	"crypto/hmac"
	"crypto/md5" // #nosec G501 -- it is what others sign with
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// asWeb2py recognises the sessions that web2py keeps in cookies: an HMAC in
// hexadecimal and base64url of an IV and an encrypted pickle. Its hash key is a
// hash of the encryption key, unless set. It also cuts its ids, which begin with
// the client's address.
func asWeb2py(in *input) *Report {
	if strings.HasPrefix(in.opt.Name, "session_id_") {
		return asWeb2pyID(in)
	}
	rest, modern := strings.CutPrefix(in.text, "hmac256:")
	tail, data, ok := strings.Cut(rest, ":")
	mac, isHex := lowerHex(tail)
	sealed, errData := base64.URLEncoding.DecodeString(data)
	named := strings.HasPrefix(in.opt.Name, "session_data_")
	want := md5.Size
	if modern {
		want = 32
	}
	if !ok || !isHex || errData != nil || len(mac) != want || len(sealed) < 32 || len(sealed)%16 != 0 || !modern && !named {
		return nil
	}
	r := &Report{Format: Web2py, Sure: Certain, Algorithm: "AES-CBC · HMAC-SHA256", Encrypted: true}
	d, key := digests[32], digests[32].sum(string(in.key))
	if !modern {
		r.Sure, r.Algorithm, d = Likely, "AES-CBC · HMAC-MD5", digest{"MD5", md5.New} // web2py's own
		key = []byte(hex.EncodeToString(digests[20].sum(string(in.key))))
	}
	r.cut(in.text, span{Prefix, len(in.text) - len(rest), ""}, span{Mac, len(tail), ""}, span{Separator, 1, ""}, span{Payload, len(data), ""})
	r.note("pickle")
	if in.key != nil {
		r.Signature = checked(hmac.Equal(mac, d.mac(key, data)))
	}
	return r
}

// asWeb2pyID recognises "address-uuid".
func asWeb2pyID(in *input) *Report {
	at := len(in.text) - 36
	r := &Report{Format: Opaque, Sure: Likely}
	if at < 3 || in.text[at-1] != '-' || !r.asUUID(in.text[at:]) {
		return nil
	}
	r.Variant = "web2py"
	r.cut(in.text, span{Other, at - 1, ""}, span{Separator, 1, ""}, span{ID, 36, ""})
	r.note("server-side")
	return r
}
