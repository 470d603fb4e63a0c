package inspect

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// phpOf reads what PHP's serialize wrote as JSON: nil, booleans, numbers, strings
// and arrays. Objects are not read, as unserialize would run code of their classes.
// It returns nil for what it cannot read.
func phpOf(data []byte) json.RawMessage {
	p := &phpReader{data: data}
	out := p.value(nil, 0)
	if p.bad || len(p.data) > 0 || len(out) > MaxUnpacked || !json.Valid(out) {
		return nil
	}
	return out
}

// A phpReader takes values off the front of data. Once something is missing or
// unknown it is bad.
type phpReader struct {
	data []byte
	bad  bool
}

func (p *phpReader) value(out []byte, deep int) []byte {
	if deep > MaxDepth || len(out) > MaxUnpacked || len(p.data) < 2 {
		p.bad = true
	}
	if p.bad {
		return append(out, "null"...)
	}
	switch kind := p.until(":;"); string(kind) {
	case "N":
		return append(out, "null"...)
	case "b":
		return strconv.AppendBool(out, string(p.until(";")) == "1")
	case "i", "d":
		number := p.until(";")
		if !json.Valid(number) {
			return appendString(out, number) // INF, NAN
		}
		return append(out, number...)
	case "s":
		out = appendString(out, p.text())
		p.skip(";")
		return out
	case "a":
		return p.array(out, deep)
	}
	p.bad = true
	return append(out, "null"...)
}

// array reads a map whose keys are numbers and strings as an object, and one whose
// keys count from zero as a list.
func (p *phpReader) array(out []byte, deep int) []byte {
	n, err := strconv.Atoi(string(p.until(":")))
	if err != nil || n < 0 || n > len(p.data) {
		p.bad = true
		return append(out, "null"...)
	}
	p.skip("{")
	var object, list []byte
	isList := true
	for i := 0; i < n && !p.bad; i++ {
		key := p.value(nil, deep+1)
		isList = isList && string(key) == strconv.Itoa(i)
		if len(key) == 0 || key[0] != '"' {
			key = appendString(nil, key)
		}
		value := p.value(nil, deep+1)
		if i > 0 {
			object, list = append(object, ','), append(list, ',')
		}
		object = append(append(append(object, key...), ':'), value...)
		list = append(list, value...)
		if len(object) > MaxUnpacked {
			p.bad = true
		}
	}
	p.skip("}")
	if isList && n > 0 {
		return append(append(append(out, '['), list...), ']')
	}
	return append(append(append(out, '{'), object...), '}')
}

// text reads a string after its kind: length, colon, and the bytes in quotes.
func (p *phpReader) text() []byte {
	n, err := strconv.Atoi(string(p.until(":")))
	if p.skip(`"`); err != nil || n < 0 || n > len(p.data) {
		p.bad = true
	}
	if p.bad {
		return nil
	}
	text := p.data[:n]
	p.data = p.data[n:]
	p.skip(`"`)
	return text
}

// until takes what stands before one of these characters, and the character.
func (p *phpReader) until(ends string) []byte {
	i := bytes.IndexAny(p.data[:min(len(p.data), 32)], ends)
	if i < 0 {
		p.bad = true
		return nil
	}
	taken := p.data[:i]
	p.data = p.data[i+1:]
	return taken
}

func (p *phpReader) skip(s string) {
	rest, ok := bytes.CutPrefix(p.data, []byte(s))
	p.data, p.bad = rest, p.bad || !ok
}
