package inspect

import (
	"crypto/hmac"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// playSigned begins a value of Play up to 2.5: an HMAC-SHA1 in hexadecimal, a
// hyphen, and the first name. Since 2.6 Play writes JSON Web Tokens.
var playSigned = regexp.MustCompile(`^[0-9a-f]{40}-[A-Za-z0-9%*_+.-]+`)

// asPlay recognises Play's older session: pairs as in a form, signed as they stand.
func asPlay(in *input) *Report {
	for _, text := range []string{in.raw, in.text} { // some escape it once more
		tail, data, _ := strings.Cut(text, "-")
		pairs, err := url.ParseQuery(data)
		if !playSigned.MatchString(text) || !strings.Contains(data, "=") || err != nil ||
			strings.Trim(data, base62Digits+"%*_+.-=&") != "" {
			continue
		}
		r := &Report{Format: Play, Sure: Certain, Algorithm: "HMAC-SHA1", Payload: objectOf(pairs)}
		r.cut(in.text, span{Mac, len(tail), ""}, span{Separator, 1, ""}, span{Payload, len(in.text) - len(tail) - 1, ""})
		if in.key != nil {
			mac, _ := lowerHex(tail)
			r.Signature = checked(hmac.Equal(mac, digests[20].mac(in.key, data)))
		}
		return r
	}
	return nil
}

// objectOf is a form as JSON: the first value of each name.
func objectOf(pairs url.Values) []byte {
	out := []byte{'{'}
	for _, name := range slices.Sorted(maps.Keys(pairs)) {
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = appendString(append(appendString(out, []byte(name)), ':'), []byte(pairs.Get(name)))
	}
	return append(out, '}')
}
