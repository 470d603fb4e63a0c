package inspect

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"strconv"
)

// termOf reads a term of Erlang in its external format as JSON: atoms and binaries
// as strings, tuples and lists as lists. Nothing is made of it, which is what makes
// binary_to_term of a stranger's data dangerous. It returns nil for what it cannot
// read.
func termOf(data []byte) json.RawMessage {
	if len(data) < 2 || data[0] != 131 {
		return nil
	}
	t := &termReader{data: data[1:]}
	out := t.value(nil, 0)
	if t.bad || len(t.data) > 0 || len(out) > MaxUnpacked {
		return nil
	}
	return out
}

// A termReader takes values off the front of data. Once something is missing or
// unknown it is bad.
type termReader struct {
	data []byte
	bad  bool
}

// The tags of the external term format that are read.
const (
	termFloat, termSmallInt, termInt                        = 70, 97, 98
	termAtom, termSmallAtom, termAtomUTF8, termShortAtom    = 100, 115, 118, 119
	termSmallTuple, termTuple, termNil, termBytes, termList = 104, 105, 106, 107, 108
	termBinary, termSmallBig, termMap                       = 109, 110, 116
)

func (t *termReader) value(out []byte, deep int) []byte {
	if deep > MaxDepth || len(out) > MaxUnpacked {
		t.bad = true
	}
	switch t.uint(1) {
	case termSmallInt:
		return strconv.AppendUint(out, t.uint(1), 10)
	case termInt:
		return strconv.AppendInt(out, int64(int32(t.uint(4))), 10) // two's complement
	case termFloat:
		f := math.Float64frombits(t.uint(8))
		if math.IsNaN(f) || math.IsInf(f, 0) {
			t.bad = true
			return out
		}
		return strconv.AppendFloat(out, f, 'g', -1, 64)
	case termSmallBig:
		return t.big(out)
	case termAtom, termAtomUTF8:
		return appendAtom(out, t.bytes(t.uint(2)))
	case termSmallAtom, termShortAtom:
		return appendAtom(out, t.bytes(t.uint(1)))
	case termBinary:
		return appendString(out, t.bytes(t.uint(4)))
	case termBytes:
		return appendString(out, t.bytes(t.uint(2)))
	case termNil:
		return append(out, "[]"...)
	case termSmallTuple:
		return t.list(out, t.uint(1), deep)
	case termTuple:
		return t.list(out, t.uint(4), deep)
	case termList:
		out = t.list(out, t.uint(4), deep)
		t.bad = t.bad || t.uint(1) != termNil
		return out
	case termMap:
		return t.pairs(out, t.uint(4), deep)
	}
	t.bad = true
	return out
}

func (t *termReader) list(out []byte, n uint64, deep int) []byte {
	out = append(out, '[')
	for i := uint64(0); i < n && !t.bad; i++ {
		if i > 0 {
			out = append(out, ',')
		}
		out = t.value(out, deep+1)
	}
	return append(out, ']')
}

func (t *termReader) pairs(out []byte, n uint64, deep int) []byte {
	out = append(out, '{')
	for i := uint64(0); i < n && !t.bad; i++ {
		if i > 0 {
			out = append(out, ',')
		}
		key := t.value(nil, deep+1)
		if len(key) == 0 || key[0] != '"' {
			key = appendString(nil, key)
		}
		out = t.value(append(append(out, key...), ':'), deep+1)
	}
	return append(out, '}')
}

// big reads a long integer: its size, its sign, and its bytes, the lowest first.
func (t *termReader) big(out []byte) []byte {
	n, minus := t.uint(1), t.uint(1) == 1
	digits := t.bytes(n)
	if n > 8 {
		t.bad = true
		return out
	}
	var b [8]byte
	copy(b[:], digits)
	if minus {
		out = append(out, '-')
	}
	return strconv.AppendUint(out, binary.LittleEndian.Uint64(b[:]), 10)
}

// uint reads an unsigned integer of n bytes, the highest first.
func (t *termReader) uint(n uint64) (v uint64) {
	for _, c := range t.bytes(n) {
		v = v<<8 | uint64(c)
	}
	return v
}

func (t *termReader) bytes(n uint64) []byte {
	if t.bad || n > uint64(len(t.data)) {
		t.bad = true
		return nil
	}
	b := t.data[:n]
	t.data = t.data[n:]
	return b
}

// appendAtom appends true, false and nil as JSON has them, and other atoms as
// strings.
func appendAtom(out, name []byte) []byte {
	switch string(name) {
	case "true", "false":
		return append(out, name...)
	case "nil":
		return append(out, "null"...)
	}
	return appendString(out, name)
}
