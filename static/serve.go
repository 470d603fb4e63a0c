package static

import (
	"bytes"
	"net/http"
	"strconv"
	"time"

	"github.com/sessionlab/sessionlab/internal/accept"
)

// ServeHTTP answers GET and HEAD for the paths that [Assets.URL] returns, and
// 404 for every other: a path is looked up whole, never opened as a file. The
// answer may be cached for ever (RFC 8246), is compressed when the client accepts
// gzip, and honours conditional and range requests.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	f, ok := a.byPath[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}

	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Type", f.mediaType)
	h.Set("X-Content-Type-Options", "nosniff")
	body, tag := f.body, f.hash
	if f.gzipped != nil {
		h.Add("Vary", "Accept-Encoding")
		if accept.Gzip(r.Header.Values("Accept-Encoding")) {
			// Other bytes need another strong validator (RFC 9110, 8.8.1).
			body, tag = f.gzipped(), f.hash+"-gz"
			h.Set("Content-Encoding", "gzip")
			// ServeContent leaves the length of encoded content to us.
			h.Set("Content-Length", strconv.Itoa(len(body)))
		}
	}
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}
