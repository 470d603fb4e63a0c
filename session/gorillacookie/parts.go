package gorillacookie

import (
	"bytes"
	"crypto/aes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"time"
)

// Parts are what anybody can tell of a value without the keys.
type Parts struct {
	Stamp      time.Time // when it claims to be made; zero: it does not say
	IV         []byte    // 16 bytes; none if what is encrypted is too short
	Ciphertext []byte    // as long as the JSON in it, and a line feed
	MAC        []byte    // HMAC-SHA256 of name|seconds|base64: 32 bytes
}

var errParts = errors.New("it is not of three parts")

// Cut takes a value apart, as far as that can be done without the keys. Of a
// value that was signed and not encrypted, IV and Ciphertext together are the
// JSON.
func Cut(value string) (Parts, error) {
	var p Parts
	stamp, sealed, mac, err := split(value)
	if err != nil {
		return p, err
	}
	p.MAC = mac
	if seconds, err := strconv.ParseInt(string(stamp), 10, 64); err == nil && 0 <= seconds && seconds <= lastSecond {
		p.Stamp = time.Unix(seconds, 0).UTC()
	}
	p.Ciphertext = make([]byte, base64.URLEncoding.DecodedLen(len(sealed)))
	n, err := base64.URLEncoding.Decode(p.Ciphertext, sealed)
	p.Ciphertext = p.Ciphertext[:n]
	if err == nil && n >= aes.BlockSize {
		p.IV, p.Ciphertext = p.Ciphertext[:aes.BlockSize], p.Ciphertext[aes.BlockSize:]
	}
	return p, nil
}

// lastSecond is that of the year 9999.
const lastSecond = 253402300799

// split undoes the outer base64.
func split(value string) (stamp, sealed, mac []byte, err error) {
	b, err := base64.URLEncoding.DecodeString(value)
	if err != nil {
		return nil, nil, nil, err
	}
	parts := bytes.SplitN(b, []byte("|"), 3)
	if len(parts) != 3 {
		return nil, nil, nil, errParts
	}
	return parts[0], parts[1], parts[2], nil
}

// restamp returns value as if it had been made at now: securecookie has no other
// clock than the system's.
func (k key) restamp(name, value string, now time.Time) (string, error) {
	stamp, sealed, _, err := split(value)
	seconds := strconv.FormatInt(now.Unix(), 10)
	if err != nil || string(stamp) == seconds {
		return value, err
	}
	b := append([]byte(name+"|"+seconds+"|"), sealed...)
	mac := hmac.New(sha256.New, k.auth)
	mac.Write(b)
	b = mac.Sum(append(b, '|'))
	return base64.URLEncoding.EncodeToString(b[len(name)+1:]), nil
}
