package flask_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/flask"
)

// pairsOf are payloads that are no dict, and what Flask's session makes of them; nil:
// it refuses them.
var pairsOf = []struct {
	json string
	want map[string]any
}{
	{`[["uname","momo"]]`, map[string]any{"uname": "momo"}},
	{`[["a",1],["b",[2]],["a",3]]`, map[string]any{"a": int64(3), "b": []any{int64(2)}}},
	{` [ [ "_permanent" , true ] ] `, map[string]any{"_permanent": true}},
	{`{" t":[["a",1],{" t":["b",{" b":"YQ=="}]}]}`, map[string]any{"a": int64(1), "b": []byte("a")}},
	{`[[{" m":"k"},{" m":"v"}]]`, map[string]any{"k": flask.Markup("v")}},
	{`["ab",{" m":"cd"},"\ud83d\ude00\ud800"]`, map[string]any{"a": "b", "c": "d", "😀": "\xed\xa0\x80"}},
	{`[]`, map[string]any{}}, {`null`, map[string]any{}}, {`""`, map[string]any{}}, {`{" t":[]}`, map[string]any{}},
	{`{" b":""}`, map[string]any{}}, {`{" m":""}`, map[string]any{}}, {`{" d":null}`, map[string]any{}},

	{`"ab"`, nil}, {`0`, nil}, {`1.5`, nil}, {`false`, nil}, {`{" b":"YWI="}`, nil}, {`{" d":"Tue, 14 Nov 2023 22:13:20 GMT"}`, nil},
	{`{" u":"12345678123456781234567812345678"}`, nil},
	{`[1]`, nil}, {`[null]`, nil}, {`[[]]`, nil}, {`[["a"]]`, nil}, {`[["a",1,2]]`, nil}, {`[["a",1],["b"]]`, nil}, {`["a"]`, nil}, {`["abc"]`, nil}, {`[""]`, nil},
	{`[{}]`, nil}, {`[{"a":1}]`, nil}, {`[[["a"],1]]`, nil}, {`[[{"a":1},2]]`, nil}, {`[{" b":"YQ=="}]`, nil},
}

func TestAListOfPairsIsADict(t *testing.T) {
	signer := flask.NewSerializer([]byte("new"))
	for _, test := range pairsOf {
		cookie, err := signer.Seal("", []byte(test.json), noon())
		if err != nil {
			t.Fatal(err)
		}
		got, err := testCodec.Decode(cookie)
		var refused *session.CookieError
		switch {
		case test.want == nil:
			if !errors.As(err, &refused) || refused.Reason != session.ReasonPayload {
				t.Errorf("%s: Decode = %v, %v; want an error of the payload", test.json, got, err)
			}
		case err != nil || !equal(got, test.want):
			t.Errorf("%s: Decode = %#v, %v; want %#v", test.json, got, err, test.want)
		}
	}
}

func TestRealFlaskTakesTheSamePairs(t *testing.T) {
	f := startFlask(t)
	signer := flask.NewSerializer([]byte("new"))
	for _, test := range pairsOf {
		cookie, err := signer.Seal("", []byte(test.json), noon())
		if err != nil {
			t.Fatal(err)
		}
		theirs := f.load(t, cookie)
		if (test.want == nil) != (theirs.Error != "") {
			t.Errorf("%s: Flask says %v, %q; want %v", test.json, theirs.Value, theirs.Error, test.want)
			continue
		}
		if test.want == nil {
			continue
		}
		if again, err := testCodec.Encode(test.want); err != nil || again != theirs.Cookie {
			t.Errorf("%s: Encode(%#v) = %q, %v; Flask writes %q", test.json, test.want, again, err, theirs.Cookie)
		}
	}
}

// What Flask takes, and values here have no place for.
func TestKeysThatAreNoTextAreRefused(t *testing.T) {
	for _, json := range []string{`[[1,2]]`, `[[null,2]]`, `[[{" t":["x"]},1]]`, `[{" b":"YWI="}]`, `[{"x":1,"y":2}]`} {
		if err := flask.NewSerializer().Unmarshal([]byte(json), map[any]any{}); err == nil {
			t.Errorf("%s: Unmarshal = nil; want an error", json)
		}
	}
}

// Where a dict is refused for its size, so are the pairs that say the same.
func TestPairsAreBoundedAsADictIs(t *testing.T) {
	var dict, pairs strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&dict, `"%d":0,`, i)
		fmt.Fprintf(&pairs, `["%d",0],`, i)
	}
	for name, json := range map[string]string{"a dict": "{" + dict.String() + `"":0}`, "pairs": "[" + pairs.String() + `["",0]]`} {
		if err := flask.NewSerializer().Unmarshal([]byte(json), map[any]any{}); err == nil || !strings.Contains(err.Error(), "too many") {
			t.Errorf("%s of 3001: Unmarshal = %v; want that there are too many values", name, err)
		}
	}
}
