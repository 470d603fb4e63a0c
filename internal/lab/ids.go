package lab

import (
	"crypto/hmac"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"

	"github.com/sessionlab/sessionlab/internal/mac"
)

// ids are the ids of benches. They are computed from a key, so a bench that was
// never used takes no space on the server, and an id that this server did not
// issue belongs to no bench.
type ids struct{ macs *mac.Maker }

// newIDs panics unless the key has at least 32 bytes.
func newIDs(key []byte) ids { return ids{mac.New(key)} }

// benchLetters have no i, l, o and u, so that people can type an id that they
// hear.
var benchLetters = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

const (
	benchName = 13 // letters: 65 bits that nobody can guess
	benchTag  = 3  // letters that distinguish an issued id from a mistyped one
)

// of returns the id of an owner's nth bench: 16 letters and digits.
func (g ids) of(owner string, n int) string {
	data := binary.BigEndian.AppendUint32([]byte(owner), uint32(n))
	name := benchLetters.EncodeToString(g.macs.Sum("bench", data))[:benchName]
	return name + g.tag(name)
}

// issued reports whether id is one that of can have returned.
func (g ids) issued(id string) bool {
	return len(id) == benchName+benchTag && hmac.Equal([]byte(id[benchName:]), []byte(g.tag(id[:benchName])))
}

func (g ids) tag(name string) string {
	return benchLetters.EncodeToString(g.macs.Sum("tag", []byte(name)))[:benchTag]
}

// firstSecret is the secret key of a bench's app until somebody sets one:
// random to everybody else, and always the same for an unused bench.
func (g ids) firstSecret(bench string) string {
	return base64.RawURLEncoding.EncodeToString(g.macs.Sum("secret", []byte(bench))[:24])
}
