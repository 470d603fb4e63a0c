package deflate

import "math/bits"

// A tree is a Huffman code, made as zlib makes it: which of several equally good
// codes it is depends on the order in a heap.
type tree struct {
	counts []int // how often each symbol occurs
	length []int // of each symbol's code, in bits; 0: it has none
	code   []int // the bits, reversed, as they are sent
	last   int   // symbol that has a code

	// Of the symbols, and after them the nodes that join them:
	weight, depth, dad, height []int

	heap  []int // from 1 on
	order []int // of nodes as they were joined; the root last
	sizes []int // how many codes there are of each length
}

func newTree(symbols int) *tree {
	room := make([]int, 14*symbols)
	take := func(n int) (ints []int) {
		ints, room = room[:n:n], room[n:]
		return ints
	}
	t := &tree{
		counts: take(symbols), code: take(symbols),
		weight: take(2 * symbols), depth: take(2 * symbols), dad: take(2 * symbols), height: take(2 * symbols),
		heap: take(2 * symbols), order: take(2 * symbols),
		sizes: make([]int, 16),
	}
	t.length = t.depth[:symbols]
	return t
}

// build gives codes of that length at most to the symbols that occur.
func (t *tree) build(longest int) {
	t.last, t.heap, t.order = -1, t.heap[:1], t.order[:0]
	copy(t.weight, t.counts)
	clear(t.depth)
	clear(t.height)
	for n, count := range t.counts {
		if count > 0 {
			t.heap = append(t.heap, n)
			t.last = n
		}
	}
	for len(t.heap) < 3 { // some decoders want two codes at least
		node := 0
		if t.last < 2 {
			t.last++
			node = t.last
		}
		t.weight[node] = 1
		t.heap = append(t.heap, node)
	}
	for k := (len(t.heap) - 1) / 2; k >= 1; k-- {
		t.sift(k)
	}
	for node := len(t.counts); len(t.heap) > 2; node++ {
		t.join(node)
	}
	t.order = append(t.order, t.heap[1])
	t.measure(longest)
	t.assign()
}

// join puts node above the two that weigh least.
func (t *tree) join(node int) {
	n, last := t.heap[1], len(t.heap)-1
	t.heap[1] = t.heap[last]
	t.heap = t.heap[:last]
	t.sift(1)
	m := t.heap[1]
	t.order = append(t.order, n, m)
	t.weight[node] = t.weight[n] + t.weight[m]
	t.height[node] = max(t.height[n], t.height[m]) + 1
	t.dad[n], t.dad[m] = node, node
	t.heap[1] = node
	t.sift(1)
}

func (t *tree) sift(k int) {
	v := t.heap[k]
	for j := 2 * k; j < len(t.heap); j *= 2 {
		if j+1 < len(t.heap) && t.lighter(t.heap[j+1], t.heap[j]) {
			j++
		}
		if t.lighter(v, t.heap[j]) {
			break
		}
		t.heap[k] = t.heap[j]
		k = j
	}
	t.heap[k] = v
}

func (t *tree) lighter(n, m int) bool {
	return t.weight[n] < t.weight[m] || t.weight[n] == t.weight[m] && t.height[n] <= t.height[m]
}

// measure sets the length of each code.
func (t *tree) measure(longest int) {
	clear(t.sizes)
	overflow := 0
	for i := len(t.order) - 2; i >= 0; i-- {
		node := t.order[i]
		t.depth[node] = t.depth[t.dad[node]] + 1
		if t.depth[node] > longest {
			t.depth[node] = longest
			overflow++
		}
		if node < len(t.counts) {
			t.sizes[t.depth[node]]++
		}
	}
	if overflow > 0 {
		t.shorten(longest, overflow)
	}
}

// shorten makes up for codes that were cut to the longest length there may be,
// and gives the longest codes to what is rarest.
func (t *tree) shorten(longest, overflow int) {
	for ; overflow > 0; overflow -= 2 {
		at := longest - 1
		for t.sizes[at] == 0 {
			at--
		}
		t.sizes[at]-- // a code of this length moves down, beside one that was too long
		t.sizes[at+1] += 2
		t.sizes[longest]--
	}
	next := 0
	for size := longest; size > 0; size-- {
		for range t.sizes[size] {
			for t.order[next] >= len(t.counts) {
				next++
			}
			t.length[t.order[next]] = size
			next++
		}
	}
}

// assign makes the codes from their lengths, as RFC 1951 section 3.2.2 has it.
func (t *tree) assign() {
	var next [16]int
	code := 0
	for size := 1; size < len(next); size++ {
		code = (code + t.sizes[size-1]) << 1
		next[size] = code
	}
	for symbol, size := range t.length {
		if size > 0 {
			t.code[symbol] = int(bits.Reverse16(uint16(next[size])) >> (16 - size))
			next[size]++
		}
	}
}

// fixedTree returns the tree whose codes have the lengths that length tells.
func fixedTree(symbols int, length func(symbol int) int) *tree {
	t := newTree(symbols)
	for symbol := range t.length {
		t.length[symbol] = length(symbol)
		t.sizes[t.length[symbol]]++
	}
	t.assign()
	return t
}

func (t *tree) lengthOf(symbol int) int { return t.length[symbol] }

// cost is how many bits it takes to send all that was counted, with codes of
// these lengths and the extra bits.
func cost(counts []int, length, extra func(symbol int) int) int {
	sum := 0
	for symbol, count := range counts {
		sum += count * (length(symbol) + extra(symbol))
	}
	return sum
}
