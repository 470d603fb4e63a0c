package flask_test

import (
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/session/flask"
)

var noon = func() time.Time { return time.Unix(1700000000, 0) }

var testCodec = flask.Codec{Keys: [][]byte{[]byte("new"), []byte("old")}, MaxAge: time.Hour, Now: noon}

// anyText is text with what JSON, ASCII and zlib make something of.
func anyText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringN(0, 20, 60),
		rapid.StringOfN(rapid.SampledFrom([]rune("ab\"\\/\x00\x1f\x7f\u0080没\u2028\ufeff\ufffd😀")), 0, 40, -1),
		rapid.Map(rapid.StringN(1, 5, -1), func(s string) string { return strings.Repeat(s, 50) }),
		rapid.SampledFrom([]string{" t", " b", " m", " u", " d", " di", " di__", "_permanent", ""}),
	)
}

// anyValue is a value that Flask has a type for, nested at most depth deep.
func anyValue(depth int) *rapid.Generator[any] {
	plain := []*rapid.Generator[any]{
		rapid.Just[any](nil),
		rapid.Bool().AsAny(),
		anyText().AsAny(),
		rapid.Int64().AsAny(),
		rapid.Float64().AsAny(),
		rapid.SampledFrom([]any{math.Inf(1), math.Inf(-1), math.Copysign(0, -1), 1e16, 1e15, 1e-4, 1e-5, 1e22, 5e-324}),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 8, 40), func(b []byte) any {
			n := new(big.Int).SetBytes(append([]byte{1}, b...))
			if b[0]%2 == 1 {
				n.Neg(n)
			}
			return n
		}),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) any { return append([]byte{}, b...) }),
		rapid.Map(anyText(), func(s string) any { return flask.Markup(s) }),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 16, 16), func(b []byte) any { return flask.UUID(b) }),
		rapid.Map(rapid.Int64Range(-59011459200, 253402300799), func(n int64) any { return time.Unix(n, 0).UTC() }),
	}
	if depth == 0 {
		return rapid.OneOf(plain...)
	}
	list := rapid.SliceOfN(rapid.Deferred(func() *rapid.Generator[any] { return anyValue(depth - 1) }), 0, 4)
	return rapid.OneOf(append(plain,
		rapid.Map(list, func(l []any) any { return append([]any{}, l...) }),
		rapid.Map(list, func(l []any) any { return append(flask.Tuple{}, l...) }),
		anyDict(depth-1).AsAny(),
	)...)
}

func anyDict(depth int) *rapid.Generator[map[string]any] {
	return rapid.MapOfN(anyText(), rapid.Deferred(func() *rapid.Generator[any] { return anyValue(depth) }), 0, 5)
}

func TestDecodeUndoesEncode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyDict(3).Draw(t, "values")
		cookie, err := testCodec.Encode(want)
		if err != nil {
			t.Fatalf("Encode(%#v) = %v", want, err)
		}
		got, err := testCodec.Decode(cookie)
		if err != nil || !equal(got, want) {
			t.Fatalf("Decode(%q) = %#v, %v; want %#v", cookie, got, err, want)
		}
		if again, err := testCodec.Encode(got); again != cookie || err != nil {
			t.Fatalf("Encode again = %q, %v; want %q", again, err, cookie)
		}
	})
}

func TestAChangedCookieIsRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cookie, err := testCodec.Encode(anyDict(1).Draw(t, "values"))
		if err != nil {
			t.Fatal(err)
		}
		// The two unused bits of the last character may be anything: leave it be.
		at := rapid.IntRange(0, len(cookie)-2).Draw(t, "at")
		to := rapid.Byte().Draw(t, "to")
		changed := cookie[:at] + string([]byte{to}) + cookie[at+1:]
		if got, err := testCodec.Decode(changed); err == nil && changed != cookie && !sameBase64(cookie[at], to) {
			t.Fatalf("Decode(%q) = %#v; want an error: it was %q", changed, got, cookie)
		}
	})
}

// sameBase64 reports whether the alphabets of base64 have both for one thing.
func sameBase64(a, b byte) bool {
	return a == '-' && b == '+' || a == '_' && b == '/'
}
