package inspect

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
)

// A packed is how a value was serialised and signed, in a format that leaves that
// to its user: what it takes to make another one like it.
type packed struct {
	digest digest
	raw    []byte // the payload as it was serialised; nil: nobody knows
	key    []byte // that signed it, and
	block  []byte // that encrypted it; nil: that is not known, or was none

	// repack serialises other JSON in the same way; it is nil where only the maker
	// can, and returns nil for what the value cannot be.
	repack func(payload []byte) []byte
}

// again returns now, which is JSON, as the value was serialised that says was.
func (p *packed) again(was, now json.RawMessage) ([]byte, error) {
	if p.raw != nil && bytes.Equal(compacted(was), now) {
		return p.raw, nil
	}
	if p.repack == nil {
		return nil, ErrAsItIs
	}
	if b := p.repack(now); b != nil {
		return b, nil
	}
	return nil, ErrPayload
}

func compacted(text json.RawMessage) []byte {
	var b bytes.Buffer
	if json.Compact(&b, text) != nil {
		return nil
	}
	return b.Bytes()
}

// The ways to repack.

func asJSON(payload []byte) []byte { return payload }

func asLine(payload []byte) []byte { return append(bytes.Clone(payload), '\n') }

// asText is for text that is shown as a JSON string.
func asText(payload []byte) []byte {
	text, ok := plainText(payload)
	if !ok {
		return nil
	}
	return []byte(text)
}

func inBase64(payload []byte) []byte { return base64.StdEncoding.AppendEncode(nil, payload) }

func deflated(payload []byte) []byte {
	if payload == nil {
		return nil
	}
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write(payload); err != nil || z.Close() != nil {
		return nil
	}
	return b.Bytes()
}

// within puts what pack makes in the place of inner, which occurs in outer, and
// then packs that as outer was.
func within(outer, inner []byte, pack func([]byte) []byte, p *packed) func([]byte) []byte {
	whole := p.repack
	return func(payload []byte) []byte {
		if whole == nil || !bytes.Contains(outer, inner) {
			return nil
		}
		return whole(bytes.Replace(outer, inner, pack(payload), 1))
	}
}
