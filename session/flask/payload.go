package flask

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/sessionlab/sessionlab/session/flask/internal/deflate"
)

// MaxJSON is how many bytes of JSON a session may have: what is longer is neither
// written nor read. It is sixteen times what a browser takes for a cookie. Flask
// has no limit: there, a cookie of 16 kB can become 16 MB.
const MaxJSON = 64 << 10

var errTooMuch = fmt.Errorf("it unpacks to more than %d bytes", MaxJSON)

// appendPayload writes json in base64, or its zlib form after a dot if that is at
// least two bytes shorter.
func appendPayload(b, json []byte) []byte {
	if z := deflate.Append(make([]byte, 0, len(json)+16), json); len(z) > 0 && len(z) < len(json)-1 {
		b, json = append(b, '.'), z
	}
	return base64.RawURLEncoding.AppendEncode(b, json)
}

// unpack undoes appendPayload.
func unpack(payload string) ([]byte, error) {
	payload, compressed := strings.CutPrefix(payload, ".")
	b, err := decodeBase64(payload, '-', '_')
	if err != nil {
		return nil, err
	}
	if compressed {
		b, err = inflate(b)
	}
	if err == nil && len(b) > MaxJSON {
		err = errTooMuch
	}
	if err != nil {
		return nil, err
	}
	return b, nil
}

// inflaters are zlib readers, which take some 40 kB each.
var inflaters sync.Pool

func inflate(z []byte) ([]byte, error) {
	r, err := inflater(z)
	if err != nil {
		return nil, err
	}
	defer inflaters.Put(r)
	// JSON becomes a few times shorter; what becomes shorter still is suspect.
	buf := bytes.NewBuffer(make([]byte, 0, min(MaxJSON, 8*len(z))+2*bytes.MinRead))
	_, err = buf.ReadFrom(io.LimitReader(r, MaxJSON+1))
	return buf.Bytes(), err
}

func inflater(z []byte) (io.Reader, error) {
	if r, ok := inflaters.Get().(io.Reader); ok {
		return r, r.(zlib.Resetter).Reset(bytes.NewReader(z), nil)
	}
	return zlib.NewReader(bytes.NewReader(z))
}
