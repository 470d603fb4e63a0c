package inspect

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"strings"
)

// phoenixHeads are how Plug.Crypto begins what it signs, the name of the algorithm
// in base64url, and how long the signature is.
var phoenixHeads = map[string]int{"SFMyNTY": 32, "SFMzODQ": 48, "SFM1MTI": 64}

// asPhoenix recognises the sessions and tokens of Phoenix, which Plug.Crypto makes:
// "algorithm.term.signature", with a term of Erlang, or five parts where the term
// is encrypted.
func asPhoenix(in *input) *Report {
	head, rest, _ := strings.Cut(in.text, ".")
	if head == "QTEyOEdDTQ" {
		return asPhoenixEncrypted(in)
	}
	data, tail, ok := strings.Cut(rest, ".")
	raw, good := urlText(data)
	mac, goodMac := urlText(tail)
	d := digests[len(mac)]
	if !ok || !good || !goodMac || len(raw) == 0 || phoenixHeads[head] != len(mac) || d.new == nil {
		return nil
	}
	r := &Report{Format: Phoenix, Sure: Certain, Algorithm: "HMAC-" + d.name}
	if r.Payload = termOf(raw); r.Payload != nil {
		r.Variant = "term"
	} else {
		r.Payload = textOf(raw)
	}
	dot := span{Separator, 1, ""}
	r.cut(in.text, span{Header, len(head), "HS" + d.name[3:]}, dot, span{Payload, len(data), string(r.Payload)}, dot, span{Mac, len(tail), ""})
	if in.key == nil {
		return r
	}
	signed := head + "." + data
	keys := [][]byte{in.key}
	if key, err := pbkdf2.Key(digests[32].new, string(in.key), []byte(in.opt.Salt), pbkdf2Rounds, 32); err == nil {
		keys = append(keys, key)
	}
	for i, key := range keys {
		if hmac.Equal(mac, d.mac(key, signed)) {
			if r.Signature = Valid; i > 0 {
				r.Match = "PBKDF2-SHA256 · " + in.opt.Salt
			}
			return r
		}
	}
	if in.opt.Salt == "" { // Phoenix makes a random one for each project
		r.note("needs-salt")
		return r
	}
	r.Signature = Invalid
	return r
}

// asPhoenixEncrypted recognises a term that is encrypted with AES-128-GCM under a
// key of its own, which is encrypted in turn.
func asPhoenixEncrypted(in *input) *Report {
	parts := strings.Split(in.text, ".")
	if len(parts) != 5 {
		return nil
	}
	var sizes [5]int
	for i, part := range parts {
		b, ok := urlText(part)
		if !ok {
			return nil
		}
		sizes[i] = len(b)
	}
	if sizes[1] != 44 || sizes[2] != 12 || sizes[4] != 16 {
		return nil
	}
	r := &Report{Format: Phoenix, Sure: Certain, Variant: "encrypted-term", Algorithm: "AES-128-GCM", Encrypted: true}
	dot := span{Separator, 1, ""}
	r.cut(in.text, span{Header, len(parts[0]), "A128GCM"}, dot, span{Salt, len(parts[1]), ""}, dot, span{IV, len(parts[2]), ""}, dot,
		span{Payload, len(parts[3]), ""}, dot, span{Tag, len(parts[4]), ""})
	r.unchecked(in)
	return r
}
