package inspect

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/json"
	"errors"
	"time"
)

// What itsdangerous signs ends in a dot and a signature, before it, perhaps, a
// dot and the time in base64url. Flask's session is its timed serializer with a
// salt and a derivation of its own.

// The times that a stamp without a key is believed to tell, and the zero that
// itsdangerous counted from before 1.1.
var (
	earliest    = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	latest      = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
	legacyEpoch = time.Date(2011, 1, 1, 0, 0, 0, 0, time.UTC)
)

const flaskLifetime = 31 * 24 * time.Hour // PERMANENT_SESSION_LIFETIME, unless set

func asItsDangerous(in *input) *Report {
	body, tail, ok := cutLast(in.text, '.')
	mac, good := urlText(tail)
	d, known := digests[len(mac)]
	if !ok || !good || !known || body == "" {
		return nil
	}
	r := &Report{Format: ItsDangerous, Sure: Likely, Algorithm: "HMAC-" + d.name}
	s := itsCut(body)
	spans := []span{{Payload, len(s.data), s.said}, {Separator, 1, ""}}
	if s.timed {
		spans = append(spans, span{Timestamp, len(s.stamp), s.at.Format(time.RFC3339)}, span{Separator, 1, ""})
		r.moment("signed", s.at)
	}
	r.cut(in.text, append(spans, span{Mac, len(tail), ""})...)
	r.Payload, r.Variant = s.payload, s.kind
	if s.tooBig {
		r.note("too-big", "N", MaxUnpacked)
	}
	isFlask := s.timed && d.name == "SHA1" && s.kind == "serializer" && (isObject(s.payload) || s.tooBig)
	if in.key != nil {
		fits := r.itsVerify(in, d, body, mac)
		isFlask = isFlask && (fits || r.Signature == Invalid)
	} else if isFlask {
		r.Maybe = append(r.Maybe, ItsDangerous)
	}
	switch {
	case isFlask:
		r.Format, r.Variant = Flask, ""
		r.moment("default-limit", s.at.Add(flaskLifetime))
	case s.timed:
		r.Variant = "timed-" + r.Variant
	case s.kind == "signer" && in.key == nil:
		r.Maybe = append(r.Maybe, Opaque)
	}
	if s.timed {
		r.note("no-lifetime")
	}
	if s.legacy {
		since1970 := s.at.Add(time.Unix(0, 0).Sub(legacyEpoch))
		r.note("legacy-epoch", "Old", s.at.Format(time.RFC3339), "New", since1970.Format(time.RFC3339))
	}
	if s.kind == "signer" { // any text, and most six letters of base64 are a time
		r.Sure = Guess
	}
	if r.Signature != Valid && !octets(body) {
		return nil
	}
	return r
}

// itsSigned is what a signature of itsdangerous covers.
type itsSigned struct {
	data, stamp   string
	at            time.Time
	timed, legacy bool

	kind    string          // "serializer" or "signer"
	payload json.RawMessage // nil if it is too big
	said    string
	tooBig  bool
}

// itsCut takes apart what is signed. The last part is a time if it tells one that
// can be believed, or if what stands before it is JSON.
func itsCut(body string) itsSigned {
	if data, stamp, ok := cutLast(body, '.'); ok && data != "" {
		s := itsSigned{data: data, stamp: stamp}
		s.at, s.legacy, s.timed = itsStamp(stamp)
		if s.read(); s.timed && (plausible(s.at) || s.kind == "serializer" && s.payload != nil) {
			return s
		}
	}
	s := itsSigned{data: body}
	s.read()
	return s
}

// read decodes the data: JSON of a serializer, or plain text.
func (s *itsSigned) read() {
	text, err := unpack(s.data)
	if s.payload = jsonOf(text); s.payload != nil || errors.Is(err, errTooBig) {
		s.kind, s.said, s.tooBig = "serializer", string(text), err != nil
		return
	}
	s.kind, s.said, s.payload = "signer", s.data, quoted([]byte(s.data))
}

// itsVerify looks for the salt and derivation that give the signature, and
// reports whether they are Flask's.
func (r *Report) itsVerify(in *input, d digest, body string, mac []byte) (isFlask bool) {
	r.Signature = Invalid
	salts := []string{"cookie-session", "itsdangerous", "itsdangerous.Signer"}
	if in.opt.Salt != "" {
		salts = []string{in.opt.Salt}
	}
	for _, salt := range salts {
		for _, k := range []derived{
			{d.mac(in.key, salt), "hmac"},
			{d.sum(salt, "signer", string(in.key)), "django-concat"},
			{d.sum(salt, string(in.key)), "concat"},
			{in.key, "none"},
		} {
			if hmac.Equal(mac, d.mac(k.key, body)) {
				r.Signature, r.Match = Valid, "salt "+salt+" · "+k.how
				return salt == "cookie-session" && k.how == "hmac"
			}
		}
	}
	return false
}

// itsStamp reads seconds since 1970 as big-endian bytes in base64url.
func itsStamp(s string) (at time.Time, legacy, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) > 6 || len(b) > 0 && b[0] == 0 {
		return at, false, false
	}
	var n int64
	for _, c := range b {
		n = n<<8 | int64(c)
	}
	at = time.Unix(n, 0).UTC()
	// No program signed with itsdangerous before 2011, so a time of the last century
	// counts from the old zero.
	if old := legacyEpoch.Add(time.Duration(n) * time.Second); at.Before(earliest) && n > 1e7 {
		return old, true, true
	}
	return at, false, true
}

func plausible(at time.Time) bool { return at.After(earliest) && at.Before(latest) }
