package inspect

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"encoding/binary"
	"strings"
)

// asRackEncrypted recognises what Rack::Session::Encryptor of Rack 3 writes: one
// base64 of a version byte, 32 random bytes that make the message's key, and
//
//	1: IV (16), AES-256-CTR data, HMAC-SHA256 (32)
//	2: IV (12), GCM tag (16), AES-256-GCM data
func asRackEncrypted(in *input) *Report {
	all, ok := anyBase64(in.text)
	if !ok || len(all) < 64 || all[0] != 1 && all[0] != 2 {
		return nil
	}
	v1 := all[0] == 1
	widths := []span{{Header, 1, ""}, {Salt, 32, ""}, {IV, 12, ""}, {Tag, 16, ""}, {Payload, len(all) - 61, ""}}
	r := &Report{Format: RackEncrypted, Sure: Likely, Variant: "2", Algorithm: "AES-256-GCM", Encrypted: true}
	if v1 {
		widths = []span{{Header, 1, ""}, {Salt, 32, ""}, {IV, 16, ""}, {Payload, len(all) - 81, ""}, {Mac, 32, ""}}
		r.Variant, r.Algorithm = "1", "AES-256-CTR · HMAC-SHA256"
	}
	body := all[61:]
	if v1 {
		if len(all) < 83 {
			return nil
		}
		body = all[49 : len(all)-32]
	}
	named := strings.Contains(in.opt.Name, "rack")
	if !named && len(body)%32 != 0 { // it pads to 32 bytes, unless told not to
		return nil
	}
	if !named {
		r.Sure, r.Maybe = Guess, append(r.Maybe, Opaque)
	}
	if in.key != nil {
		r.Signature = Invalid
		for _, purpose := range []string{in.opt.Name, "rack.session", in.opt.Salt, ""} {
			plain, ok := openRack(in.key, all, body, purpose)
			if !ok {
				continue
			}
			r.Signature, r.Maybe = Valid, nil
			if purpose != "" {
				r.Match = "purpose " + purpose
			}
			if pad := int(binary.LittleEndian.Uint16(plain)); pad+2 <= len(plain) {
				variant := r.Variant
				r.rubyPayload(plain[pad+2:])
				r.Variant = variant
			}
			break
		}
	}
	r.cutPacked(in.text, widths...)
	for i := range r.Parts {
		if r.Parts[i].Kind == Payload {
			r.Parts[i].Decoded = brief(string(r.Payload))
		}
	}
	return r
}

// openRack decrypts a message whose purpose, the cookie's name as a rule, is part
// of what is authenticated. Its plain text begins with two bytes of padding's
// length.
func openRack(key, all, body []byte, purpose string) (plain []byte, ok bool) {
	d := digests[32]
	switch {
	case all[0] == 2 && len(key) >= 32:
		sealed := append(body[:len(body):len(body)], all[45:61]...)
		plain, ok = openGCM(d.mac(key[:32], string(all[1:33])), all[33:45], sealed, append(all[:33:33], purpose...))
	case all[0] == 1 && len(key) >= 64:
		mac := all[len(all)-32:]
		if ok = hmac.Equal(mac, d.mac(key[32:], string(all[:len(all)-32]), purpose)); !ok {
			return nil, false
		}
		block, err := aes.NewCipher(d.mac(key[:32], string(all[1:33])))
		if err != nil {
			return nil, false
		}
		plain = make([]byte, len(body))
		cipher.NewCTR(block, all[33:49]).XORKeyStream(plain, body)
	}
	return plain, ok && len(plain) >= 2
}
