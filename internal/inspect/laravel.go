package inspect

import (
	"bytes"
	"crypto/hmac"
	"encoding/base64"
	"encoding/json"
	"regexp"
)

// laravelPrefix is what Laravel puts before a cookie's value, so that it cannot
// pass for another cookie: an HMAC of the name.
var laravelPrefix = regexp.MustCompile(`^[0-9a-f]{40}\|`)

// asLaravel recognises what Laravel encrypts: base64 of JSON with IV and value,
// each in base64, and a MAC over both in hexadecimal or, with GCM, a tag.
func asLaravel(in *input) *Report {
	all, ok := anyBase64(in.text)
	var box struct{ IV, Value, Mac, Tag string }
	if !ok || jsonOf(all) == nil || json.Unmarshal(all, &box) != nil || box.IV == "" || box.Value == "" || box.Mac+box.Tag == "" {
		return nil
	}
	iv, _ := base64.StdEncoding.DecodeString(box.IV)
	value, err := base64.StdEncoding.DecodeString(box.Value)
	mac, _ := lowerHex(box.Mac)
	tag, _ := base64.StdEncoding.DecodeString(box.Tag)
	cbc, gcm := len(iv) == 16 && len(mac) == 32, len(iv) == 12 && len(tag) == 16
	r := &Report{Format: Laravel, Sure: Certain, Algorithm: "AES-CBC · HMAC-SHA256", Encrypted: true}
	if err != nil || !cbc && !gcm {
		r.Sure = Likely // the members are Laravel's, and something is wrong with them
	}
	if gcm {
		r.Algorithm = "AES-256-GCM"
	}
	if in.key != nil {
		var plain []byte
		if gcm {
			plain, ok = openGCM(in.key, iv, append(bytes.Clone(value), tag...), nil)
			r.Signature = checked(ok)
		} else if r.Signature = checked(hmac.Equal(mac, digests[32].mac(in.key, box.IV, box.Value))); r.Signature == Valid {
			plain, ok = openCBC(in.key, iv, value)
		}
		if r.Signature == Valid && ok {
			r.laravelPayload(plain)
		}
	}
	r.laravelCut(in.text, all, gcm, box.IV, box.Value, box.Mac, box.Tag)
	return r
}

// laravelPayload reads what was encrypted: PHP's own serialisation, or text.
func (r *Report) laravelPayload(plain []byte) {
	if m := laravelPrefix.Find(plain); m != nil {
		plain = plain[len(m):]
		r.note("name-bound")
	}
	if p := phpOf(plain); p != nil {
		r.Payload = p
	} else {
		r.Payload = textOf(plain)
	}
}

// laravelCut divides the JSON within the base64, where its members stand in the
// order that Laravel writes.
func (r *Report) laravelCut(text string, all []byte, gcm bool, values ...string) {
	var spans []span
	at := 0
	for i, kind := range []Kind{IV, Payload, Mac, Tag} {
		escaped := bytes.ReplaceAll([]byte(values[i]), []byte("/"), []byte(`\/`)) // as PHP writes JSON
		if values[i] == "" {
			continue
		}
		n := bytes.Index(all[at:], escaped)
		if n < 0 {
			escaped = []byte(values[i])
			n = bytes.Index(all[at:], escaped)
		}
		if n < 0 {
			r.cut(text, span{Payload, len(text), ""})
			return
		}
		decoded := ""
		if kind == Payload {
			decoded = string(r.Payload)
		}
		spans = append(spans, span{Separator, n, ""}, span{kind, len(escaped), decoded})
		at += n + len(escaped)
	}
	r.cutPacked(text, append(spans, span{Separator, len(all) - at, ""})...)
}
