// Package mac makes message authentication codes with one key for several purposes.
package mac

import (
	"crypto/hmac"
	"crypto/sha256"
	"hash"
	"sync"
)

// MinKey is how many bytes a key has at least.
const MinKey = 32

// A Maker makes codes, by HMAC-SHA256, for a purpose each: what is valid for one is not
// for another. It is safe for concurrent use.
type Maker struct {
	hashes sync.Pool // a new one hashes the key first
}

// New returns a Maker. It panics unless the key has at least [MinKey] bytes.
func New(key []byte) *Maker {
	if len(key) < MinKey {
		panic("mac: the key is too short")
	}
	return &Maker{hashes: sync.Pool{New: func() any { return hmac.New(sha256.New, key) }}}
}

// Sum returns the 32 bytes of the code of data. A purpose has no zero byte.
func (m *Maker) Sum(purpose string, data []byte) []byte {
	h := m.hashes.Get().(hash.Hash)
	defer m.hashes.Put(h)
	h.Reset()
	_, _ = h.Write([]byte(purpose)) // a hash takes everything
	_, _ = h.Write([]byte{0})
	_, _ = h.Write(data)
	return h.Sum(nil)
}
