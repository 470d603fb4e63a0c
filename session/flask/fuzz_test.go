package flask_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/flask"
)

func FuzzDecode(f *testing.F) {
	g := readGolden(f)
	for _, row := range g.Decode {
		f.Add(row.Cookie)
	}
	for _, row := range g.Codec {
		f.Add(row.Cookie)
	}
	keys := flask.Codec{Keys: [][]byte{[]byte("lab-secret-key-for-vectors")}, MaxAge: time.Hour, Now: noon}
	f.Fuzz(func(t *testing.T, value string) {
		if _, err := keys.Decode(value); err != nil {
			var refused *session.CookieError
			if !errors.As(err, &refused) || refused.Reason == "" {
				t.Errorf("Decode(%q) = %v; want a *CookieError", value, err)
			}
		}
		flask.NewSerializer().Peek(value)
	})
}

// FuzzJSON gives Decode payloads that are signed: what it reads it must write, and
// read again.
func FuzzJSON(f *testing.F) {
	for _, row := range readGolden(f).Codec {
		f.Add(row.JSON)
	}
	s := flask.NewSerializer([]byte("key"))
	f.Fuzz(func(t *testing.T, json string) {
		values := make(map[any]any)
		if err := s.Unmarshal([]byte(json), values); err != nil {
			return
		}
		written, err := s.Marshal(values)
		if err != nil {
			return // deeper by its tags than it came
		}
		again := make(map[any]any)
		if err := s.Unmarshal(written, again); err != nil || !equal(plain(values), plain(again)) {
			t.Errorf("%q reads as %#v, written %q, and then as %#v, %v", json, values, written, again, err)
		}
	})
}

func FuzzCompress(f *testing.F) {
	for _, row := range readGolden(f).Codec {
		f.Add([]byte(row.JSON))
	}
	s := flask.NewSerializer([]byte("key"))
	f.Fuzz(func(t *testing.T, data []byte) {
		value, err := s.Seal("", data, noon())
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.Open("", value, noon(), 0); err != nil || string(got.JSON) != string(data) {
			t.Errorf("Open = %q, %v; want %q", got.JSON, err, data)
		}
	})
}

func BenchmarkCodec(b *testing.B) {
	for name, values := range map[string]map[string]any{
		"note": {"uname": "momo", "pwd": "123", "_permanent": true},
		"cart": {"uname": "momo", "cart": []any{strings.Repeat("The Go Programming Language ", 20), 1, 2.5, flask.Tuple{"a", "b"}}},
	} {
		cookie, err := testCodec.Encode(values)
		if err != nil {
			b.Fatal(err)
		}
		b.Run("Encode/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := testCodec.Encode(values); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("Decode/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := testCodec.Decode(cookie); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
