package inspect

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1" // #nosec G505 -- it is what others sign with
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"hash"
	"strings"
)

// secret returns the bytes of a key as it was typed, nil for none.
func secret(typed string) []byte {
	key, _ := secretOf(typed)
	return key
}

// secretOf is [secret] and, where what follows a mark cannot be decoded and the
// key is taken as text, an error that says which mark.
func secretOf(typed string) (key []byte, err error) {
	if typed == "" {
		return nil, nil
	}
	typed = strings.Trim(typed, unseen)
	for mark, decode := range map[string]func(string) ([]byte, error){
		"hex:": hex.DecodeString, "base64:": decodeBase64,
	} {
		if text, ok := strings.CutPrefix(strings.TrimSpace(typed), mark); ok {
			// Long keys are broken into lines, and tools put colons between bytes.
			if key, err = decode(strings.NewReplacer(" ", "", "\t", "", "\r", "", "\n", "", ":", "").Replace(text)); err == nil && len(key) > 0 {
				return key, nil
			}
			return []byte(typed), errors.New(mark)
		}
	}
	return []byte(typed), nil
}

// decodeBase64 reads either alphabet, with padding or without.
func decodeBase64(text string) ([]byte, error) {
	text = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(text, "="))
	return base64.RawStdEncoding.DecodeString(text)
}

// A digest is a hash by its name.
type digest struct {
	name string
	new  func() hash.Hash
}

// digests are those that sign cookies, told apart by the length of what they
// make.
var digests = map[int]digest{20: {"SHA1", sha1.New}, 32: {"SHA256", sha256.New}, 48: {"SHA384", sha512.New384}, 64: {"SHA512", sha512.New}}

// mac returns the HMAC of parts under a key.
func (d digest) mac(key []byte, parts ...string) []byte {
	m := hmac.New(d.new, key)
	for _, p := range parts {
		m.Write([]byte(p))
	}
	return m.Sum(nil)
}

// sum returns the hash of parts.
func (d digest) sum(parts ...string) []byte {
	h := d.new()
	for _, p := range parts {
		h.Write([]byte(p))
	}
	return h.Sum(nil)
}

// pbkdf2Rounds is how Rails derives the keys of cookies from secret_key_base.
const pbkdf2Rounds = 1000

// A derived is a key that Rails could have made of a secret.
type derived struct {
	key []byte
	how string
}

// railsKeys are the keys that Rails could have made of a secret: with SHA-1 up to
// 6.1, with SHA-256 since 7.0. The secret itself comes first.
func railsKeys(secret []byte, salt string, length int) []derived {
	keys := []derived{{secret, ""}}
	for _, size := range []int{32, 20} {
		d := digests[size]
		key, err := pbkdf2.Key(d.new, string(secret), []byte(salt), pbkdf2Rounds, length)
		if err == nil {
			keys = append(keys, derived{key, "PBKDF2-" + d.name + " · " + salt})
		}
	}
	return keys
}
