package static

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func serve(a *Assets, method, target string, header ...string) *http.Response {
	r := httptest.NewRequest(method, "/", nil)
	r.URL.Path = target // as hostile as it comes
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	a.ServeHTTP(w, r)
	return w.Result()
}

func TestEveryFileIsServedWithItsHeaders(t *testing.T) {
	a := newAssets(t)
	for name, f := range a.byName {
		res := serve(a, http.MethodGet, a.URL(name))
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != http.StatusOK || string(body) != string(f.body) {
			t.Errorf("GET %s = %d with %d bytes; want 200 with %d", name, res.StatusCode, len(body), len(f.body))
		}
		for key, want := range map[string]string{
			"Cache-Control":          "public, max-age=31536000, immutable",
			"Content-Encoding":       "",
			"Content-Type":           f.mediaType,
			"Etag":                   `"` + f.hash + `"`,
			"X-Content-Type-Options": "nosniff",
		} {
			if got := res.Header.Get(key); got != want {
				t.Errorf("GET %s: %s = %q; want %q", name, key, got, want)
			}
		}
	}
}

func TestMediaTypesNameTheirCharset(t *testing.T) {
	a := newAssets(t)
	for name, want := range map[string]string{
		"dist/app.css":            "text/css; charset=utf-8",
		"vendor/htmx.min.js":      "text/javascript; charset=utf-8",
		"icon.svg":                "image/svg+xml; charset=utf-8",
		"fonts/inter.woff2":       "font/woff2",
		"vendor/htmx-LICENSE.txt": "text/plain; charset=utf-8",
	} {
		if got := serve(a, http.MethodGet, a.URL(name)).Header.Get("Content-Type"); got != want {
			t.Errorf("Content-Type of %s = %q; want %q", name, got, want)
		}
	}
}

func TestTextIsCompressedForThoseWhoAcceptIt(t *testing.T) {
	a := newAssets(t)
	target, f := a.URL("vendor/htmx.min.js"), a.byName["vendor/htmx.min.js"]
	res := serve(a, http.MethodGet, target, "Accept-Encoding", "br, gzip")
	if got := res.Header.Get("Content-Encoding"); got != "gzip" {
		t.Fatalf("Content-Encoding = %q; want gzip", got)
	}
	if res.ContentLength <= 0 || res.ContentLength > int64(len(f.body)/2) {
		t.Errorf("Content-Length = %d; want at most half of %d", res.ContentLength, len(f.body))
	}
	r, err := gzip.NewReader(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(r); err != nil || string(body) != string(f.body) {
		t.Errorf("the compressed body holds %d bytes, %v; want the %d of the file", len(body), err, len(f.body))
	}
	plain := serve(a, http.MethodGet, target)
	if plain.Header.Get("Etag") == res.Header.Get("Etag") {
		t.Errorf("ETag %s serves both the compressed and the plain bytes", res.Header.Get("Etag"))
	}
	for _, res := range []*http.Response{res, plain} {
		if got := res.Header.Get("Vary"); got != "Accept-Encoding" {
			t.Errorf("Vary = %q; want Accept-Encoding", got)
		}
	}
}

func TestFontsAreNotCompressedAgain(t *testing.T) {
	a := newAssets(t)
	res := serve(a, http.MethodGet, a.URL("fonts/inter.woff2"), "Accept-Encoding", "gzip")
	if got := res.Header.Get("Content-Encoding") + res.Header.Get("Vary"); got != "" {
		t.Errorf("Content-Encoding and Vary of a font = %q; want none", got)
	}
}

func TestKnownTagAnswersNotModified(t *testing.T) {
	a := newAssets(t)
	target := a.URL("vendor/htmx.min.js")
	tag := serve(a, http.MethodGet, target, "Accept-Encoding", "gzip").Header.Get("Etag")
	res := serve(a, http.MethodGet, target, "Accept-Encoding", "gzip", "If-None-Match", tag)
	if res.StatusCode != http.StatusNotModified || res.Header.Get("Content-Encoding") != "" {
		t.Errorf("GET with the tag = %d %v; want 304 without Content-Encoding", res.StatusCode, res.Header)
	}
	if res := serve(a, http.MethodGet, target, "If-None-Match", `"other"`); res.StatusCode != http.StatusOK {
		t.Errorf("GET with another tag = %d; want 200", res.StatusCode)
	}
}

func TestHeadHasTheHeadersAndNoBody(t *testing.T) {
	a := newAssets(t)
	target := a.URL("vendor/htmx.min.js")
	for _, accept := range []string{"", "gzip"} {
		get := serve(a, http.MethodGet, target, "Accept-Encoding", accept)
		head := serve(a, http.MethodHead, target, "Accept-Encoding", accept)
		body, err := io.ReadAll(head.Body)
		if err != nil || len(body) != 0 || head.StatusCode != http.StatusOK {
			t.Errorf("HEAD = %d with %d bytes, %v; want 200 with none", head.StatusCode, len(body), err)
		}
		if head.ContentLength != get.ContentLength || head.ContentLength <= 0 {
			t.Errorf("HEAD, Accept-Encoding %q: Content-Length = %d; want %d", accept, head.ContentLength, get.ContentLength)
		}
	}
}

func TestOtherPathsAreNotFound(t *testing.T) {
	a := newAssets(t)
	app := a.URL("dist/app.css")
	for _, target := range []string{
		"/static", "/static/", "/static/dist", "/static/dist/", "/static/css/app.css",
		"/static/dist/app.css", "/static/dist/app.00000000.css", "/static/unknown/dist/app.css",
		app + "/", strings.ToUpper(app), "/" + app, strings.Replace(app, "dist/", "dist//", 1),
		strings.Replace(app, "dist/", "dist/../dist/", 1), strings.Replace(app, "/dist/", `\dist\`, 1),
		"/static/../static/fs.go", "/static/fs.go", "/static/vendor/README", app + "\x00", "", "*",
	} {
		res := serve(a, http.MethodGet, target)
		if res.StatusCode != http.StatusNotFound {
			t.Errorf("GET %q = %d; want 404", target, res.StatusCode)
		}
		if got := res.Header.Get("Cache-Control"); got != "" {
			t.Errorf("GET %q: Cache-Control = %q; want none on a 404", target, got)
		}
	}
}

func TestOtherMethodsAreRefused(t *testing.T) {
	a := newAssets(t)
	res := serve(a, http.MethodPost, a.URL("dist/app.css"))
	if res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST = %d, Allow %q; want 405, Allow GET, HEAD", res.StatusCode, res.Header.Get("Allow"))
	}
}
