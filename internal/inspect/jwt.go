package inspect

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

// asJWT recognises JSON Web Tokens (RFC 7519) and names encrypted ones (RFC 7516).
func asJWT(in *input) *Report {
	parts := strings.Split(in.text, ".")
	outside := func(part string) bool { return strings.Trim(part, base62Digits+"-_") != "" }
	if len(parts) != 3 && len(parts) != 5 || slices.ContainsFunc(parts, outside) {
		return nil
	}
	head, ok := urlText(parts[0])
	var header struct{ Alg, Enc, Kid string }
	if !ok || !isObject(head) || jsonOf(head) == nil || json.Unmarshal(head, &header) != nil || header.Alg == "" {
		return nil
	}
	r := &Report{Format: JWT, Sure: Certain, Algorithm: header.Alg}
	dot := span{Separator, 1, ""}
	if len(parts) == 5 {
		r.Variant, r.Encrypted, r.Algorithm = "encrypted", true, header.Alg+" · "+header.Enc
		r.cut(in.text, span{Header, len(parts[0]), string(head)}, dot, span{Other, len(parts[1]), ""}, dot,
			span{IV, len(parts[2]), ""}, dot, span{Payload, len(parts[3]), ""}, dot, span{Tag, len(parts[4]), ""})
		r.note("jwe")
		return r
	}
	claims, _ := urlText(parts[1])
	r.Payload = jsonOf(claims)
	r.cut(in.text, span{Header, len(parts[0]), string(head)}, dot, span{Payload, len(parts[1]), string(claims)}, dot, span{Mac, len(parts[2]), ""})
	if strings.HasPrefix(in.opt.Name, "PLAY_") && isObject(member(r.Payload, "data")) {
		r.Variant = "play"
	}
	r.claims()
	switch mac, ok := urlText(parts[2]); {
	case strings.EqualFold(header.Alg, "none"):
		r.Algorithm = ""
		r.note("alg-none")
	case in.key == nil:
	case !ok:
		r.Signature = Invalid
	default:
		r.jwtVerify(in, header.Alg, parts[0]+"."+parts[1], mac)
	}
	return r
}

// jwtVerify checks a signature. What kind of key is taken follows from the
// algorithm, and never the other way round. That a public key fits as an HMAC
// secret is a fact, and that a server took it for one is a fault.
func (r *Report) jwtVerify(in *input, alg, signed string, mac []byte) {
	method := jwt.GetSigningMethod(alg)
	var key any
	var err error
	switch alg[:min(2, len(alg))] {
	case "HS":
		if key = in.key; isPublic(in.key) {
			r.note("confusion")
			// Programs read a key with the line feed at the end of its file.
			if line := append(slices.Clip(in.key), '\n'); method != nil && method.Verify(signed, mac, line) == nil {
				key = line
			}
		}
	case "RS", "PS":
		key, err = jwt.ParseRSAPublicKeyFromPEM(in.key)
	case "ES":
		key, err = jwt.ParseECPublicKeyFromPEM(in.key)
	case "Ed":
		key, err = jwt.ParseEdPublicKeyFromPEM(in.key)
	}
	switch {
	case method == nil || key == nil:
		r.note("alg-unknown", "Alg", alg)
	case err != nil:
		r.note("needs-public-key", "Alg", alg)
	default:
		r.Signature, r.public = checked(method.Verify(signed, mac, key) == nil), alg[:2] != "HS"
	}
}
