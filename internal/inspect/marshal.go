package inspect

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
)

// marshalHead begins what Ruby's Marshal writes, in its only version since 1999.
const marshalHead = "\x04\x08"

// marshalOf reads Ruby's Marshal as JSON: symbols with a colon in front, objects
// as what they hold, with their class under "(object)". Nothing of the class is
// run, which is what makes Marshal.load of a stranger's data dangerous. It
// returns nil for what it cannot read.
func marshalOf(data []byte) json.RawMessage {
	m := &marshalReader{data: data[len(marshalHead):]}
	out := m.value(nil, 0)
	if m.bad || len(out) > MaxUnpacked {
		return nil
	}
	return out
}

// A marshalReader takes values off the front of data. Once something is missing
// or unknown it is bad.
type marshalReader struct {
	data    []byte
	symbols [][]byte
	bad     bool
}

// value appends the JSON of the next value.
func (m *marshalReader) value(out []byte, deep int) []byte {
	if deep > MaxDepth || len(out) > MaxUnpacked {
		m.bad = true
	}
	switch kind := m.byte(); kind {
	case '0':
		return append(out, "null"...)
	case 'T':
		return append(out, "true"...)
	case 'F':
		return append(out, "false"...)
	case 'i':
		return strconv.AppendInt(out, int64(m.int()), 10)
	case 'l':
		return m.bignum(out)
	case 'f':
		text := m.bytes()
		if json.Valid(text) {
			return append(out, text...)
		}
		return appendString(out, text)
	case '"':
		return appendString(out, m.bytes())
	case ':', ';':
		return appendString(out, append([]byte(":"), m.symbol(kind)...))
	case 'I': // a value with its encoding
		out = m.value(out, deep+1)
		for range m.count() {
			m.symbol(m.byte())
			m.value(nil, deep+1)
		}
		return out
	case '[':
		return m.list(out, deep)
	case '{', '}':
		out = m.hash(out, "", deep)
		if kind == '}' {
			m.value(nil, deep+1) // what missing keys give
		}
		return out
	case 'o', 'S':
		return m.hash(out, string(m.symbol(m.byte())), deep)
	case 'C', 'e': // of a class of one's own, or extended by a module
		m.symbol(m.byte())
		return m.value(out, deep+1)
	case 'u', 'U':
		class := m.symbol(m.byte())
		out = append(appendString(append(out, `{"(object)":`...), class), `,"(data)":`...)
		if kind == 'U' {
			return append(m.value(out, deep+1), '}')
		}
		return append(appendString(out, m.bytes()), '}')
	case 'c', 'm':
		return appendString(out, append([]byte("class "), m.bytes()...))
	case '@':
		return appendString(out, []byte("(the same as object "+strconv.Itoa(m.int())+")"))
	}
	m.bad = true
	return append(out, "null"...)
}

func (m *marshalReader) list(out []byte, deep int) []byte {
	out = append(out, '[')
	for i := range m.count() {
		if i > 0 {
			out = append(out, ',')
		}
		out = m.value(out, deep+1)
	}
	return append(out, ']')
}

// hash appends pairs as an object; class, if there is one, comes first.
func (m *marshalReader) hash(out []byte, class string, deep int) []byte {
	out = append(out, '{')
	if class != "" {
		out = appendString(append(out, `"(object)":`...), []byte(class))
	}
	for i := range m.count() {
		if i > 0 || class != "" {
			out = append(out, ',')
		}
		var key []byte
		if class != "" { // names of instance variables
			key = appendString(nil, m.symbol(m.byte()))
		} else if key = m.value(nil, deep+1); len(key) == 0 || key[0] != '"' {
			key = appendString(nil, key)
		}
		out = m.value(append(append(out, key...), ':'), deep+1)
	}
	return append(out, '}')
}

func (m *marshalReader) bignum(out []byte) []byte {
	minus := m.byte() == '-'
	n := m.int()
	if n < 0 || n > 256 || 2*n > len(m.data) {
		m.bad = true
		return append(out, '0')
	}
	b := slices.Clone(m.data[:2*n])
	m.data = m.data[2*n:]
	slices.Reverse(b)
	v := new(big.Int).SetBytes(b)
	if minus {
		v.Neg(v)
	}
	return v.Append(out, 10)
}

// symbol reads a symbol of that kind: a new one, or the number of an old one.
func (m *marshalReader) symbol(kind byte) []byte {
	switch kind {
	case ':':
		s := m.bytes()
		m.symbols = append(m.symbols, s)
		return s
	case ';':
		if i := m.int(); i >= 0 && i < len(m.symbols) {
			return m.symbols[i]
		}
	}
	m.bad = true
	return nil
}

func (m *marshalReader) byte() byte {
	if m.bad || len(m.data) == 0 {
		m.bad = true
		return 0
	}
	c := m.data[0]
	m.data = m.data[1:]
	return c
}

// int reads Marshal's integer: small ones in one byte, others with their length
// in front.
func (m *marshalReader) int() int {
	first := int(int8(m.byte()))
	switch {
	case first == 0:
		return 0
	case first > 4:
		return first - 5
	case first < -4:
		return first + 5
	}
	n, size := 0, max(first, -first)
	for i := range size {
		n |= int(m.byte()) << (8 * i)
	}
	if first < 0 {
		n -= 1 << (8 * size)
	}
	return n
}

// count reads how many values follow: never more than there are bytes.
func (m *marshalReader) count() int {
	n := m.int()
	if n < 0 || n > len(m.data) {
		m.bad = true
		return 0
	}
	return n
}

func (m *marshalReader) bytes() []byte {
	n := m.count()
	b := m.data[:n]
	m.data = m.data[n:]
	return b
}
