package inspect

import (
	"regexp"
	"strconv"
	"time"
)

// wordpressLogin is "user|expiration|token|hmac", as WordPress writes it since 4.0.
// A user name has letters, digits, and a few signs.
var wordpressLogin = regexp.MustCompile(`^([\p{L}\p{N} _.@*-]+)\|(\d{9,11})\|([A-Za-z0-9]{43})\|([0-9a-f]{64})$`)

// asWordPress recognises the cookie by which WordPress knows who is logged in. Its
// HMAC takes the site's keys and a piece of the stored password, so no key that
// could be entered here checks it.
func asWordPress(in *input) *Report {
	m := wordpressLogin.FindStringSubmatch(in.text)
	if m == nil {
		return nil
	}
	seconds, _ := strconv.ParseInt(m[2], 10, 64) // digits
	end := time.Unix(seconds, 0)
	r := &Report{Format: WordPress, Sure: Certain, Algorithm: "HMAC-SHA256", Payload: quoted([]byte(m[1]))}
	r.moment("expires", end)
	bar := span{Separator, 1, ""}
	r.cut(in.text, span{Payload, len(m[1]), m[1]}, bar, span{Expiry, len(m[2]), end.UTC().Format(time.RFC3339)}, bar,
		span{ID, len(m[3]), ""}, bar, span{Mac, len(m[4]), ""})
	r.note("wordpress")
	r.unchecked(in)
	return r
}
