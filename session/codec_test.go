package session

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestValuesComeBackAsStored(t *testing.T) {
	deep := any("bottom")
	for range 100 {
		deep = []any{map[string]any{"k": deep}}
	}
	for _, value := range []any{
		nil, true, false, "", "momo", "没有session", "😀", "\x00\x1f\x7f", `"\/`, "<script>&\u2028\u2029", `\ufffd`, "\ufffd",
		int64(0), int64(-1), int64(math.MaxInt64), int64(math.MinInt64), 0.5, 1e300, math.SmallestNonzeroFloat64, -1.5e-9,
		[]any{}, map[string]any{}, []any{int64(1), "two", nil, []any{3.5}}, deep,
	} {
		got := roundTrip(t, map[any]any{"v": value})["v"]
		if !reflect.DeepEqual(got, value) {
			t.Errorf("%.50q (%T) came back as %.50q (%T)", value, value, got, got)
		}
	}
}

func TestOtherValuesComeBackAsWhatJSONSaysOfThem(t *testing.T) {
	day := time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct{ value, want any }{
		{7, int64(7)}, {int8(-7), int64(-7)}, {uint16(7), int64(7)}, {2.0, int64(2)}, {math.Copysign(0, -1), int64(0)},
		{uint64(math.MaxUint64), 18446744073709551615.0}, {float32(0.5), 0.5},
		{[]string{"a"}, []any{"a"}}, {map[string]int{"a": 1}, map[string]any{"a": int64(1)}},
		{struct{ Name string }{"momo"}, map[string]any{"Name": "momo"}},
		{[]byte("momo"), "bW9tbw=="}, {day, "2024-02-29T12:00:00Z"}, {json.Number("1e999"), "1e999"},
	} {
		got := roundTrip(t, map[any]any{"v": test.value})["v"]
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%v (%T) came back as %v (%T); want %v", test.value, test.value, got, got, test.want)
		}
	}
}

func TestEncodingIsSortedJSON(t *testing.T) {
	values := map[any]any{"b": "<&>", "a": 1, "B": nil, "a ": "é", "": true}
	for i := range 20 {
		values["k"+string(rune('a'+i))] = i
	}
	data, err := encodeValues(values)
	want := `{"":true,"B":null,"a":1,"a ":"é","b":"<&>","ka":0,`
	if err != nil || !strings.HasPrefix(string(data), want) || !json.Valid(data) {
		t.Errorf("encodeValues = %s, %v; want %s…", data, err, want)
	}
	if data, err := encodeValues(nil); data != nil || err != nil {
		t.Errorf("encodeValues(nil) = %q, %v; want nothing", data, err)
	}
}

func TestWhatWouldComeBackOtherwiseIsRefused(t *testing.T) {
	for name, values := range map[string]map[any]any{
		"key of another type": {1: "one"},
		"key":                 {"\xff": 1},
		"string":              {"v": "a\xffb"},
		"string with escapes": {"v": "\n\xff"},
		"string in a list":    {"v": []any{"\xff"}},
		"string after quotes": {"v": []string{`\`, `\\ufffd"`, "\xff"}},
		"string in a struct":  {"v": struct{ S string }{"\xff"}},
		"key in a map":        {"v": map[string]any{"\xff": 1}},
		"not a number":        {"v": math.NaN()},
		"infinity":            {"v": []any{math.Inf(1)}},
	} {
		if data, err := encodeValues(values); err == nil {
			t.Errorf("%s: encodeValues = %q; want an error", name, data)
		}
	}
}

func TestAnyValuesComeBackAsStored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.MapOf(rapid.String(), anyValue(3)).Draw(t, "values")
		stored := make(map[any]any)
		for k, v := range values {
			stored[k] = v
		}
		if got := roundTrip(t, stored); !reflect.DeepEqual(got, stored) {
			t.Fatalf("%#v came back as %#v", stored, got)
		}
	})
}

// anyValue generates what JSON can say, nested to a depth.
func anyValue(depth int) *rapid.Generator[any] {
	kinds := []*rapid.Generator[any]{
		rapid.Just[any](nil), rapid.Bool().AsAny(), rapid.String().AsAny(), rapid.Int64().AsAny(),
		rapid.Float64().Filter(func(f float64) bool { return f != math.Trunc(f) && !math.IsNaN(f) }).AsAny(),
	}
	if depth > 0 {
		deeper := anyValue(depth - 1)
		kinds = append(kinds, rapid.SliceOf(deeper).AsAny(), rapid.MapOf(rapid.String(), deeper).AsAny())
	}
	return rapid.OneOf(kinds...)
}

func roundTrip(t interface {
	Helper()
	Fatal(...any)
}, values map[any]any) map[any]any {
	t.Helper()
	data, err := encodeValues(values)
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[any]any)
	if _, err := decodeValues(data, got); err != nil {
		t.Fatal(err)
	}
	return got
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"uname":"momo","n":-12,"_permanent":true,"x":null}`, `{"a":"b}`, `{"a":1,}`, `{"a":01}`, `{"a":-0}`, `{"a":-}`,
		`{"a":1}}`, `{"a":truex}`, `{"a":1,"a":2}`, `{"a":[1,{"b":1.5}]}`, `{"a":9223372036854775808}`, `{"":""}`, `{"a":"\n"}`, `{"a" :1}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		flat := make(map[any]any)
		if ok, _ := decodeFlat(string(data), flat); ok {
			slow := make(map[any]any)
			if err := decodeJSON(data, slow); err != nil || !reflect.DeepEqual(flat, slow) {
				t.Fatalf("decodeFlat(%q) = %v; encoding/json says %v, %v", data, flat, slow, err)
			}
		}
		values := make(map[any]any)
		if _, err := decodeValues(data, values); err != nil {
			return
		}
		// What was read can be stored, and then stays the same: 1.0 is 1 by then.
		stored := roundTrip(t, values)
		if got := roundTrip(t, stored); !reflect.DeepEqual(got, stored) {
			t.Fatalf("%#v came back as %#v", stored, got)
		}
	})
}
