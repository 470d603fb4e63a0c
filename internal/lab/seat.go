package lab

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"time"
)

// A Seat is the product's own session: it says which bench is whose. Its cookie
// holds 256 random bits, the time it was issued and a MAC over both, so that a
// seat nobody uses needs no place on the server, and one that this server did not
// issue is nobody's. What the server stores is only a hash.
type Seat struct {
	Hash   string // of the random bits, in hex
	Issued time.Time
}

// A Registrar issues seats and the ids of benches. Both follow from its key, so
// that visits alone store nothing.
type Registrar struct {
	key      []byte
	absolute time.Duration
	now      func() time.Time
}

const (
	seatRandom = 32 // bytes
	seatMAC    = 16
)

// NewRegistrar returns a Registrar whose seats end after absolute. The key must
// be 32 random bytes that outlive the process.
func NewRegistrar(key []byte, absolute time.Duration, now func() time.Time) *Registrar {
	if len(key) < 32 {
		panic("lab: the key of seats needs 32 bytes")
	}
	return &Registrar{key: key, absolute: absolute, now: now}
}

// Issue returns a new seat and the value of its cookie.
func (g *Registrar) Issue() (Seat, string) {
	b := make([]byte, seatRandom+8, seatRandom+8+seatMAC)
	rand.Read(b[:seatRandom])
	issued := g.now().Truncate(time.Second)
	binary.BigEndian.PutUint64(b[seatRandom:], uint64(issued.Unix()))
	b = append(b, g.mac("seat", b)[:seatMAC]...)
	return Seat{Hash: hashSeat(b[:seatRandom]), Issued: issued}, base64.RawURLEncoding.EncodeToString(b)
}

// Seat returns the seat of a cookie value that this Registrar issued and whose
// time has not run out.
func (g *Registrar) Seat(cookie string) (Seat, bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(cookie)
	if err != nil || len(b) != seatRandom+8+seatMAC || strings.ContainsAny(cookie, "\r\n") { // which decoding skips
		return Seat{}, false
	}
	signed, mac := b[:seatRandom+8], b[seatRandom+8:]
	if !hmac.Equal(mac, g.mac("seat", signed)[:seatMAC]) {
		return Seat{}, false
	}
	issued := time.Unix(int64(binary.BigEndian.Uint64(signed[seatRandom:])), 0)
	if g.now().Sub(issued) >= g.absolute {
		return Seat{}, false
	}
	return Seat{Hash: hashSeat(b[:seatRandom]), Issued: issued}, true
}

func hashSeat(random []byte) string {
	sum := sha256.Sum256(random)
	return hex.EncodeToString(sum[:])
}

// benchLetters have no i, l, o and u: what a teacher reads out is typed right.
var benchLetters = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

const (
	benchName = 13 // letters: 65 bits that nobody can guess
	benchTag  = 3  // letters that tell an issued id from a mistyped one
)

// BenchFor returns the id of a seat's nth bench: 16 letters and digits.
func (g *Registrar) BenchFor(seat Seat, n int) string {
	data := binary.BigEndian.AppendUint32([]byte(seat.Hash), uint32(n))
	name := benchLetters.EncodeToString(g.mac("bench", data))[:benchName]
	return name + g.tag(name)
}

// Issued reports whether id is one that [Registrar.BenchFor] can have returned.
func (g *Registrar) Issued(id string) bool {
	return len(id) == benchName+benchTag && hmac.Equal([]byte(id[benchName:]), []byte(g.tag(id[:benchName])))
}

func (g *Registrar) tag(name string) string {
	return benchLetters.EncodeToString(g.mac("tag", []byte(name)))[:benchTag]
}

// firstSecret is the secret key of a bench's app until it is set: random to
// everybody else, and the same however often an unused bench is looked at.
func (g *Registrar) firstSecret(bench string) string {
	return base64.RawURLEncoding.EncodeToString(g.mac("secret", []byte(bench))[:24])
}

func (g *Registrar) mac(purpose string, data []byte) []byte {
	mac := hmac.New(sha256.New, g.key)
	mac.Write([]byte(purpose))
	mac.Write([]byte{0})
	mac.Write(data)
	return mac.Sum(nil)
}
