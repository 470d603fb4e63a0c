package inspect

import (
	"bytes"
	"crypto/hmac"
	"encoding/json"
	"errors"
	"strings"
	"time"
)

// asRubySigned recognises "data--digest": base64 and an HMAC in hexadecimal, as
// ActiveSupport::MessageVerifier and Rack::Session::Cookie write it.
func asRubySigned(in *input) *Report {
	i := strings.LastIndex(in.text, "--")
	if i < 1 {
		return nil
	}
	data, tail := in.text[:i], in.text[i+2:]
	mac, isHex := lowerHex(tail)
	raw, ok := anyBase64(data)
	d, known := digests[len(mac)]
	if !isHex || !ok || !known {
		return nil
	}
	r := &Report{Format: RailsSigned, Sure: Likely, Algorithm: "HMAC-" + d.name}
	if sealed, iv, ok := strings.Cut(string(raw), "--"); ok {
		if r.asCBC(in, d, data, sealed, iv, mac) {
			r.cut(in.text, span{Payload, len(data), string(raw)}, span{Separator, 2, ""}, span{Mac, len(tail), ""})
			return r
		}
	}
	r.rubyPayload(raw)
	r.packed.digest = d
	r.cut(in.text, span{Payload, len(data), string(r.Payload)}, span{Separator, 2, ""}, span{Mac, len(tail), ""})
	var top struct {
		SessionID json.RawMessage `json:"session_id"`
	}
	_ = json.Unmarshal(r.Payload, &top) // not an object: no keys
	likely := strings.Contains(in.opt.Name, "rack") || strings.Contains(data, "\n") || top.SessionID != nil && d.name == "SHA1"
	if in.key != nil {
		r.Signature = Invalid
		for _, k := range railsKeys(in.key, orElse(in.opt.Salt, "signed cookie"), 64) {
			if hmac.Equal(mac, d.mac(k.key, data)) {
				r.Signature, r.Match, r.packed.key = Valid, k.how, k.key
				likely = likely && k.how == ""
				break
			}
		}
	}
	if likely {
		r.Format = Rack
	}
	switch {
	case r.Match != "":
	case likely:
		r.Maybe = append(r.Maybe, RailsSigned)
	default:
		r.Maybe = append(r.Maybe, Rack)
	}
	return r
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// rubyPayload reads what Ruby serialised: JSON, compressed JSON or Marshal,
// perhaps wrapped by Rails with a purpose and an expiry.
func (r *Report) rubyPayload(data []byte) {
	r.packed = &packed{raw: data}
	pack := asJSON
	if len(data) > 1 && data[0] == 0x78 {
		switch text, err := inflate(data); {
		case errors.Is(err, errTooBig):
			r.note("too-big", "N", MaxUnpacked)
			return
		case err == nil:
			data, pack = text, deflated
		}
	}
	switch p := jsonOf(data); {
	case p != nil:
		r.Payload, r.Variant, r.packed.repack = p, "json", pack
		r.unwrap(p)
	case bytes.HasPrefix(data, []byte(marshalHead)):
		r.Payload, r.Variant = marshalOf(data), "marshal"
		r.note("marshal")
	case readable(data):
		r.Payload, r.Variant, r.packed.repack = quoted(data), "text", func(payload []byte) []byte { return pack(asText(payload)) }
	}
}

// unwrap takes the message out of the envelope that Rails puts around one with a
// purpose or an expiry: encoded once more up to 7.0, as it is since.
func (r *Report) unwrap(p json.RawMessage) {
	var env struct {
		Rails *struct {
			Message string          `json:"message"`
			Data    json.RawMessage `json:"data"`
			Exp     *string         `json:"exp"`
			Pur     *string         `json:"pur"`
		} `json:"_rails"`
	}
	if json.Unmarshal(p, &env) != nil || env.Rails == nil {
		return
	}
	w := env.Rails
	if inner, ok := anyBase64(w.Message); ok {
		if inside := jsonOf(inner); inside != nil {
			r.Payload, r.packed.repack = inside, within(p, []byte(w.Message), inBase64, r.packed)
		} else if bytes.HasPrefix(inner, []byte(marshalHead)) {
			r.Payload, r.Variant, r.packed.repack = marshalOf(inner), "marshal", nil
			r.note("marshal")
		}
	} else if w.Data != nil {
		r.Payload, r.packed.repack = w.Data, within(p, w.Data, asJSON, r.packed)
	}
	if w.Pur != nil {
		r.note("purpose", "Purpose", *w.Pur)
	}
	if w.Exp != nil {
		if at, err := time.Parse(time.RFC3339, *w.Exp); err == nil {
			r.moment("expires", at)
		}
	}
}
