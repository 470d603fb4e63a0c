package inspect

import (
	"crypto/hmac"
	"crypto/md5" // #nosec G501 -- it is what others sign with
	"regexp"
	"strings"
)

// ciSession begins the session of CodeIgniter 2: an array whose first key is this.
var ciSession = regexp.MustCompile(`^a:\d+:\{s:10:"session_id";`)

// asCodeIgniter recognises the session that CodeIgniter 2 stores in its cookie: what
// PHP serialised, and behind it an HMAC-SHA1 in hexadecimal or, up to 2.1, the MD5
// of the data and the key. Later versions send an id.
func asCodeIgniter(in *input) *Report {
	text := in.text
	if in.raw != in.text {
		text = strings.ReplaceAll(text, "+", " ") // as PHP writes spaces
	}
	if !ciSession.MatchString(text) {
		return nil
	}
	end := strings.LastIndexByte(text, '}') + 1
	data, tail := text[:end], text[end:]
	mac, ok := lowerHex(tail)
	if !ok || len(mac) != 20 && len(mac) != md5.Size {
		return nil
	}
	r := &Report{Format: CodeIgniter, Sure: Certain, Algorithm: "HMAC-SHA1", Payload: phpOf([]byte(data))}
	want := digests[20].mac(in.key, data)
	if len(mac) == md5.Size {
		sum := md5.Sum([]byte(data + string(in.key))) // #nosec G401 -- CodeIgniter's own
		r.Algorithm, want = "MD5", sum[:]
	}
	r.cut(in.text, span{Payload, len(data), data}, span{Mac, len(tail), ""})
	if in.key != nil {
		r.Signature = checked(hmac.Equal(mac, want))
	}
	return r
}
