package flask_test

import (
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/session/flask"
)

// What is read is written as Flask writes what it reads of the same JSON. That is
// compared as cookies: not every string of Python's has a form in Go's JSON.
func TestWeReadAndWriteAsRealFlask(t *testing.T) {
	f := startFlask(t)
	signer := flask.NewSerializer([]byte("new"))
	const uuid = "12345678123456781234567812345678"
	for _, json := range []string{
		`"\ud800"`, `"\udfff"`, `"\ud800\u0041"`, `"a\udc00\ud800b"`, `"\ud83d\ude00\ud83d"`, `["\ud800",{"\udc00":"\uDBFF"}]`, `{"\ud800":1,"\uffff":2,"\ud83d\ude00":3,"a":4}`,
		`{" m":"\ud800"}`, `{" m":1}`, `{" m":null}`, `{" m":true}`, `{" m":false}`, `{" m":1.50}`, `{" m":1e16}`, `{" m":NaN}`, `{" m":-1e400}`, `{" m":Infinity}`, `{" m":-0.0}`,
		`{" m":` + strings.Repeat("9", 4300) + `}`, `{" m":{" m":"x"}}`, `{" m":{" u":"` + uuid + `"}}`, `{" m":{" d":"never"}}`,
		`{" t":"xyz"}`, `{" t":""}`, `{" t":"\ud83d\ude00\ud800é"}`, `{" t":{" m":"ab"}}`, `{" t":{" t":[1]}}`, `{" t":{" b":"YQD/"}}`, `{" t":{}}`, `{" t":{"a":1}}`, `{" t":1}`, `{" t":null}`,
		`{" b":"é"}`, `{" b":"\ud800"}`, `{" b":{" m":"YQ=="}}`, `{" b":{" b":"WVE9PQ=="}}`, `{" u":{" m":"` + uuid + `"}}`, `{" u":{" b":"YQ=="}}`, `{" u":"\ud800` + uuid[1:] + `"}`,
		`{" d":{" m":"Tue, 14 Nov 2023 22:13:20 GMT"}}`, `{" d":null}`, `{" d":"\ud800"}`, `{" d":"Sun, 31 Dec 1899 23:59:59 -2359"}`,
		`{" di":{"\ud800__":1}}`, `{" di":{"\ud800":1}}`, `{" di":{"é\udc00_":1}}`, `{" di":{"_":1}}`, `{" di":"x"}`, `{" di":{" m":"x"}}`, `NaN`, `[Infinity,-Infinity,1e400,1E-400]`,
	} {
		cookie, err := signer.Seal("", []byte(`{"v":`+json+`}`), noon())
		if err != nil {
			t.Fatal(err)
		}
		theirs := f.load(t, cookie)
		values, err := testCodec.Decode(cookie)
		if (err == nil) != (theirs.Error == "") {
			t.Errorf("%.80s: we say %v, Flask says %q", json, err, theirs.Error)
			continue
		}
		if err != nil {
			continue
		}
		if again, err := testCodec.Encode(values); again != theirs.Cookie || err != nil {
			t.Errorf("%.80s: Encode(%#v) = %q, %v; want %q", json, values, again, err, theirs.Cookie)
		}
	}
}
