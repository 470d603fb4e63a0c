package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"sync"
)

// mediaTypes lists the kinds of file served. The list is our own, because
// [mime.TypeByExtension] answers differently from one machine to the next.
var mediaTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml; charset=utf-8",
	".txt":   "text/plain; charset=utf-8",
	".woff2": "font/woff2",
}

// An asset is one file as it is served.
type asset struct {
	path      string // with the hash
	hash      string
	mediaType string
	body      []byte
	gzipped   func() []byte // nil for what is compressed already
}

func newAsset(name string, body []byte) (*asset, error) {
	ext := path.Ext(name)
	mediaType, ok := mediaTypes[ext]
	if !ok {
		return nil, fmt.Errorf("%s: no media type for %q", name, ext)
	}
	sum := sha256.Sum256(body)
	a := &asset{hash: hex.EncodeToString(sum[:4]), mediaType: mediaType, body: body}
	a.path = Prefix + strings.TrimSuffix(name, ext) + "." + a.hash + ext
	if ext != ".woff2" {
		// On first use: compressing everything at start would cost a
		// noticeable part of the time to the first page.
		a.gzipped = sync.OnceValue(func() []byte { return compress(body) })
	}
	return a, nil
}

// compress panics on an error, because writing to memory has none.
func compress(body []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic(err)
	}
	if _, err := w.Write(body); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
