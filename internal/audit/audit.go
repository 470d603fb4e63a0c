// Package audit tells the log how the sessions of the apps under study fare: their
// lives, and guesses at their ids. Ids and addresses of benches are hashed.
package audit

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A Hash names ids in the log. Those who read the log can compare two names, and
// cannot use either: without the key, even a short id is not found by trying.
type Hash struct{ key []byte }

// NewHash returns the Hash of a key that outlives the process.
func NewHash(key []byte) Hash { return Hash{key} }

// Of returns the name of an id.
func (h Hash) Of(id string) string {
	mac := hmac.New(sha256.New, h.key)
	mac.Write([]byte("audit\x00")) // other packages make MACs with the same key
	mac.Write([]byte(id))
	return hex.EncodeToString(mac.Sum(nil)[:6])
}

// claimed is the id that a step's cookie names, believed or not, without its
// signature; where the cookie holds the session itself, it is the cookie.
func claimed(s *step.Step) string {
	if s.Before.Cookie == nil {
		return ""
	}
	if s.Mechanism != step.MechanismServer {
		return s.Before.Cookie.Raw
	}
	return idOf(s.Before.Cookie.Raw)
}

// idOf is what a cookie has before its signature, if it has one.
func idOf(cookie string) string {
	id, _, _ := strings.Cut(cookie, ".")
	return id
}
