package flask_test

import (
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/flask"
)

func TestValuesOfOtherTypesAreWrittenAsThoseOfFlask(t *testing.T) {
	type name string
	seven := 7
	for _, test := range []struct {
		value any
		want  string
	}{
		{int8(-7), `-7`}, {uint64(math.MaxUint64), `18446744073709551615`}, {float32(0.5), `0.5`}, {name("x"), `"x"`},
		{&seven, `7`}, {(*int)(nil), `null`}, {(*big.Int)(nil), `null`},
		{[]string{"a"}, `["a"]`}, {[2]int{1, 2}, `[1,2]`}, {[16]byte{15: 1}, `{" u":"00000000000000000000000000000001"}`},
		{map[int]string{10: "b", 9: "a"}, `{"9":"a","10":"b"}`}, {map[name]int{"k": 1}, `{"k":1}`},
		{map[any]any{" t": []any{1}}, `{" di":{" t__":[1]}}`},
		{struct {
			A int `json:"a"`
			B float64
		}{1, 2}, `{"B":2,"a":1}`},
		{time.Date(2023, 11, 14, 23, 13, 20, 999, time.FixedZone("", 3600)), `{" d":"Tue, 14 Nov 2023 22:13:20 GMT"}`},
		{math.NaN(), `NaN`},
	} {
		json, err := flask.NewSerializer().Marshal(map[any]any{"v": test.value})
		if want := `{"v":` + test.want + `}`; err != nil || string(json) != want {
			t.Errorf("Marshal(%#v) = %s, %v; want %s", test.value, json, err, want)
		}
	}
}

func TestWhatCannotBeWrittenIsAnError(t *testing.T) {
	type loop []any
	endless := make(loop, 1)
	endless[0] = endless
	for name, value := range map[string]any{
		"invalid UTF-8": "\xff", "key": map[string]any{"\xff": 1}, "markup": flask.Markup("\xff"),
		"channel": make(chan int), "mixed keys": map[any]any{"a": 1, 2: 2}, "float key": map[float64]int{1: 1},
		"endless": endless, "endless dict": func() any { m := map[string]any{}; m["m"] = m; return m }(),
		"half of no pair": "\xed\xa0", "a year": time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), "digits": new(big.Int).Exp(big.NewInt(10), big.NewInt(4300), nil), "many digits": new(big.Int).Lsh(big.NewInt(1), 1<<20),
	} {
		if got, err := testCodec.Encode(map[string]any{"v": value}); err == nil {
			t.Errorf("%s: Encode = %q; want an error", name, got)
		}
	}
	if got, err := (flask.Codec{Keys: [][]byte{nil}, Now: noon}).Encode(nil); err == nil {
		t.Errorf("Encode without a key = %q; want an error", got)
	}
	early := flask.Codec{Keys: testCodec.Keys, Now: func() time.Time { return time.Unix(-1, 0) }}
	if got, err := early.Encode(nil); err == nil {
		t.Errorf("Encode before 1970 = %q; want an error", got)
	}
}

// What Python's json and Flask's tags make of JSON, tried with Flask 3.1.1.
func TestJSONIsReadAsByPython(t *testing.T) {
	a := []byte("a")
	at := time.Date(2023, 11, 14, 22, 13, 20, 0, time.UTC)
	for _, test := range []struct {
		json string
		want any // an error: it is refused
	}{
		{`-0`, int64(0)}, {`1E400`, math.Inf(1)}, {`-1e400`, math.Inf(-1)}, {`NaN`, math.NaN()}, {`-Infinity`, math.Inf(-1)}, {`1e5`, 100000.0},
		{`0123`, errBad}, {`1.`, errBad}, {`1e`, errBad}, {`1e+`, errBad}, {`+1`, errBad}, {`-NaN`, errBad}, {`0x1`, errBad}, {`tru`, errBad}, {`-`, errBad}, {``, errBad},
		{"\t1 \r\n", int64(1)}, {"\u00a01", errBad}, {"\ufeff1", errBad}, {`[1,]`, errBad}, {`{"a":1,}`, errBad}, {`{"a" : [ 1 , 2 ] }`, map[string]any{"a": []any{int64(1), int64(2)}}},
		{`{"a":1,"a":2}`, map[string]any{"a": int64(2)}}, {`{1:2}`, errBad}, {`{"a"}`, errBad}, {`["a"`, errBad}, {`{"a":1`, errBad}, {`{"a":tru}`, errBad},
		{`"\u00e9\ud83d\ude00\/\b\f"`, "é😀/\b\f"}, {`"\ud800\u0041"`, "\xed\xa0\x80A"}, {`"\ud800\ud83d\ude00"`, "\xed\xa0\x80😀"}, {`"\ude00\udfff"`, "\xed\xb8\x80\xed\xbf\xbf"}, {`"\ud800\u00"`, errBad}, {`"\x41"`, errBad}, {`"\u00"`, errBad}, {`"\u+123"`, errBad},
		{"\"\t\"", errBad}, {"\"\\n\t\"", errBad}, {"\"\x7f\"", "\x7f"}, {`"a`, errBad}, {`"\`, errBad}, {`"\n`, errBad}, {"\"\xff\"", errBad}, {"\"\xed\xa0\x80\"", errBad},
		{strings.Repeat("1", 4300), bigOnes(4300)}, {strings.Repeat("1", 4301), errBad}, {"-" + strings.Repeat("1", 4300), new(big.Int).Neg(bigOnes(4300))}, {`9223372036854775808`, new(big.Int).Lsh(big.NewInt(1), 63)},
		{`{" b":"YQ=="}`, a}, {`{" b":"Y Q = ="}`, a}, {`{" b":"YQ"}`, errBad}, {`{" b":"Y"}`, errBad}, {`{" b":1}`, errBad},
		{`{" m":"<b>"}`, flask.Markup("<b>")}, {`{" m":[]}`, errBad}, {`{" t":{"a":1,"b":2}}`, errBad}, {`{" d":"Fri, 31 Dec 9999 23:59:59 -2359"}`, errBad}, {`{" t":1}`, errBad}, {`{" t":[]}`, flask.Tuple{}},
		{`{" u":"{12345678-1234-5678-1234-567812345678}"}`, testUUID}, {`{" u":"urn:uuid:12345678123456781234567812345678"}`, testUUID}, {`{" u":"x"}`, errBad}, {`{" u":"` + strings.Repeat("x", 32) + `"}`, errBad},
		{`{" d":"Tue, 14 Nov 2023 22:13:20 GMT"}`, at}, {`{" d":"Wed, 15 Nov 2023 00:13:20 +0200"}`, at}, {`{" d":"Tuesday, 14-Nov-23 22:13:20 GMT"}`, at}, {`{" d":"Tue Nov 14 22:13:20 2023"}`, at}, {`{" d":"Sun, 02 Jan 0068 00:00:00 GMT"}`, time.Date(2068, 1, 2, 0, 0, 0, 0, time.UTC)}, {`{" d":"Sun, 02 Jan 0069 00:00:00 GMT"}`, time.Date(1969, 1, 2, 0, 0, 0, 0, time.UTC)}, {`{" d":"2023-11-14"}`, nil}, {`{" d":1}`, errBad},
		{`{" di":{"a__":1}}`, map[string]any{"a": int64(1)}}, {`{" di":{" t__":[1]}}`, map[string]any{" t": []any{int64(1)}}}, {`{" di":{}}`, errBad}, {`{" di":1}`, errBad},
		{`{" t":[{" b":"YQ=="}]}`, flask.Tuple{a}}, {`{" t":[],"x":1}`, map[string]any{" t": []any{}, "x": int64(1)}}, {`{" x":1}`, map[string]any{" x": int64(1)}}, {`[{" u":1}]`, errBad}, {`{"a":{" u":1}}`, errBad},
		{strings.Repeat("[", 400) + strings.Repeat("]", 400), nested(400)}, {strings.Repeat("[", 100000) + strings.Repeat("]", 100000), errBad}, {strings.Repeat(`{"a":`, 100000), errBad},
	} {
		values := make(map[any]any)
		err := flask.NewSerializer().Unmarshal([]byte(`{"v":`+test.json+`}`), values)
		if test.want == errBad {
			var refused *session.CookieError
			if !errors.As(err, &refused) || refused.Reason != session.ReasonPayload {
				t.Errorf("%.60q: %v, %v; want an error", test.json, values, err)
			}
			continue
		}
		if err != nil || !equal(values["v"], test.want) {
			t.Errorf("%.60q: %#v, %v; want %#v", test.json, values["v"], err, test.want)
		}
	}
}

var (
	errBad   = errors.New("it is refused")
	testUUID = flask.UUID{0x12, 0x34, 0x56, 0x78, 0x12, 0x34, 0x56, 0x78, 0x12, 0x34, 0x56, 0x78, 0x12, 0x34, 0x56, 0x78}
)

func bigOnes(digits int) *big.Int {
	n, _ := new(big.Int).SetString(strings.Repeat("1", digits), 10)
	return n
}

func nested(depth int) any {
	v := []any{}
	for range depth - 1 {
		v = []any{v}
	}
	return v
}

func TestUUIDHasItsUsualForm(t *testing.T) {
	if got, want := testUUID.String(), "12345678-1234-5678-1234-567812345678"; got != want {
		t.Errorf("String() = %q; want %q", got, want)
	}
}

func TestCutTakesTheLastTwoDots(t *testing.T) {
	for value, want := range map[string][3]string{
		".p.t.s": {".p", "t", "s"}, "p.t.s": {"p", "t", "s"}, "p.s": {"p", "", "s"}, "p": {"p"}, "": {}, "..": {},
	} {
		payload, stamp, signature := flask.Cut(value)
		if got := [3]string{payload, stamp, signature}; got != want {
			t.Errorf("Cut(%q) = %q; want %q", value, got, want)
		}
	}
}
