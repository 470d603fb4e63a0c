package inspect

import (
	"crypto/hmac"
	"encoding/base64"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const tornadoLifetime = 31 * 24 * time.Hour // max_age_days of get_signed_cookie, unless set

// tornadoFirst is what create_signed_value wrote before version 2 of its format.
var tornadoFirst = regexp.MustCompile(`^([A-Za-z0-9+/]*={0,2})\|(\d{9,10})\|([0-9a-f]{40})$`)

// asTornado recognises Tornado's signed values. Version 2 has fields with their
// length in front, divided by bars, and signs all that stands before the signature:
//
//	2|1:0|10:1300000000|3:key|8:dmFsdWU=|3d4e60b9…
func asTornado(in *input) *Report {
	rest, ok := strings.CutPrefix(in.text, "2|")
	if !ok {
		return asTornadoFirst(in)
	}
	var fields [4]string // the key's version, time, name, value
	spans := []span{{Header, 1, ""}}
	for i := range fields {
		size, after, _ := strings.Cut(rest, ":")
		n, err := strconv.Atoi(size)
		if err != nil || n < 0 || n >= len(after) || after[n] != '|' {
			return nil
		}
		fields[i], rest = after[:n], after[n+1:]
		kind := [...]Kind{KeyID, Timestamp, Name, Payload}[i]
		spans = append(spans, span{Separator, len(size) + 2, ""}, span{kind, n, ""})
	}
	seconds, err := strconv.ParseInt(fields[1], 10, 64)
	mac, ok := lowerHex(rest)
	if err != nil || !ok || len(mac) != 32 {
		return nil
	}
	r := tornado("HMAC-SHA256", fields[3], time.Unix(seconds, 0))
	if r == nil {
		return nil
	}
	r.Sure, r.Variant = Certain, "tornado-2"
	spans[4].decoded, spans[8].decoded = time.Unix(seconds, 0).UTC().Format(time.RFC3339), string(r.Payload)
	r.cut(in.text, append(spans, span{Separator, 1, ""}, span{Mac, len(rest), ""})...)
	if in.key != nil {
		r.Signature = checked(hmac.Equal(mac, digests[32].mac(in.key, in.text[:len(in.text)-len(rest)])))
	}
	if name := fields[2]; in.opt.Name != "" && in.opt.Name != name {
		r.note("other-name", "Name", name)
	}
	return r
}

func asTornadoFirst(in *input) *Report {
	m := tornadoFirst.FindStringSubmatch(in.text)
	if m == nil {
		return nil
	}
	seconds, _ := strconv.ParseInt(m[2], 10, 64) // digits
	mac, _ := lowerHex(m[3])
	r := tornado("HMAC-SHA1", m[1], time.Unix(seconds, 0))
	if r == nil {
		return nil
	}
	r.Sure, r.Variant = Likely, "tornado-1"
	bar := span{Separator, 1, ""}
	r.cut(in.text, span{Payload, len(m[1]), string(r.Payload)}, bar, span{Timestamp, len(m[2]), r.Moments[0].At.Format(time.RFC3339)}, bar, span{Mac, 40, ""})
	if in.key != nil {
		name := orElse(in.opt.Name, "session")
		if r.Signature = checked(hmac.Equal(mac, digests[20].mac(in.key, name, m[1], m[2]))); r.Signature == Invalid {
			r.note("name-signed", "Name", name)
		}
	}
	return r
}

// tornado is a report of a value in base64 that was signed at that time.
func tornado(algorithm, value string, at time.Time) *Report {
	data, err := base64.StdEncoding.DecodeString(value)
	if err != nil || !plausible(at) {
		return nil
	}
	r := &Report{Format: Tornado, Algorithm: algorithm, Payload: textOf(data)}
	r.moment("signed", at)
	r.moment("default-limit", at.Add(tornadoLifetime))
	r.note("no-lifetime")
	return r
}
