package seat

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/mac"
)

// A token is what the cookie of a seat stands for.
type token struct {
	hash   string // of the random bits, in hex
	issued time.Time
}

// A signer issues tokens and verifies them. A cookie holds 256 random bits, the time
// it was issued and a MAC over both, so that a seat nobody uses needs no place on the
// server, and one that this server did not issue is refused.
type signer struct {
	macs     *mac.Maker
	lifetime time.Duration
	now      func() time.Time
}

const (
	randomBytes = 32
	macBytes    = 16
)

// newSigner returns a signer whose tokens end after lifetime. It panics unless the
// key has at least 32 bytes.
func newSigner(key []byte, lifetime time.Duration, now func() time.Time) signer {
	return signer{macs: mac.New(key), lifetime: lifetime, now: now}
}

// issue returns a new token and the value of its cookie.
func (g signer) issue() (token, string) {
	b := make([]byte, randomBytes+8, randomBytes+8+macBytes)
	rand.Read(b[:randomBytes])
	issued := g.now().Truncate(time.Second)
	binary.BigEndian.PutUint64(b[randomBytes:], uint64(issued.Unix()))
	b = append(b, g.mac(b)...)
	return token{hash: hashOf(b[:randomBytes]), issued: issued}, base64.RawURLEncoding.EncodeToString(b)
}

// verify returns the token of a cookie value that this signer issued and whose time
// has not run out.
func (g signer) verify(cookie string) (token, bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(cookie)
	if err != nil || len(b) != randomBytes+8+macBytes || strings.ContainsAny(cookie, "\r\n") { // which decoding skips
		return token{}, false
	}
	signed, code := b[:randomBytes+8], b[randomBytes+8:]
	if !hmac.Equal(code, g.mac(signed)) {
		return token{}, false
	}
	issued := time.Unix(int64(binary.BigEndian.Uint64(signed[randomBytes:])), 0)
	if g.now().Sub(issued) >= g.lifetime {
		return token{}, false
	}
	return token{hash: hashOf(b[:randomBytes]), issued: issued}, true
}

func hashOf(random []byte) string {
	sum := sha256.Sum256(random)
	return hex.EncodeToString(sum[:])
}

func (g signer) mac(data []byte) []byte { return g.macs.Sum("seat", data)[:macBytes] }
