package inspect

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
)

// What gorilla/securecookie and Ruby's verifiers sign may be serialised in many
// ways. A cookie that is signed anew keeps that of the one it is made of.

// signGorilla makes a value of securecookie: "time|value|mac". A text that begins
// with "hex:" is the value's bytes, encrypted or not, which are signed as they
// are: the hash key alone is enough for that.
func signGorilla(text string, payload json.RawMessage, key []byte, src *Report, o Options) (string, error) {
	p := &packed{digest: digests[32], repack: asLine}
	if src.Format == Gorilla {
		p = src.packed
	}
	auth, block := p.key, p.block
	if auth == nil {
		auth, block = key, secret(o.Key2)
	}
	var data []byte
	var err error
	if typed, ok := strings.CutPrefix(text, "hex:"); ok {
		if data, err = hex.DecodeString(typed); err != nil {
			return "", ErrPayload
		}
		block = nil
	} else if payload == nil {
		return "", ErrPayload
	} else if data, err = p.again(src.Payload, payload); err != nil {
		return "", err
	}
	if block != nil {
		if data, err = sealCTR(block, data); err != nil {
			return "", err
		}
	}
	rest := strconv.FormatInt(o.Now.Unix(), 10) + "|" + base64.URLEncoding.EncodeToString(data)
	mac := p.digest.mac(auth, orElse(o.Name, "session"), "|", rest)
	value := base64.URLEncoding.EncodeToString(append([]byte(rest+"|"), mac...))
	if len(value) > mostGorilla {
		return "", ErrPayload
	}
	return value, nil
}

// mostGorilla is how long a value securecookie takes: its MaxLength, unless set.
const mostGorilla = 4096

// sealCTR encrypts as securecookie does: AES in counter mode, with a random IV in
// front.
func sealCTR(key, data []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, ErrBlockKey
	}
	sealed := make([]byte, aes.BlockSize+len(data))
	if _, err := rand.Read(sealed[:aes.BlockSize]); err != nil {
		return nil, err
	}
	cipher.NewCTR(block, sealed[:aes.BlockSize]).XORKeyStream(sealed[aes.BlockSize:], data)
	return sealed, nil
}

// signRuby makes "data--digest", as Rails signs cookies since 7.0 and Rack up to 2
// unless the cookie that it is made of was signed in another way.
func signRuby(f Format, payload json.RawMessage, key []byte, src *Report, o Options) (string, error) {
	p := &packed{digest: digests[32], repack: asJSON}
	if f == Rack {
		p.digest = digests[20]
	}
	if src.Format == RailsSigned || src.Format == Rack {
		p = src.packed
	}
	if payload == nil {
		return "", ErrPayload
	}
	data, err := p.again(src.Payload, payload)
	if err != nil {
		return "", err
	}
	signing := p.key
	if signing == nil {
		signing = key
	}
	if f == RailsSigned && p.key == nil {
		for _, k := range railsKeys(key, orElse(o.Salt, "signed cookie"), 64) {
			if strings.HasPrefix(k.how, "PBKDF2-"+p.digest.name) {
				signing = k.key
			}
		}
	}
	body := base64.StdEncoding.EncodeToString(data)
	return url.QueryEscape(body + "--" + hex.EncodeToString(p.digest.mac(signing, body))), nil
}
