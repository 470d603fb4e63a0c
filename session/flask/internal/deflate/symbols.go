package deflate

import "math/bits"

// The alphabets of RFC 1951: literals and lengths, distances, and code lengths.
const (
	endOfBlock   = 256
	firstLength  = 257
	lengthCodes  = 29
	litCodes     = firstLength + lengthCodes
	distCodes    = 30
	codeLenCodes = 19
)

// codeLenOrder is the order in which the lengths of the code length code are sent.
var codeLenOrder = [codeLenCodes]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// lengthCode returns the symbol for a match of that length, with its extra bits.
func lengthCode(length int) (code, extra, value int) {
	if length == maxMatch {
		return firstLength + lengthCodes - 1, 0, 0
	}
	code, extra, value = rangeCode(length-minMatch, 2)
	return firstLength + code, extra, value
}

// distanceCode returns the symbol for a match that far back, with its extra bits.
func distanceCode(distance int) (code, extra, value int) {
	return rangeCode(distance-1, 1)
}

// rangeCode numbers ranges that double in size after each 1<<few of them.
func rangeCode(n, few int) (code, extra, value int) {
	extra = max(0, bits.Len(uint(n))-1-few)
	return extra<<few + n>>extra, extra, n & (1<<extra - 1)
}

func lengthExtra(symbol int) int {
	i := symbol - firstLength
	if i < 8 || i == lengthCodes-1 {
		return 0
	}
	return i/4 - 1
}

func distanceExtra(symbol int) int { return max(0, symbol/2-1) }

func codeLenExtra(symbol int) int {
	switch symbol {
	case 16:
		return 2
	case 17:
		return 3
	case 18:
		return 7
	}
	return 0
}

// fixedLit is how long the fixed code of a literal or length is.
func fixedLit(symbol int) int {
	switch {
	case symbol < 144:
		return 8
	case symbol < 256:
		return 9
	case symbol < 280:
		return 7
	}
	return 8
}

func fixedDist(int) int { return 5 }
