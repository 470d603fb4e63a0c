package inspect

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"time"
)

// claims takes the times out of the payload of a token: seconds since 1970 (RFC
// 7519, section 4.1). What makers write instead is noted: libraries refuse it, or
// never come to the end that it names.
func (r *Report) claims() {
	if r.Payload == nil {
		return
	}
	for _, c := range []struct{ name, kind string }{{"iat", "issued"}, {"nbf", "not-before"}, {"exp", "expires"}} {
		raw := member(r.Payload, c.name)
		if raw == nil {
			if c.name == "exp" && isObject(r.Payload) {
				r.note("no-exp")
			}
			continue
		}
		r.dated = true
		seconds, err := strconv.ParseFloat(string(raw), 64)
		switch at := time.Unix(int64(math.Floor(seconds)), 0); {
		case err != nil:
			r.note("claim-not-number", "Claim", c.name, "Value", brief(string(raw)))
		case math.Abs(seconds) < 1e11:
			r.moment(c.kind, at)
		case plausible(time.UnixMilli(int64(seconds))):
			r.note("claim-millis", "Claim", c.name, "Value", string(raw), "At", time.UnixMilli(int64(seconds)).UTC().Format(time.RFC3339))
		default:
			r.note("claim-far", "Claim", c.name, "Value", brief(string(raw)))
		}
	}
}

// member returns a member of a JSON object by its exact name, nil if there is
// none; of several with one name the last counts, as for most readers.
func member(object json.RawMessage, name string) (value json.RawMessage) {
	d := json.NewDecoder(bytes.NewReader(object))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return nil
	}
	var raw json.RawMessage
	for d.More() {
		key, err := d.Token()
		if err != nil || d.Decode(&raw) != nil {
			return nil
		}
		if key == name {
			value = bytes.Clone(raw)
		}
	}
	return value
}
