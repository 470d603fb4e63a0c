package inspect

import "encoding/base64"

// asSpring recognises Spring Session's cookie: base64 of a UUID, and perhaps of a
// dot and the machine's name.
func asSpring(in *input) *Report {
	data, err := base64.StdEncoding.DecodeString(in.text)
	if err != nil || len(data) < 36 || len(data) > 36 && data[36] != '.' || !readable(data) {
		return nil
	}
	r := &Report{Format: Opaque, Sure: Likely}
	if !r.asUUID(string(data[:36])) {
		return nil
	}
	r.Variant = "spring"
	const letters = 36 * 8 / 6 // the UUID ends where a letter does
	r.cut(in.text, span{ID, letters, string(data[:36])}, span{Route, len(in.text) - letters, string(data[36:])})
	r.note("server-side")
	return r
}
