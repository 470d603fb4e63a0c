package inspect

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"math/bits"
	"strconv"
)

// gobOf reads the gob of a map[any]any, as gorilla stores sessions, or of a
// string, as JSON: nil if it is neither. Package encoding/gob is not made for
// data of strangers, so this reads the basic types alone, and names others.
func gobOf(data []byte) json.RawMessage {
	g := &gobReader{data: data}
	var mapID int64
	for len(g.data) > 0 {
		size := g.uint()
		if g.bad || size > uint64(len(g.data)) {
			return nil
		}
		rest := g.data[size:]
		id := g.int()
		switch {
		case id < 0: // the definition of a type
			if mapID = g.mapType(); mapID == 0 {
				return nil
			}
		case id == gobString || id == mapID && mapID != 0:
			if g.uint() != 0 {
				return nil
			}
			var out []byte
			if id == gobString {
				out = appendString(nil, g.bytes())
			} else {
				out = g.pairs()
			}
			if g.bad || len(g.data) != len(rest) {
				return nil
			}
			return out
		default:
			return nil
		}
		g.data = rest
	}
	return nil
}

// The ids of gob's basic types.
const (
	gobBool, gobInt, gobUint, gobFloat, gobBytes, gobString = 1, 2, 3, 4, 5, 6
	gobInterface                                            = 8
)

// A gobReader takes values off the front of data. Once something is missing it
// is bad, and all further values are zero.
type gobReader struct {
	data []byte
	bad  bool
}

// mapType reads the definition of an unnamed map from any to any, and returns
// its id, or 0 if it is of something else.
func (g *gobReader) mapType() int64 {
	for _, want := range []uint64{4, 1, 2} { // wireType.MapT, mapType.CommonType, CommonType.Id
		if g.uint() != want {
			return 0
		}
	}
	id := g.int()
	if g.uint() != 0 || g.uint() != 1 || g.int() != gobInterface || g.uint() != 1 || g.int() != gobInterface {
		return 0
	}
	return id
}

// pairs reads a map of interface values as a JSON object.
func (g *gobReader) pairs() []byte {
	n := g.uint()
	out := []byte{'{'}
	for i := uint64(0); i < n && !g.bad; i++ {
		if i > 0 {
			out = append(out, ',')
		}
		key := g.value()
		if len(key) == 0 || key[0] != '"' {
			key = appendString(nil, key)
		}
		out = append(append(append(out, key...), ':'), g.value()...)
	}
	return append(out, '}')
}

// value reads an interface value: type name, type id, length and bytes.
func (g *gobReader) value() []byte {
	name := g.bytes()
	if len(name) == 0 {
		return []byte("null")
	}
	id := g.int()
	body := gobReader{data: g.bytes()}
	if body.uint() != 0 {
		return appendString(nil, append([]byte("Go type "), name...))
	}
	var out []byte
	switch id {
	case gobBool:
		out = strconv.AppendBool(nil, body.uint() != 0)
	case gobInt:
		out = strconv.AppendInt(nil, body.int(), 10)
	case gobUint:
		out = strconv.AppendUint(nil, body.uint(), 10)
	case gobFloat:
		f := math.Float64frombits(bits.ReverseBytes64(body.uint()))
		if out = strconv.AppendFloat(nil, f, 'g', -1, 64); math.IsNaN(f) || math.IsInf(f, 0) {
			out = appendString(nil, out)
		}
	case gobBytes, gobString:
		out = appendString(nil, body.bytes())
	default:
		return appendString(nil, append([]byte("Go type "), name...))
	}
	g.bad = g.bad || body.bad
	return out
}

func (g *gobReader) bytes() []byte {
	n := g.uint()
	if g.bad || n > uint64(len(g.data)) {
		g.bad = true
		return nil
	}
	b := g.data[:n]
	g.data = g.data[n:]
	return b
}

// uint reads gob's unsigned integer: a byte below 128, or a count of bytes,
// negated, and those bytes.
func (g *gobReader) uint() uint64 {
	if g.bad || len(g.data) == 0 {
		g.bad = true
		return 0
	}
	first := g.data[0]
	g.data = g.data[1:]
	if first < 0x80 {
		return uint64(first)
	}
	n := int(-int8(first))
	if n < 1 || n > 8 || n > len(g.data) {
		g.bad = true
		return 0
	}
	var b [8]byte
	copy(b[8-n:], g.data[:n])
	g.data = g.data[n:]
	return binary.BigEndian.Uint64(b[:])
}

// int reads gob's signed integer, whose lowest bit is the sign.
func (g *gobReader) int() int64 {
	u := g.uint()
	if u&1 != 0 {
		return ^int64(u >> 1)
	}
	return int64(u >> 1)
}
