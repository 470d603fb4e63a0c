package flask_test

import (
	"encoding/json"
	"math"
	"math/big"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/session/flask"
)

func TestPlainIsWhatJSONHasAFormFor(t *testing.T) {
	for _, test := range []struct {
		value any
		want  string
	}{
		{nil, `null`}, {true, `true`}, {int64(-7), `-7`}, {1.5, `1.5`}, {"没", `"没"`}, {new(big.Int).Lsh(big.NewInt(1), 64), `18446744073709551616`},
		{math.NaN(), `"NaN"`}, {math.Inf(1), `"Infinity"`}, {math.Inf(-1), `"-Infinity"`},
		{"a\xed\xa0\x80é", `"a\\ud800é"`}, {"\xff", `"` + "\ufffd" + `"`}, {flask.Markup("<b>\xed\xbf\xbf"), `"\u003cb\u003e\\udfff"`},
		{[]byte("\x00\xff"), `"AP8="`}, {testUUID, `"12345678-1234-5678-1234-567812345678"`},
		{time.Date(2023, 11, 14, 23, 13, 20, 0, time.FixedZone("", 3600)), `"Tue, 14 Nov 2023 22:13:20 GMT"`},
		{flask.Tuple{math.NaN(), flask.Tuple{}}, `["NaN",[]]`}, {[]any{[]any{testUUID}}, `[["12345678-1234-5678-1234-567812345678"]]`},
		{map[string]any{"\xed\xa0\x80": math.Inf(1), "b": map[string]any{}}, `{"\\ud800":"Infinity","b":{}}`},
	} {
		if got, err := json.Marshal(flask.Plain(test.value)); string(got) != test.want || err != nil {
			t.Errorf("Plain(%#v) is %s, %v; want %s", test.value, got, err, test.want)
		}
	}
}

func TestPlainJSONIsReadByAnyProgram(t *testing.T) {
	for in, want := range map[string]string{
		`{"n":NaN,"l":[Infinity,-Infinity,1e400,-1E400,1e-400,1e5,-0.0]}`:   `{"n":"NaN","l":["Infinity","-Infinity","Infinity","-Infinity",1e-400,1e5,-0.0]}`,
		`{"NaN":"Infinity","a\"NaN":"\\ud800","t":true,"f":false,"z":null}`: `{"NaN":"Infinity","a\"NaN":"\\ud800","t":true,"f":false,"z":null}`,
		`{"\ud800":"\ud83d\ude00\uDBFF\u00e9"}`:                             `{"\\ud800":"\ud83d\ude00\\uDBFF\u00e9"}`,
		`{" t":[ 1 , NaN ]}`:                                                `{" t":[ 1 , "NaN" ]}`,
		`"\`:                                                                `"\`, `"\u12`: `"\u12`, `nope`: `nope`, ``: ``,
	} {
		if got := string(flask.PlainJSON([]byte(in))); got != want {
			t.Errorf("PlainJSON(%s) = %s; want %s", in, got, want)
		}
		if again := string(flask.PlainJSON([]byte(want))); again != want {
			t.Errorf("PlainJSON(%s) = %s; want the same", want, again)
		}
	}
}

func TestWhateverIsReadHasPlainJSON(t *testing.T) {
	s := flask.NewSerializer()
	rapid.Check(t, func(t *rapid.T) {
		values := anyDict(3).Draw(t, "values")
		values["\xed\xa0\x80"] = []any{"\xed\xb0\x80", math.NaN()}
		all := make(map[any]any)
		for k, v := range values {
			all[k] = v
		}
		text, err := s.Marshal(all)
		if err != nil {
			t.Fatal(err)
		}
		var told map[string]any
		if err := json.Unmarshal(flask.PlainJSON(text), &told); err != nil || len(told) != len(values) {
			t.Fatalf("PlainJSON(%s) = %s: %v", text, flask.PlainJSON(text), err)
		}
		again, err := json.Marshal(flask.Plain(values))
		var back map[string]any
		if err == nil {
			err = json.Unmarshal(again, &back)
		}
		if err != nil || !reflect.DeepEqual(back[`\ud800`], []any{`\udc00`, "NaN"}) || len(back) != len(values) {
			t.Fatalf("Plain(%#v) is %s, %v", values, again, err)
		}
	})
}
