package deflate

const (
	minMatch = 3
	maxMatch = 258
	tooFar   = 4096 // back, a match of 3 does not pay

	// The configuration of level 6.
	goodMatch = 8   // from this length on, search less for a longer one
	maxLazy   = 16  // from this length on, do not search for a longer one
	niceMatch = 128 // from this length on, stop searching
	maxChain  = 128 // candidates to try
)

// A matcher finds what occurred before, as zlib's deflate_slow does.
type matcher struct {
	window []byte // the data, and zeros where zlib looks past its end
	n      int    // of the data
	head   [1 << 15]uint16
	prev   [maxExact]uint16 // the position before each with the same hash; 0: none
}

// match calls literal and match for what the data are made of. A match is put off
// for one byte, lest a longer one begins there.
func (m *matcher) match(data []byte, literal func(byte), match func(length, distance int)) {
	m.n = len(data)
	m.window = append(append(m.window[:0], data...), make([]byte, maxMatch+1)...)
	length, at := minMatch-1, 0
	pending := false // the byte before i is not told yet
	for i := 0; i < m.n; i++ {
		head := m.insert(i)
		before, beforeAt := length, at
		length = minMatch - 1
		if head > 0 && before < maxLazy {
			length, at = m.longest(i, head, before, at)
			if length == minMatch && i-at > tooFar {
				length = minMatch - 1
			}
		}
		switch {
		case before >= minMatch && length <= before:
			match(before, i-1-beforeAt)
			for end := i + before - 2; i < end; {
				i++
				m.insert(i)
			}
			pending, length = false, minMatch-1
		case pending:
			literal(data[i-1])
		default:
			pending = true
		}
	}
	if pending {
		literal(data[m.n-1])
	}
	for i := range max(0, m.n-minMatch+1) {
		m.head[m.hash(i)] = 0
	}
}

func (m *matcher) hash(i int) int {
	w := m.window[i : i+minMatch]
	return (int(w[0])<<10 ^ int(w[1])<<5 ^ int(w[2])) & (1<<15 - 1)
}

// insert remembers position i and returns the last one with the same hash; 0:
// none, so that nothing matches the very first position.
func (m *matcher) insert(i int) (head int) {
	if i+minMatch > m.n {
		return 0
	}
	hash := m.hash(i)
	m.prev[i] = m.head[hash]
	m.head[hash] = uint16(i)
	return int(m.prev[i])
}

// longest looks for a longer match for position i than best, which began at start,
// trying positions from head on back.
func (m *matcher) longest(i, head, best, start int) (length, at int) {
	chain, left := maxChain, m.n-i
	if best >= goodMatch {
		chain /= 4
	}
	nice := min(niceMatch, left)
	scan := m.window[i : i+maxMatch]
	for ; head > 0 && chain > 0; head, chain = int(m.prev[head]), chain-1 {
		match := m.window[head : head+maxMatch]
		if match[best] != scan[best] || match[best-1] != scan[best-1] {
			continue
		}
		n := 0
		for n < maxMatch && match[n] == scan[n] {
			n++
		}
		if n > best {
			start, best = head, n
			if n >= nice {
				break
			}
		}
	}
	return min(best, left), start
}
