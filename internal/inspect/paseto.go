package inspect

import (
	"strings"
	"time"
)

// pasetoMacs are how long the signatures of PASETO's public tokens are, by version.
var pasetoMacs = map[string]int{"v1": 256, "v2": 64, "v3": 96, "v4": 64}

// asPaseto recognises tokens of PASETO, "version.purpose.payload" and perhaps a
// footer: local ones are encrypted, public ones have JSON and a signature in one
// base64.
func asPaseto(in *input) *Report {
	parts := strings.Split(in.text, ".")
	if len(parts) != 3 && len(parts) != 4 {
		return nil
	}
	size, purpose := pasetoMacs[parts[0]], parts[1]
	body, ok := urlText(parts[2])
	if size == 0 || purpose != "local" && purpose != "public" || !ok || len(body) == 0 {
		return nil
	}
	footer := ""
	if len(parts) == 4 {
		b, ok := urlText(parts[3])
		if footer = string(b); !ok {
			return nil
		}
	}
	r := &Report{Format: Paseto, Sure: Certain, Variant: "paseto-" + purpose, Encrypted: purpose == "local"}
	r.Algorithm = map[string]string{
		"v1local": "AES-256-CTR · HMAC-SHA384", "v2local": "XChaCha20-Poly1305", "v3local": "AES-256-CTR · HMAC-SHA384", "v4local": "XChaCha20 · BLAKE2b",
		"v1public": "RSA-PSS", "v2public": "Ed25519", "v3public": "ECDSA P-384", "v4public": "Ed25519",
	}[parts[0]+purpose]
	head := span{Header, len(parts[0]) + 1 + len(purpose), ""}
	spans := []span{head, {Separator, 1, ""}, {Payload, len(parts[2]), ""}}
	if !r.Encrypted {
		message := body[:max(len(body)-size, 0)]
		if r.Payload = jsonOf(message); r.Payload == nil {
			r.Sure = Likely // cut off, or changed
		}
		n := (len(message)*8 + 5) / 6
		spans = append(spans[:2], span{Payload, n, string(r.Payload)}, span{Mac, len(parts[2]) - n, ""})
		r.pasetoTimes()
		r.note("borders")
	}
	if len(parts) == 4 {
		spans = append(spans, span{Separator, 1, ""}, span{Header, len(parts[3]), footer})
	}
	r.cut(in.text, spans...)
	r.unchecked(in)
	return r
}

// pasetoTimes takes the registered claims, which are dates as text.
func (r *Report) pasetoTimes() {
	for _, c := range []struct{ name, kind string }{{"iat", "issued"}, {"nbf", "not-before"}, {"exp", "expires"}} {
		if text, ok := plainText(member(r.Payload, c.name)); ok { // nil has no members
			if at, err := time.Parse(time.RFC3339, text); err == nil {
				r.moment(c.kind, at)
			}
		}
	}
}
