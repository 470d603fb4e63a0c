package session

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"slices"
	"sync"
)

// A signer makes the signatures of one key. It is safe for concurrent use.
type signer struct {
	macs sync.Pool // of *mac: keying one costs more than using it
}

type mac struct {
	hash.Hash
	buf []byte
}

func newSigner(key []byte) *signer {
	key = slices.Clone(key)
	return &signer{macs: sync.Pool{New: func() any { return &mac{Hash: hmac.New(sha256.New, key)} }}}
}

// signature returns the HMAC-SHA256 of name and id. It covers the cookie's name,
// so that a value signed for one purpose is refused for another.
func (g *signer) signature(name, id string) string {
	m := g.macs.Get().(*mac)
	defer g.macs.Put(m)
	m.buf = append(append(append(m.buf[:0], name...), 0), id...)
	m.Reset()
	m.Write(m.buf)
	m.buf = m.Sum(m.buf[:0])
	return base64.RawURLEncoding.EncodeToString(m.buf)
}
