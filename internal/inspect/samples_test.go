package inspect_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/inspect"
)

// A sample is a cookie that a real library made: see testdata/README.md.
type sample struct {
	Name, Cookie, Value, Key, Block, Salt string

	Format   inspect.Format
	SignedAt *int64 `json:"signed_at"`
	Payload  any
	Parts    []inspect.Kind
}

func (s sample) options(key string) inspect.Options {
	return inspect.Options{Name: s.Cookie, Key: key, Key2: s.Block, Salt: s.Salt, Now: time.Unix(1793613660, 0)}
}

func samples(t testing.TB) (all []sample) {
	t.Helper()
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) < 6 {
		t.Fatalf("the samples are %v, %v", files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var recorded struct{ Samples []sample }
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		if err := decoder.Decode(&recorded); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, s := range recorded.Samples {
			s.Name = filepath.Base(file) + " " + s.Name
			all = append(all, s)
		}
	}
	return all
}

func parsed(t testing.TB, text []byte) (v any) {
	t.Helper()
	if text == nil {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

// kinds are the parts of a report without its separators.
func kinds(r inspect.Report) (all []inspect.Kind) {
	for _, p := range r.Parts {
		if p.Kind != inspect.Separator {
			all = append(all, p.Kind)
		}
	}
	return all
}

func mustBeWhole(t testing.TB, r inspect.Report) {
	t.Helper()
	var all strings.Builder
	for _, p := range r.Parts {
		if p.Start != all.Len() || p.End != p.Start+len(p.Text) || p.Text == "" {
			t.Errorf("part %+v of %q begins at %d", p, r.Value, all.Len())
		}
		all.WriteString(p.Text)
	}
	if all.String() != r.Value {
		t.Errorf("the parts of %q make %q", r.Value, all.String())
	}
}

func TestCookiesOfRealLibrariesAreNamedCutAndRead(t *testing.T) {
	for _, s := range samples(t) {
		r := inspect.Inspect(s.Value, s.options(""))
		mustBeWhole(t, r)
		if r.Format != s.Format && !slices.Contains(r.Maybe, s.Format) {
			t.Errorf("%s: format = %s, maybe %v; want %s", s.Name, r.Format, r.Maybe, s.Format)
		}
		if got := kinds(r); !slices.Equal(got, s.Parts) {
			t.Errorf("%s: parts = %v; want %v", s.Name, got, s.Parts)
		}
		if r.Signature != inspect.Unchecked {
			t.Errorf("%s: without a key its signature is %s", s.Name, r.Signature)
		}
		if got := parsed(t, r.Payload); r.Encrypted && got != nil || !r.Encrypted && !reflect.DeepEqual(got, s.Payload) {
			t.Errorf("%s: payload = %v; want %v", s.Name, got, s.Payload)
		}
		at, ok := r.SignedAt()
		if want := s.SignedAt; want == nil && ok || want != nil && (!ok || at.Unix() != *want) {
			t.Errorf("%s: signed at %v, %v", s.Name, at, ok)
		}
	}
}

func TestTheRightKeyVerifiesAndAnotherDoesNot(t *testing.T) {
	for _, s := range samples(t) {
		if s.Key == "" {
			continue
		}
		r := inspect.Inspect(s.Value, s.options(s.Key))
		mustBeWhole(t, r)
		if r.Signature != inspect.Valid || r.Format != s.Format {
			t.Errorf("%s: with its key it is %s, %s; want valid, %s", s.Name, r.Signature, r.Format, s.Format)
		}
		if got := parsed(t, r.Payload); !reflect.DeepEqual(got, s.Payload) {
			t.Errorf("%s: payload = %v; want %v", s.Name, got, s.Payload)
		}
		for _, wrong := range []string{"x" + s.Key, strings.ToUpper(s.Key), strings.Repeat("k", 64)} {
			if strings.Contains(s.Key, "PUBLIC KEY") {
				wrong = otherPublicKey(t, s.Key)
			}
			if r := inspect.Inspect(s.Value, s.options(wrong)); r.Signature != inspect.Invalid {
				t.Errorf("%s: with another key it is %s; want invalid", s.Name, r.Signature)
			}
		}
	}
}

func TestAChangedCookieIsRefused(t *testing.T) {
	for _, s := range samples(t) {
		if s.Key == "" {
			continue
		}
		for _, i := range []int{len(s.Value) / 2, len(s.Value) - 4} {
			for _, c := range "Ab" {
				changed := s.Value[:i] + string(c) + s.Value[i+1:]
				if changed == s.Value {
					continue
				}
				if r := inspect.Inspect(changed, s.options(s.Key)); r.Signature == inspect.Valid {
					t.Errorf("%s: changed at %d it is still valid", s.Name, i)
				}
			}
		}
	}
}
