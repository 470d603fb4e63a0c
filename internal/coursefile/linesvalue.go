package coursefile

import (
	"strconv"
	"strings"
)

// A value is read line by line, as far as an array, a table in braces or a text in three
// quotes goes. What is in arrays and such tables has lines too.
type value struct {
	key   string // the path of what is read next
	in    []container
	word  string // the last one outside of texts: a key, if "=" follows
	quote string // that ends the text that is open; "" if none is
}

// A container is an array or a table in braces that is open.
type container struct {
	path  string
	array bool
	n     int // of an array: how many tables are in it so far
}

// more reports whether the value goes on in the next line.
func (v *value) more() bool { return len(v.in) > 0 || len(v.quote) == 3 }

// read reads the rest of a line.
func (v *value) read(s string, line int, at lines) {
	if len(v.quote) == 1 {
		v.quote = "" // such a text ends with its line
	}
	for s != "" {
		if v.quote != "" {
			if s = v.text(s); s == "" {
				return
			}
			continue
		}
		switch c := s[:1]; {
		case strings.HasPrefix(s, `"""`), strings.HasPrefix(s, `'''`):
			v.quote = s[:3]
			s = s[2:]
		case c == `"`, c == `'`:
			v.quote, v.word = c, ""
		case c == "#":
			return
		case c == "[", c == "{":
			v.begin(c == "[", line, at)
		case c == "]", c == "}":
			v.in = v.in[:max(0, len(v.in)-1)]
		case c == "=" && v.word != "" && len(v.in) > 0:
			v.key = v.within() + "." + v.word
			at.add(v.key, line)
		case c == ",", c == "\n":
			v.word = ""
		case c != " " && c != "\t":
			v.word += c
		}
		s = s[1:]
	}
}

// text reads on in a text, and returns what follows its end.
func (v *value) text(s string) string {
	end := strings.Index(s, v.quote)
	if escaped := strings.Index(s, `\`); v.quote[0] == '"' && escaped >= 0 && escaped < end {
		return s[min(len(s), escaped+2):]
	}
	if end < 0 {
		return ""
	}
	s, v.quote = s[end+len(v.quote):], ""
	return s
}

// begin opens an array, or a table in braces: of an array, the next one.
func (v *value) begin(array bool, line int, at lines) {
	path := v.key
	if n := len(v.in); n > 0 && v.in[n-1].array {
		path = v.in[n-1].path + "." + strconv.Itoa(v.in[n-1].n)
		v.in[n-1].n++
		at.add(path, line)
	}
	v.in = append(v.in, container{path: path, array: array})
	v.word = ""
}

// within is the path of what is open.
func (v *value) within() string {
	if len(v.in) == 0 {
		return v.key
	}
	return v.in[len(v.in)-1].path
}
