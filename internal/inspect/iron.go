package inspect

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1" // #nosec G505 -- it is what others sign with
	"strconv"
	"strings"
	"time"
)

// asIron recognises what iron of hapi seals, and iron-session with it:
//
//	Fe26.2*password id*salt*IV*data*end in ms*salt*HMAC, and "~2" of iron-session
//
// Data is encrypted with AES-256-CBC. Both keys are derived from one password, each
// with its salt, unless the password is a buffer, which has none.
func asIron(in *input) *Report {
	sealed, version, session := strings.Cut(in.text, "~")
	f := strings.Split(sealed, "*")
	if len(f) != 8 || f[0] != "Fe26.2" {
		return nil
	}
	if strings.Trim(f[3]+f[4]+f[7], base62Digits+"-_") != "" || strings.Trim(f[2]+f[6], "0123456789abcdef") != "" ||
		strings.Trim(f[1], base62Digits+"_") != "" || strings.Trim(f[5]+version, "0123456789") != "" {
		return nil
	}
	iv, _ := urlText(f[3])
	data, _ := urlText(f[4])
	mac, _ := urlText(f[7])
	r := &Report{Format: Iron, Sure: Certain, Algorithm: "AES-256-CBC · HMAC-SHA256", Encrypted: true}
	if len(iv) != 16 || len(data) == 0 || len(data)%16 != 0 || len(mac) != 32 {
		r.Sure = Likely // cut off, or changed
	}
	end := ""
	if ms, err := strconv.ParseInt(f[5], 10, 64); err == nil {
		r.moment("expires", time.UnixMilli(ms))
		end = time.UnixMilli(ms).UTC().Format(time.RFC3339)
	}
	if in.key != nil {
		r.Signature = checked(hmac.Equal(mac, digests[32].mac(ironKey(in.key, f[6]), strings.Join(f[:6], "*"))))
		if r.Signature == Valid {
			if plain, ok := openCBC(ironKey(in.key, f[2]), iv, data); ok {
				r.Payload = textOf(plain)
			}
		}
	}
	spans, star := []span{}, span{Separator, 1, ""}
	for i, kind := range []Kind{Header, KeyID, Salt, IV, Payload, Expiry, Salt, Mac} {
		spans = append(spans, span{kind, len(f[i]), ""}, star)
	}
	spans[8].decoded, spans[10].decoded = string(r.Payload), end
	if spans = spans[:15]; session {
		r.Variant = "iron-session"
		spans = append(spans, star, span{Header, len(version), ""})
	}
	r.cut(in.text, spans...)
	return r
}

// ironKey is the key that iron makes of a password, by a single round.
func ironKey(password []byte, salt string) []byte {
	if salt == "" {
		return password
	}
	key, err := pbkdf2.Key(sha1.New, string(password), []byte(salt), 1, 32) // iron's own
	if err != nil {
		return password // a mode of the runtime that has no SHA-1
	}
	return key
}
