package inspect

import (
	"crypto/hmac"
	"strings"
)

// asKeygrip recognises a cookie whose signature travels in a second one, named like
// it with ".sig" behind, as cookie-session and Koa write them with Keygrip: an HMAC
// in base64url over "name=value". The value is base64 of JSON, or an id.
func asKeygrip(in *input) *Report {
	if base, ok := strings.CutSuffix(in.opt.Name, ".sig"); ok && base != "" {
		return keygripAlone(in)
	}
	tail, ok := in.beside(in.opt.Name + ".sig")
	mac, good := urlText(tail)
	d, known := digests[len(mac)]
	if !ok || !good || !known || in.opt.Name == "" || !octets(in.raw) {
		return nil
	}
	r := &Report{Format: Keygrip, Sure: Certain, Variant: "beside", Algorithm: "HMAC-" + d.name}
	kind := Payload
	if data, ok := anyBase64(in.text); ok && jsonOf(data) != nil && structured(data) {
		r.Payload = data
	} else if letters, bits := entropy(in.text); letters != "" && bits >= 96 {
		kind, r.Payload = ID, quoted([]byte(in.text))
		r.note("server-side")
		r.note("id-bits", "N", bits, "Letters", letters)
	} else {
		r.Payload = textOf([]byte(in.text))
	}
	r.cut(in.text, span{kind, len(in.text), string(r.Payload)})
	r.note("signature-beside", "Name", in.opt.Name+".sig", "Value", tail)
	if in.key != nil {
		r.Signature = checked(hmac.Equal(mac, d.mac(in.key, in.opt.Name, "=", in.raw)))
	}
	return r
}

// keygripAlone is a signature without the cookie that it is of.
func keygripAlone(in *input) *Report {
	mac, ok := urlText(in.text)
	d, known := digests[len(mac)]
	if !ok || !known {
		return nil
	}
	r := &Report{Format: Keygrip, Sure: Likely, Variant: "signature", Algorithm: "HMAC-" + d.name}
	r.cut(in.text, span{Mac, len(in.text), ""})
	r.note("signed-beside", "Name", strings.TrimSuffix(in.opt.Name, ".sig"))
	return r
}
