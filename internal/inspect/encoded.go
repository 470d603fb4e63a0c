package inspect

import (
	"bytes"
	"strings"
)

// asEncoded recognises data without a signature: JSON, or base64 of it.
func asEncoded(in *input) *Report {
	r := &Report{Format: Encoded, Sure: Certain, Variant: "json"}
	if r.Payload = jsonOf([]byte(in.text)); r.Payload == nil || !structured(r.Payload) {
		data, ok := anyBase64(in.text)
		if r.Payload = jsonOf(data); !ok || r.Payload == nil || !structured(r.Payload) {
			return nil
		}
		r.Variant = "base64"
		r.note("maybe-elsewhere", "Name", orElse(in.opt.Name, "name"))
	}
	r.cut(in.text, span{Payload, len(in.text), string(r.Payload)})
	r.note("not-signed")
	return r
}

// structured reports whether JSON is an object or a list: a number alone is as
// well an id.
func structured(text []byte) bool {
	return bytes.ContainsAny(bytes.TrimSpace(text)[:1], "{[") && strings.ContainsAny(string(text[1:]), "}]")
}
