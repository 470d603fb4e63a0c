package flask_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/session/flask"
)

// A realFlask is Flask itself, in a Python process that answers line by line:
// given a cookie, what it loads and, dumped again, the cookie it makes of that.
type realFlask struct {
	in  *json.Encoder
	out *bufio.Reader
}

type flaskAnswer struct {
	Value  any    // as the golden data describe values
	Cookie string // as Flask writes that value
	Error  string
}

// startFlask starts what e2e/setup.sh has fetched. Without it the test is skipped,
// but where everything must be there, with CI=true, it fails.
func startFlask(t *testing.T) *realFlask {
	t.Helper()
	home, err := filepath.Abs("../../e2e/.flask")
	if err == nil {
		_, err = os.Stat(filepath.Join(home, "flask"))
	}
	if err != nil {
		missing := fmt.Sprintf("Flask is missing: run e2e/setup.sh (%v)", err)
		if os.Getenv("CI") == "true" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	cmd := exec.Command("/usr/bin/python3", "testdata/real_flask.py")
	cmd.Env = append(os.Environ(), "PYTHONPATH="+home, "PYTHONDONTWRITEBYTECODE=1")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_, _ = io.Copy(io.Discard, out)
		if err := cmd.Wait(); err != nil {
			t.Errorf("Flask ended with %v", err)
		}
	})
	f := &realFlask{in: json.NewEncoder(in), out: bufio.NewReader(out)}
	var hello struct{ Flask string }
	f.read(t, &hello)
	if !strings.HasPrefix(hello.Flask, "3.1.") {
		t.Fatalf("this is Flask %s; want 3.1", hello.Flask)
	}
	return f
}

func (f *realFlask) read(t testing.TB, answer any) {
	t.Helper()
	line, err := f.out.ReadBytes('\n')
	if err == nil {
		dec := json.NewDecoder(strings.NewReader(string(line)))
		dec.UseNumber()
		err = dec.Decode(answer)
	}
	if err != nil {
		t.Fatalf("Flask answers %.200q, %v", line, err)
	}
}

// load has Flask load a cookie, by the clock of testCodec.
func (f *realFlask) load(t testing.TB, cookie string) (answer flaskAnswer) {
	t.Helper()
	if err := f.in.Encode(map[string]any{"cookie": cookie}); err != nil {
		t.Fatal(err)
	}
	f.read(t, &answer)
	return answer
}

func (f *realFlask) agree(t *testing.T, values map[string]any) {
	t.Helper()
	cookie, err := testCodec.Encode(values)
	if err != nil {
		t.Fatalf("Encode(%#v) = %v", values, err)
	}
	answer := f.load(t, cookie)
	if answer.Error != "" {
		t.Fatalf("Flask refuses %q of %#v: %s", cookie, values, answer.Error)
	}
	if answer.Cookie != cookie {
		t.Errorf("of %#v\nEncode = %q,\n Flask = %q", values, cookie, answer.Cookie)
	}
	if theirs := plain(value(t, answer.Value)); !equal(theirs, any(values)) {
		t.Errorf("Flask loads %#v; want %#v", theirs, values)
	}
}

func TestRealFlaskLoadsOurCookiesAndWritesTheSame(t *testing.T) {
	f := startFlask(t)
	for i := range 400 {
		f.agree(t, anyDict(2).Example(i))
	}
}

// Text of few words has many matches at many distances, and so goes through all
// that zlib does.
func TestRealFlaskCompressesToTheSameBytes(t *testing.T) {
	f := startFlask(t)
	random := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		letters := "etaoin shrdluETAOIN{}[]:,0123456789\"\\没é"[:1+random.IntN(38)]
		words := make([]string, 1+random.IntN(60))
		for i := range words {
			for range random.IntN(12) {
				words[i] += string(letters[random.IntN(len(letters))])
			}
		}
		var text strings.Builder
		for size := random.IntN(1 << random.IntN(14)); text.Len() < size; {
			text.WriteString(words[random.IntN(len(words))])
		}
		f.agree(t, map[string]any{"s": strings.ToValidUTF8(text.String(), "?")})
	}
}

func TestWeLoadTheCookiesOfRealFlask(t *testing.T) {
	f := startFlask(t)
	if err := f.in.Encode(map[string]any{"samples": true}); err != nil {
		t.Fatal(err)
	}
	var samples []flaskAnswer
	f.read(t, &samples)
	if len(samples) < 30 {
		t.Fatalf("%d samples", len(samples))
	}
	for _, sample := range samples {
		want := plain(value(t, sample.Value))
		got, err := testCodec.Decode(sample.Cookie)
		if err != nil || !equal(got, want) {
			t.Errorf("Decode(%q) = %#v, %v; want %#v", sample.Cookie, got, err, want)
			continue
		}
		if again, err := testCodec.Encode(got); again != sample.Cookie || err != nil {
			t.Errorf("Encode(%#v) = %q, %v; want %q", got, again, err, sample.Cookie)
		}
	}
}

func TestRealFlaskRefusesWhatWeRefuse(t *testing.T) {
	f := startFlask(t)
	signer := flask.NewSerializer([]byte("new"))
	for _, json := range []string{
		`{"a":1}`, `{"a":NaN}`, `{"a":1E400}`, `{"a":01}`, `{"a":1.}`, `{"a":-}`, `{"a":+1}`, `{"a":-Infinity}`, `{"a":.5}`, `{"a":1,}`, `{"a":[1,]}`, `{}x`, ` {} `, `[]`, `"a"`,
		"{\"a\":\"\t\"}", `{"a":"\x41"}`, `{"a":"\u00e"}`, `{"a":{" b":"YQ"}}`, `{"a":{" u":"x"}}`, `{"a":{" t":1}}`, `{"a":{" d":1}}`, `{"a":{" d":"never"}}`, `{"a":{" di":{}}}`, `{"a":{" di":{"b__":1}}}`,
		strings.Repeat(`{"a":`, 300) + "1" + strings.Repeat("}", 300), strings.Repeat(`{"a":`, 3000) + "1" + strings.Repeat("}", 3000),
		`{"a":` + strings.Repeat("1", 4300) + `}`, `{"a":` + strings.Repeat("1", 4301) + `}`, "{\"a\":\"\xff\"}", "\ufeff{}", "",
	} {
		cookie, err := signer.Seal("", []byte(json), noon())
		if err != nil {
			t.Fatal(err)
		}
		_, ours := testCodec.Decode(cookie)
		theirs := f.load(t, cookie)
		if _, object := theirs.Value.(map[string]any); (ours == nil) != (theirs.Error == "" && object) {
			t.Errorf("%.80q: we say %v, Flask says %q", json, ours, theirs.Error)
		}
	}
}

func TestRealFlaskHasTheRulesOfSignatures(t *testing.T) {
	f := startFlask(t)
	cookie, err := testCodec.Encode(map[string]any{"uname": "momo"})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(r *rapid.T) {
		at := rapid.IntRange(0, len(cookie)).Draw(r, "at")
		till := rapid.IntRange(at, min(at+3, len(cookie))).Draw(r, "till")
		with := rapid.StringOfN(rapid.SampledFrom([]rune("=.!-_+/ABCwg08 ")), 0, 4, -1).Draw(r, "with")
		changed := cookie[:at] + with + cookie[till:]
		_, ours := testCodec.Decode(changed)
		if theirs := f.load(t, changed); (ours == nil) != (theirs.Error == "") {
			r.Fatalf("%q: we say %v, Flask says %q", changed, ours, theirs.Error)
		}
	})
}
