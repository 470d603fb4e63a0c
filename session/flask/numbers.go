package flask

import (
	"bytes"
	"errors"
	"math"
	"math/big"
	"strconv"
)

// maxDigits is how long a whole number Python reads and writes: its
// int_max_str_digits.
const maxDigits = 4300

var errDigits = errors.New("the number has more than 4300 digits")

func appendBig(b []byte, n *big.Int) ([]byte, error) {
	if n == nil {
		return append(b, "null"...), nil
	}
	if n.BitLen() > maxDigits*4 { // which spares a hopeless conversion
		return nil, errDigits
	}
	before := len(b)
	b = n.Append(b, 10)
	if len(bytes.TrimPrefix(b[before:], []byte("-"))) > maxDigits {
		return nil, errDigits
	}
	return b, nil
}

// parseInt reads a whole number as an int64, or as a *big.Int if it is too large.
func parseInt(s string) (any, error) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n, nil
	}
	if len(s) > maxDigits+1 || len(s) > maxDigits && s[0] != '-' {
		return nil, errDigits
	}
	n, ok := new(big.Int).SetString(s, 10)
	if !ok {
		return nil, strconv.ErrSyntax
	}
	return n, nil
}

// appendFloat writes f as Python's repr does: the fewest digits that tell it from
// its neighbours, and an exponent below 1e-4 and from 1e16 on.
func appendFloat(b []byte, f float64) []byte {
	switch {
	case math.IsNaN(f):
		return append(b, "NaN"...)
	case math.IsInf(f, 1):
		return append(b, "Infinity"...)
	case math.IsInf(f, -1):
		return append(b, "-Infinity"...)
	}
	if size := math.Abs(f); size != 0 && (size < 1e-4 || size >= 1e16) {
		return strconv.AppendFloat(b, f, 'e', -1, 64)
	}
	before := len(b)
	b = strconv.AppendFloat(b, f, 'f', -1, 64)
	if !bytes.ContainsRune(b[before:], '.') {
		b = append(b, ".0"...)
	}
	return b
}

func (p *parser) number() (any, error) {
	start := p.i
	p.take("-")
	if !p.take("0") && !p.digits() {
		p.i = start
		return nil, p.wrong("a value is missing")
	}
	whole := p.i
	if p.take("."); p.i > whole && !p.digits() {
		p.i = whole
	}
	fraction := p.i
	if p.take("e") || p.take("E") {
		if !p.take("+") {
			p.take("-")
		}
		if !p.digits() {
			p.i = fraction
		}
	}
	if p.i == whole {
		if n := whole - start; n > 18 {
			if err := p.room.take(perBig + n); err != nil {
				return nil, err
			}
		}
		return parseInt(p.s[start:whole])
	}
	f, err := strconv.ParseFloat(p.s[start:p.i], 64)
	if errors.Is(err, strconv.ErrRange) { // too large for a float: Python has infinity too
		err = nil
	}
	return f, err
}

// digits goes past one digit or more.
func (p *parser) digits() bool {
	start := p.i
	for p.i < len(p.s) && '0' <= p.s[p.i] && p.s[p.i] <= '9' {
		p.i++
	}
	return p.i > start
}
