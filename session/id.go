package session

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

const (
	idBytes  = 20 // 160 random bits; OWASP asks for 128 of an id made at home
	idLength = idBytes / 5 * 8
)

// newID returns a new session id: random, without meaning, 32 characters.
func newID(random io.Reader) (string, error) {
	var b [idBytes]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("session: make an id: %w", err)
	}
	return base32.StdEncoding.EncodeToString(b[:]), nil
}

// wellFormed reports whether newID could have made id. Other ids never reach a
// backend.
func wellFormed(id string) bool {
	if len(id) != idLength {
		return false
	}
	for i := range len(id) {
		if c := id[i]; (c < 'A' || c > 'Z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

// hashID returns the form in which an id is stored if Options.HashID is set. A
// plain hash is enough: nobody can guess 160 random bits.
func hashID(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:])
}

// verify takes a cookie value apart and checks it. Without signers, ids are not
// signed and only their form is checked.
func verify(signers []*signer, name, value string) VerifiedInfo {
	if len(signers) == 0 {
		if !wellFormed(value) {
			return VerifiedInfo{ID: value, Reason: ReasonMalformed}
		}
		return VerifiedInfo{ID: value, Valid: true}
	}
	id, sig, signed := strings.Cut(value, ".")
	switch {
	case !wellFormed(id):
		return VerifiedInfo{ID: id, Reason: ReasonMalformed}
	case !signed:
		return VerifiedInfo{ID: id, Reason: ReasonUnsigned}
	}
	for i, g := range signers {
		if hmac.Equal([]byte(sig), []byte(g.signature(name, id))) {
			return VerifiedInfo{ID: id, Valid: true, Key: i}
		}
	}
	return VerifiedInfo{ID: id, Reason: ReasonSignature}
}
