package sqlbackend

import (
	"bytes"
	"encoding/hex"
	"strings"
	"unicode/utf8"
)

// Columns of text can be read in a database's shell, but cannot hold every byte.
// What sessions are in practice, keys of ASCII and values of JSON, is stored as it
// is; these functions find room for the rest.

// key returns a key as it is stored.
func (b *Backend) key(key string) string {
	if b.dialect.TextKeys {
		return keyText(key)
	}
	return key
}

// parseKey returns the key that is stored as id.
func (b *Backend) parseKey(id string) string {
	if b.dialect.TextKeys {
		return textKey(id)
	}
	return id
}

// data returns values as they are stored.
func (b *Backend) data(values []byte) string {
	if b.dialect.TextData {
		return dataText(values)
	}
	return string(values)
}

// keyText writes a key as text without NUL that sorts, byte by byte, as keys do:
// bytes from 0x80 become the characters of those numbers, and 0 and 1 are
// written after a 1.
func keyText(key string) string {
	special := func(c byte) bool { return c < 2 || c >= utf8.RuneSelf }
	i := 0
	for i < len(key) && !special(key[i]) {
		i++
	}
	if i == len(key) {
		return key
	}
	b := append(make([]byte, 0, 2*len(key)), key[:i]...)
	for _, c := range []byte(key[i:]) {
		if c < 2 {
			b = append(b, 1, c+1)
		} else {
			b = utf8.AppendRune(b, rune(c))
		}
	}
	return string(b)
}

// keyTextEnd is greater than what keyText makes of any key.
const keyTextEnd = "\u0100"

// textKey returns what keyText was given.
func textKey(text string) string {
	b := make([]byte, 0, len(text))
	escaped := false
	for _, r := range text {
		switch {
		case escaped:
			b, escaped = append(b, byte(r-1)), false
		case r == 1:
			escaped = true
		default:
			b = append(b, byte(r))
		}
	}
	return string(b)
}

// hexMark begins data that are not text. JSON never begins so.
const hexMark = "hex:"

// dataText writes values as text without NUL.
func dataText(values []byte) string {
	if utf8.Valid(values) && bytes.IndexByte(values, 0) < 0 && !bytes.HasPrefix(values, []byte(hexMark)) {
		return string(values)
	}
	return hexMark + hex.EncodeToString(values)
}

// textData returns what dataText was given. Data that are not its work, but
// somebody's by hand, are returned as they are.
func textData(text []byte) []byte {
	digits, marked := strings.CutPrefix(string(text), hexMark)
	if !marked {
		return text
	}
	values, err := hex.DecodeString(digits)
	if err != nil {
		return text
	}
	return values
}
