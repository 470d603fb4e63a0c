package lesson

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Python writes a JSON value as Python does. No value is None.
func Python(data json.RawMessage) string {
	if len(data) == 0 {
		return "None"
	}
	var b strings.Builder
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if !pythonValue(&b, dec) {
		return string(data)
	}
	return b.String()
}

// pythonValue writes the next value, and reports whether there was one.
func pythonValue(b *strings.Builder, dec *json.Decoder) bool {
	token, err := dec.Token()
	if err != nil {
		return false
	}
	switch v := token.(type) {
	case nil:
		b.WriteString("None")
	case bool:
		b.WriteString(map[bool]string{true: "True", false: "False"}[v])
	case json.Number:
		b.WriteString(v.String())
	case string:
		b.WriteString(PythonString(v))
	case json.Delim:
		return pythonMany(b, dec, v)
	}
	return true
}

// PythonString writes a string as Python does.
func PythonString(s string) string { return "'" + pythonEscapes.Replace(s) + "'" }

var pythonEscapes = strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// pythonMany writes a list or a dict whose bracket was read.
func pythonMany(b *strings.Builder, dec *json.Decoder, open json.Delim) bool {
	b.WriteRune(rune(open))
	for first := true; dec.More(); first = false {
		if !first {
			b.WriteString(", ")
		}
		if open == '{' {
			if !pythonValue(b, dec) {
				return false
			}
			b.WriteString(": ")
		}
		if !pythonValue(b, dec) {
			return false
		}
	}
	end, err := dec.Token()
	if delim, ok := end.(json.Delim); ok {
		b.WriteRune(rune(delim))
	}
	return err == nil
}
