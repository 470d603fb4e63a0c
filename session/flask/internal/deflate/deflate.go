// Package deflate compresses as zlib does at level 6, to the same bytes.
//
// What a compressed cookie looks like depends on who compressed it, and so does
// which one is compressed at all. Python has zlib do it. Package compress/zlib
// finds other matches and writes a longer end, so for the sizes that cookies have,
// this package does as zlib does: its lazy matching (match.go) and its choice of
// codes (block.go, huffman.go).
package deflate

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/adler32"
	"sync"
)

// maxExact is for how many bytes this is zlib's output to the byte: they fit one
// block and half a window.
const maxExact = 16382

// A deflater is the room that compressing takes.
type deflater struct {
	matcher
	tokens           []token
	lit, dist, codes *tree // the last one is of the lengths of the others' codes
	fixLit, fixDist  *tree
	runs             []run
}

// A token is a literal byte, or a match of some length that begins at some
// distance back.
type token struct{ literal, length, distance uint16 }

var deflaters = sync.Pool{New: func() any {
	return &deflater{
		lit: newTree(litCodes), dist: newTree(distCodes), codes: newTree(codeLenCodes),
		fixLit: fixedTree(litCodes+2, fixedLit), fixDist: fixedTree(distCodes, fixedDist),
	}
}}

// Append appends the zlib form of data to b; nothing, where zlib would store the
// data as they are. Beyond 16 kB it is a form that any reader takes, but not the one
// that zlib makes.
func Append(b, data []byte) []byte {
	if len(data) > maxExact {
		return appendLarge(b, data)
	}
	d := deflaters.Get().(*deflater)
	defer deflaters.Put(d)
	d.tokenize(data)
	w := bitWriter{b: append(b, 0x78, 0x9c)}
	if !d.writeBlock(&w, len(data)) {
		return b
	}
	return binary.BigEndian.AppendUint32(w.b, adler32.Checksum(data))
}

func appendLarge(b, data []byte) []byte {
	buf := bytes.NewBuffer(b)
	w := zlib.NewWriter(buf)
	_, err := w.Write(data)
	if err = errors.Join(err, w.Close()); err != nil {
		panic(err) // a Buffer takes everything
	}
	return buf.Bytes()
}

// tokenize makes tokens of data, and counts their symbols.
func (d *deflater) tokenize(data []byte) {
	d.tokens = d.tokens[:0]
	clear(d.lit.counts)
	clear(d.dist.counts)
	d.lit.counts[endOfBlock]++
	d.match(data, func(c byte) {
		d.tokens = append(d.tokens, token{literal: uint16(c)})
		d.lit.counts[c]++
	}, func(length, distance int) {
		d.tokens = append(d.tokens, token{length: uint16(length), distance: uint16(distance)})
		code, _, _ := lengthCode(length)
		d.lit.counts[code]++
		code, _, _ = distanceCode(distance)
		d.dist.counts[code]++
	})
}
