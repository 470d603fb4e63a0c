//go:build ignore

// This program records cookies of gorilla: go run record_gorilla.go > gorilla.json
package main

import (
	"encoding/base64"
	"encoding/json"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"
)

type sample struct {
	Name     string   `json:"name"`
	Cookie   string   `json:"cookie"`
	Value    string   `json:"value"`
	Format   string   `json:"format"`
	Key      string   `json:"key"`
	Block    string   `json:"block"`
	Salt     string   `json:"salt"`
	SignedAt int64    `json:"signed_at"` // the library has no clock to set
	Payload  any      `json:"payload"`
	Parts    []string `json:"parts"`
}

const key, block = "a-hash-key-of-the-class-32-bytes", "a-block-key-of-32-bytes-for-AES!"

func main() {
	parts := []string{"timestamp", "payload", "signature"}
	values := map[string]any{"uname": "momo", "n": 7, "pi": 1.5, "in": true}
	opened := []sample{
		{Name: "CookieStore", Cookie: "session", Value: session(values, []byte(key)), Payload: values},
		{Name: "CookieStore, encrypted", Cookie: "shop", Value: session(values, []byte(key), []byte(block)), Block: block, Payload: values},
		{Name: "securecookie, JSON", Cookie: "prefs", Payload: map[string]any{"theme": "dark"}, Value: encode("prefs", map[string]any{"theme": "dark"}, securecookie.JSONEncoder{})},
		{Name: "FilesystemStore's id", Cookie: "session", Payload: "3F1D0A", Value: encode("session", "3F1D0A", securecookie.GobEncoder{})},
	}
	for i := range opened {
		opened[i].Format, opened[i].Key, opened[i].Parts = "gorilla", key, parts
		opened[i].SignedAt = stamp(opened[i].Value)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", " ")
	out.SetEscapeHTML(false)
	if err := out.Encode(map[string]any{"library": versions(), "samples": opened}); err != nil {
		log.Fatal(err)
	}
}

// session is what a CookieStore sends for these values. Gob writes a map in no
// order.
func session(values map[string]any, keys ...[]byte) string {
	name := "session"
	if len(keys) > 1 {
		name = "shop"
	}
	store := sessions.NewCookieStore(keys...)
	r, w := httptest.NewRequest(http.MethodGet, "/", nil), httptest.NewRecorder()
	s, err := store.Get(r, name)
	if err != nil {
		log.Fatal(err)
	}
	for k, v := range values {
		s.Values[k] = v
	}
	if err := s.Save(r, w); err != nil {
		log.Fatal(err)
	}
	value, _, _ := strings.Cut(strings.TrimPrefix(w.Header().Get("Set-Cookie"), name+"="), ";")
	return value
}

func encode(name string, v any, s securecookie.Serializer) string {
	value, err := securecookie.New([]byte(key), nil).SetSerializer(s).Encode(name, v)
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func stamp(value string) int64 {
	b, err := base64.URLEncoding.DecodeString(value)
	if err != nil {
		log.Fatal(err)
	}
	first, _, _ := strings.Cut(string(b), "|")
	at, err := strconv.ParseInt(first, 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	return at
}

func versions() string {
	var all []string
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if strings.HasPrefix(m.Path, "github.com/gorilla/") {
			all = append(all, strings.TrimPrefix(m.Path, "github.com/")+" "+m.Version)
		}
	}
	return strings.Join(all, ", ")
}
