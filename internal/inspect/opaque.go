package inspect

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"strconv"
	"strings"
	"time"
)

const base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

// alphabets are sets of characters that ids are written in, the smaller first.
var alphabets = []struct{ name, letters string }{
	{"0-9", "0123456789"},
	{"0-9 a-f", "0123456789abcdef"},
	{"0-9 A-F", "0123456789ABCDEF"},
	{"0-9 a-v", "0123456789abcdefghijklmnopqrstuv"}, // PHP, with 5 bits a character
	{"A-Z 2-7", base32Letters},
	{"a-z 0-5", "abcdefghijklmnopqrstuvwxyz012345"}, // ASP.NET
	{"0-9 a-z", "0123456789abcdefghijklmnopqrstuvwxyz"},
	{"0-9 A-Z", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
	{"0-9 A-Z a-z", base62Digits},
	{"0-9 A-Z a-z - _", base62Digits + "-_"},
	{"0-9 A-Z a-z + /", base62Digits + "+/"},
	{"0-9 A-Z a-z - ,", base62Digits + "-,"}, // PHP, with 6 bits a character
}

// entropy returns the smallest known alphabet of a text, "" if there is none, and
// how many bits a text of that length can hold at most.
func entropy(s string) (letters string, bits int) {
	s = strings.TrimRight(s, "=")
	for _, a := range alphabets {
		if s != "" && strings.Trim(s, a.letters) == "" {
			return a.name, int(float64(len(s)) * math.Log2(float64(len(a.letters))))
		}
	}
	return "", 8 * len(s)
}

// asOpaque says what there is to say of anything else: length, alphabet, and how
// random it can be at most.
func asOpaque(in *input) *Report {
	r := &Report{Format: Opaque, Sure: Guess}
	if r.asUUID(in.text) {
		r.Sure = Certain
		r.cut(in.text, span{ID, len(in.text), ""})
		r.note("server-side")
		return r
	}
	letters, bits := entropy(in.text)
	if r.Variant = r.maker(in.opt.Name, in.text, letters); r.Variant != "" {
		r.Sure = Likely
	}
	r.id(in.text, letters, bits)
	if in.key != nil {
		r.note("nothing-to-verify")
	}
	return r
}

// id takes the beginning of a value for an id, if it can be one.
func (r *Report) id(text, letters string, bits int) {
	kind := ID
	if letters == "" || bits < 32 {
		kind = Other
	}
	r.cut(text, span{kind, len(text), ""})
	if letters == "" {
		r.Sure = Unrecognised
		r.note("unknown")
		return
	}
	r.note("id-bits", "N", bits, "Letters", letters)
	if bits < 64 {
		r.note("few-bits")
	}
	r.note("server-side-maybe")
}

// maker names the software whose cookie has this name and whose ids look like
// this one: the look alone would prove nothing.
func (r *Report) maker(name, text, letters string) string {
	hexID := letters == "0-9 a-f" || letters == "0-9 A-F" || letters == "0-9"
	lower := strings.Trim(text, "0123456789abcdefghijklmnopqrstuvwxyz") == ""
	switch {
	case name == "PHPSESSID" && (len(text) >= 22 && len(text) <= 256) && letters != "":
		return "phpsessid"
	case name == "ASP.NET_SessionId" && len(text) == 24 && lower && !strings.ContainsAny(text, "6789"):
		return "aspnet"
	case name == "sessionid" && len(text) == 32 && lower:
		return "django-id"
	case name == "session" && len(text) == 32 && strings.Trim(text, base32Letters) == "":
		return "lab-id"
	case name == "laravel_session" && len(text) == 40:
		return "laravel"
	case name == "ci_session" && letters != "" && (len(text) == 32 && hexID || len(text) >= 26 && len(text) <= 40 && lower):
		return "codeigniter"
	case len(text) == 26 && letters == "0-9 a-v" || len(text) == 32 && hexID:
		r.note("many-makers")
	}
	return ""
}

// asUUID recognises UUIDs (RFC 9562), two versions of which tell their age.
func (r *Report) asUUID(text string) bool {
	b, err := hex.DecodeString(strings.ReplaceAll(text, "-", ""))
	if err != nil || len(text) != 36 || len(b) != 16 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
		return false
	}
	version := int(b[6] >> 4)
	if b[8]>>6 != 2 || version < 1 || version > 8 {
		return false
	}
	r.Variant, r.Payload = "uuid", quoted([]byte(text))
	switch version {
	case 4:
		r.note("uuid-4")
	case 7:
		r.moment("made", time.UnixMilli(int64(binary.BigEndian.Uint64(append([]byte{0, 0}, b[:6]...)))))
		r.note("uuid-7")
	default:
		if version == 1 {
			const gregorian = 122192928000000000 // from 1582 to 1970, in 100 ns
			ticks := int64(binary.BigEndian.Uint64([]byte{b[6] & 0x0f, b[7], b[4], b[5], b[0], b[1], b[2], b[3]}))
			r.moment("made", time.Unix((ticks-gregorian)/1e7, 0))
		}
		r.note("uuid", "Version", strconv.Itoa(version))
	}
	return true
}
