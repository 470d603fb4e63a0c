package flask

import (
	"crypto/hmac"
	"crypto/sha1" // #nosec G505 -- as Flask signs
	"hash"
	"sync"
)

// salt is Flask's: a namespace for the derived key, the same everywhere. It makes
// nothing random.
const salt = "cookie-session"

// A signer makes the signatures of one secret. It is safe for concurrent use.
type signer struct {
	macs sync.Pool // of hash.Hash: keying one costs more than using it
}

func newSigner(secret []byte) *signer {
	derive := hmac.New(sha1.New, secret)
	derive.Write([]byte(salt))
	key := derive.Sum(nil)
	return &signer{macs: sync.Pool{New: func() any { return hmac.New(sha1.New, key) }}}
}

func (g *signer) sum(signed []byte) (sum [sha1.Size]byte) {
	mac := g.macs.Get().(hash.Hash)
	defer g.macs.Put(mac)
	mac.Reset()
	mac.Write(signed)
	mac.Sum(sum[:0])
	return sum
}
