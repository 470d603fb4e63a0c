package deflate

// writeBlock writes the tokens of size bytes as the one block of a stream: with
// the fixed codes, or with codes of its own if those make it shorter. It reports
// false if storing the bytes would be shorter still.
func (d *deflater) writeBlock(w *bitWriter, size int) bool {
	d.lit.build(15)
	d.dist.build(15)
	h := d.header()
	own := h.bits() + cost(d.lit.counts, d.lit.lengthOf, lengthExtra) + cost(d.dist.counts, d.dist.lengthOf, distanceExtra)
	fixed := cost(d.lit.counts, fixedLit, lengthExtra) + cost(d.dist.counts, fixedDist, distanceExtra)
	ownBytes, fixedBytes := (own+3+7)/8, (fixed+3+7)/8
	switch {
	case size+4 <= min(ownBytes, fixedBytes):
		return false
	case fixedBytes <= ownBytes:
		w.put(1|1<<1, 3) // the last block, with fixed codes
		d.writeTokens(w, d.fixLit, d.fixDist)
	default:
		w.put(1|2<<1, 3) // with codes of its own
		h.write(w)
		d.writeTokens(w, d.lit, d.dist)
	}
	w.flush()
	return true
}

func (d *deflater) writeTokens(w *bitWriter, lit, dist *tree) {
	for _, t := range d.tokens {
		if t.length == 0 {
			w.symbol(lit, int(t.literal))
			continue
		}
		code, extra, value := lengthCode(int(t.length))
		w.symbol(lit, code)
		w.put(value, extra)
		code, extra, value = distanceCode(int(t.distance))
		w.symbol(dist, code)
		w.put(value, extra)
	}
	w.symbol(lit, endOfBlock)
}

// A header tells the lengths of a block's own codes, in a code of their own.
type header struct {
	lit, dist int // symbols told of
	runs      []run
	codes     *tree
	shown     int // lengths of codes, in codeLenOrder
}

// A run is a code length, or a symbol that says how often to repeat one.
type run struct{ symbol, repeat int }

func (d *deflater) header() header {
	h := header{lit: d.lit.last + 1, dist: d.dist.last + 1, codes: d.codes, shown: codeLenCodes}
	d.runs = appendRuns(d.runs[:0], d.lit.length[:h.lit])
	d.runs = appendRuns(d.runs, d.dist.length[:h.dist])
	h.runs = d.runs
	clear(h.codes.counts)
	for _, r := range h.runs {
		h.codes.counts[r.symbol]++
	}
	h.codes.build(7)
	for h.shown > 4 && h.codes.length[codeLenOrder[h.shown-1]] == 0 {
		h.shown--
	}
	return h
}

// appendRuns tells lengths, those that repeat in short.
func appendRuns(runs []run, lengths []int) []run {
	before := -1
	for len(lengths) > 0 {
		length, most, least := lengths[0], 7, 4 // the length itself, and 3 to 6 more
		switch {
		case length == 0:
			most, least = 138, 3
		case length == before:
			most, least = 6, 3
		}
		n := 1
		for n < most && n < len(lengths) && lengths[n] == length {
			n++
		}
		lengths = lengths[n:]
		switch {
		case n < least:
			for range n {
				runs = append(runs, run{symbol: length})
			}
		case length == 0 && n <= 10:
			runs = append(runs, run{17, n - 3})
		case length == 0:
			runs = append(runs, run{18, n - 11})
		case length != before:
			runs = append(runs, run{symbol: length}, run{16, n - 4})
		default:
			runs = append(runs, run{16, n - 3})
		}
		before = length
	}
	return runs
}

func (h header) bits() int {
	return 5 + 5 + 4 + 3*h.shown + cost(h.codes.counts, h.codes.lengthOf, codeLenExtra)
}

func (h header) write(w *bitWriter) {
	w.put(h.lit-firstLength, 5)
	w.put(h.dist-1, 5)
	w.put(h.shown-4, 4)
	for _, symbol := range codeLenOrder[:h.shown] {
		w.put(h.codes.length[symbol], 3)
	}
	for _, r := range h.runs {
		w.symbol(h.codes, r.symbol)
		w.put(r.repeat, codeLenExtra(r.symbol))
	}
}

// A bitWriter appends bits to b, the lowest first.
type bitWriter struct {
	b    []byte
	bits uint32
	n    int // of bits that are not in b yet
}

func (w *bitWriter) symbol(t *tree, symbol int) { w.put(t.code[symbol], t.length[symbol]) }

func (w *bitWriter) put(value, n int) {
	w.bits |= uint32(value) << w.n
	for w.n += n; w.n >= 8; w.n -= 8 {
		w.b = append(w.b, byte(w.bits))
		w.bits >>= 8
	}
}

// flush fills the last byte.
func (w *bitWriter) flush() { w.put(0, -w.n&7) }
