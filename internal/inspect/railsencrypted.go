package inspect

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"strings"
)

// asRailsEncrypted recognises "data--iv--tag", each in base64, as
// ActiveSupport::MessageEncryptor writes AES-256-GCM since Rails 5.2.
func asRailsEncrypted(in *input) *Report {
	parts := strings.Split(in.text, "--")
	if len(parts) != 3 {
		return nil
	}
	data, ok1 := anyBase64(parts[0])
	iv, ok2 := anyBase64(parts[1])
	tag, ok3 := anyBase64(parts[2])
	if !ok1 || !ok2 || !ok3 || len(iv) != 12 || len(tag) != 16 {
		return nil
	}
	r := &Report{Format: RailsEncrypted, Sure: Certain, Algorithm: "AES-256-GCM", Encrypted: true}
	if in.key != nil {
		r.Signature = Invalid
		for _, k := range railsKeys(in.key, orElse(in.opt.Salt, "authenticated encrypted cookie"), 32) {
			if plain, ok := openGCM(k.key, iv, append(data[:len(data):len(data)], tag...), nil); ok {
				r.Signature, r.Match = Valid, k.how
				r.rubyPayload(plain)
				break
			}
		}
	}
	gap := span{Separator, 2, ""}
	r.cut(in.text, span{Payload, len(parts[0]), string(r.Payload)}, gap, span{IV, len(parts[1]), ""}, gap, span{Tag, len(parts[2]), ""})
	return r
}

func openGCM(key, iv, sealed, extra []byte) (plain []byte, ok bool) {
	if len(key) != 32 {
		return nil, false
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, false
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil || len(iv) != gcm.NonceSize() {
		return nil, false
	}
	plain, err = gcm.Open(nil, iv, sealed, extra)
	return plain, err == nil
}

// asCBC takes a signed message that holds "data--iv" for what Rails encrypted
// with AES-256-CBC up to 5.1, and reports whether it is.
func (r *Report) asCBC(in *input, d digest, signed, sealed, initial string, mac []byte) bool {
	data, ok1 := anyBase64(sealed)
	iv, ok2 := anyBase64(initial)
	if !ok1 || !ok2 || len(iv) != aes.BlockSize || len(data)%aes.BlockSize != 0 {
		return false
	}
	r.Format, r.Encrypted = RailsEncrypted, true
	r.Variant, r.Algorithm = "cbc", "AES-256-CBC · HMAC-"+d.name
	if in.key == nil {
		return true
	}
	r.Signature = Invalid
	for _, k := range railsKeys(in.key, orElse(in.opt.Salt, "signed encrypted cookie"), 64) {
		if !hmac.Equal(mac, d.mac(k.key, signed)) {
			continue
		}
		r.Signature, r.Match = Valid, k.how
		for _, k := range railsKeys(in.key, "encrypted cookie", 32) {
			if plain, ok := openCBC(k.key, iv, data); ok {
				r.rubyPayload(plain)
			}
			if r.Payload != nil {
				break
			}
		}
		break
	}
	return true
}

// openCBC decrypts and takes the padding off (PKCS #7). It is for messages whose
// signature is right, so it may tell what is wrong with the padding.
func openCBC(key, iv, data []byte) (plain []byte, ok bool) {
	block, err := aes.NewCipher(key)
	if err != nil || len(iv) != aes.BlockSize || len(data) == 0 || len(data)%aes.BlockSize != 0 {
		return nil, false
	}
	plain = make([]byte, len(data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(plain, data)
	pad := int(plain[len(plain)-1])
	if pad < 1 || pad > aes.BlockSize {
		return nil, false
	}
	for _, c := range plain[len(plain)-pad:] {
		if int(c) != pad {
			return nil, false
		}
	}
	return plain[:len(plain)-pad], true
}
