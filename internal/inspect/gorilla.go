package inspect

import (
	"bytes"
	"encoding/base64"
	"strconv"
	"time"

	"github.com/gorilla/securecookie"

	"github.com/sessionlab/sessionlab/session/gorillacookie"
)

const gorillaLifetime = 30 * 24 * time.Hour // securecookie's MaxAge, unless set

// asGorilla recognises gorilla/securecookie: base64 of "time|value|mac", where
// value is base64 again, of what was encoded and perhaps encrypted.
func asGorilla(in *input) *Report {
	all, err := base64.URLEncoding.DecodeString(in.text)
	stamp, rest, ok := bytes.Cut(all, []byte("|"))
	seconds, numErr := strconv.ParseInt(string(stamp), 10, 64)
	if err != nil || numErr != nil || !ok || !plausible(time.Unix(seconds, 0)) {
		return nil
	}
	macLen := 0
	for _, n := range []int{32, 20, 64, 48} {
		if at := len(rest) - n - 1; at > 0 && rest[at] == '|' {
			macLen = n
			break
		}
	}
	if macLen == 0 {
		return nil
	}
	value := rest[:len(rest)-macLen-1]
	data, err := base64.URLEncoding.DecodeString(string(value))
	if err != nil {
		return nil
	}
	at := time.Unix(seconds, 0).UTC()
	r := &Report{Format: Gorilla, Sure: Certain, Algorithm: "HMAC-" + digests[macLen].name, packed: &packed{digest: digests[macLen]}}
	r.moment("signed", at)
	r.moment("default-limit", at.Add(gorillaLifetime))
	r.note("no-lifetime")
	r.note("borders")

	plain := r.gorillaPayload(data)
	if in.key != nil {
		plain = orElse(r.gorillaVerify(in, digests[macLen]), plain)
	}
	if r.Payload == nil {
		r.Encrypted, r.Unread = true, data // or of an encoding that nobody knows from outside
		r.note("gorilla-sealed")
	}
	// Letters of base64 hold six bits: a border within one is put after it.
	letters := func(n int) int { return (n*8 + 5) / 6 }
	one, two := letters(len(stamp)), letters(len(stamp)+1)
	three, four := letters(len(stamp)+1+len(value)), letters(len(stamp)+len(value)+2)
	r.cut(in.text, span{Timestamp, one, at.Format(time.RFC3339)}, span{Separator, two - one, "|"},
		span{Payload, three - two, plain}, span{Separator, four - three, "|"}, span{Mac, len(in.text) - four, ""})
	return r
}

// gorillaVerify checks the signature, with the key as it is and with the pair
// that this product derives from one secret, and returns what could be decrypted.
func (r *Report) gorillaVerify(in *input, d digest) (plain string) {
	r.Signature = Invalid
	name := orElse(in.opt.Name, "session")
	pairs := [][2][]byte{{in.key, secret(in.opt.Key2)}}
	if auth, encryption, err := gorillacookie.DeriveKeys(in.key); err == nil {
		pairs = append(pairs, [2][]byte{auth, encryption})
	}
	for i, pair := range pairs {
		var data []byte
		if gorillaOpen(d, pair[0], nil, name, in.text, &data) != nil {
			continue
		}
		r.Signature, r.packed.key = Valid, pair[0]
		if i > 0 {
			r.Match = "HKDF-SHA256"
		}
		if r.Payload == nil && pair[1] != nil && gorillaOpen(d, pair[0], pair[1], name, in.text, &data) == nil {
			r.Encrypted, r.packed.block = true, pair[1]
			plain = r.gorillaPayload(data)
		}
		return plain
	}
	r.note("name-signed", "Name", name)
	return ""
}

func gorillaOpen(d digest, key, block []byte, name, text string, data *[]byte) error {
	sc := securecookie.New(key, block).HashFunc(d.new).MaxAge(0).MaxLength(0).SetSerializer(securecookie.NopEncoder{})
	return sc.Decode(name, text, data)
}

// gorillaPayload reads gob, JSON or text, if it is any of these, and returns it as
// text.
func (r *Report) gorillaPayload(data []byte) string {
	if p := gobOf(data); p != nil {
		r.Payload, r.Variant = p, "gob"
	} else if p := jsonOf(bytes.TrimSpace(data)); p != nil {
		r.Payload, r.Variant, r.packed.repack = p, "json", asJSON
		if bytes.HasSuffix(data, []byte("\n")) { // as JSONEncoder writes it
			r.packed.repack = asLine
		}
	} else if len(data) > 0 && readable(data) {
		r.Payload, r.Variant, r.packed.repack = quoted(data), "text", asText
	}
	if r.Payload != nil {
		r.packed.raw = data
	}
	return string(r.Payload)
}
