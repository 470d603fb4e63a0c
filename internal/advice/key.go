package advice

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// common are the keys that programs are published with, and that whoever attacks
// one tries first. Only letters and digits count, in lower case.
var common = []string{
	"123", "1234", "12345", "123456", "12345678", "123456789", "1234567890", "abc123", "admin", "app", "appsecret", "cat",
	"changeme", "debug", "default", "demo", "dev", "devkey", "development", "example", "flask", "flasksecret", "foobar",
	"hardtoguessstring", "hello", "helloworld", "itsasecret", "key", "letmein", "momo", "mykey", "mysecret", "mysecretkey",
	"nosecret", "notsosecret", "none", "passw0rd", "password", "production", "qwerty", "random", "replaceme", "root", "secret",
	"secret123", "secretkey", "secretkeyhere", "session", "sessionkey", "supersecret", "supersecretkey", "test", "testing", "testkey",
	"thisisasecret", "thisisasecretkey", "thisismysecretkey", "thisissecret", "todo", "topsecret", "verysecret", "verysecretkey",
	"yoursecretkey", "yoursecretkeyhere", "youwillneverguess",
}

const (
	minKeyBytes = 16 // 128 bits, if each byte is random
	minKeyBits  = 48 // by a count of characters, which overrates patterns
)

// weakness returns why a secret key can be guessed: "key-common", "key-short",
// "key-simple", or "" if it does not look so. That a key looks good proves
// nothing: only a random one is.
func weakness(key string) string {
	word := strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, key)
	switch {
	case slices.Contains(common, word):
		return "key-common"
	case len(key) < minKeyBytes:
		return "key-short"
	case bits(key) < minKeyBits:
		return "key-simple"
	}
	return ""
}

// bits estimates the entropy of a text from how often each character occurs in
// it, in order of occurrence: a repeated or counted-up text has little.
func bits(s string) float64 {
	steps := make(map[rune]int) // differences between neighbours
	total, previous := 0, rune(0)
	for _, r := range s {
		steps[r-previous]++
		previous = r
		total++
	}
	sum := 0.0
	for _, n := range steps {
		p := float64(n) / float64(total)
		sum -= float64(n) * math.Log2(p)
	}
	return sum
}
