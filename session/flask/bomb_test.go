package flask_test

import (
	"bytes"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/flask"
)

// bomb returns a payload of 1 GiB of zeros, in some 7 MB of fixed Huffman codes:
// a literal zero, and copies of the 258 bytes before.
func bomb() string {
	var z []byte
	var bits, n uint
	put := func(value, size uint) {
		bits |= value << n
		for n += size; n >= 8; n -= 8 {
			z = append(z, byte(bits))
			bits >>= 8
		}
	}
	put(1|1<<1, 3)
	put(0b00001100, 8) // 0, its code of 00110000 reversed
	for range 1 << 30 / 258 {
		put(0b10100011, 8) // 258, of 11000101
		put(0, 5)          // one byte back
	}
	put(0, 7)
	put(0, 8)
	return "." + base64.RawURLEncoding.EncodeToString(append([]byte{0x78, 0x9c}, z...))
}

// allocated returns how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestInflatingABombTakesLittleMemory(t *testing.T) {
	value := bomb() + ".ZVPxAA.x"
	var carried session.Carried
	got := allocated(func() { carried = flask.NewSerializer().Peek(value) })
	if carried.JSON != nil {
		t.Errorf("Peek unpacks %d bytes", len(carried.JSON))
	}
	if most := uint64(len(value)) + 512<<10; got > most { // for the base64, decoded, and what is inflated
		t.Errorf("Peek of a bomb allocates %d bytes; want %d at most", got, most)
	}
}

// bombs are values whose JSON, of n bytes or so, is made of many.
func bombs(n int) map[string]string {
	many := func(one string) string { return one + strings.Repeat(","+one, n/(len(one)+1)) }
	var keys, numbers strings.Builder
	for i := 0; keys.Len() < n; i++ {
		fmt.Fprintf(&keys, `"%x":%d,`, i, i%10)
	}
	for i := 0; numbers.Len() < n; i++ {
		fmt.Fprintf(&numbers, `{"%x":{"%x":{}}},`, i, i)
	}
	chain := strings.Repeat(`{"":`, 480) + "0" + strings.Repeat("}", 480)
	return map[string]string{
		"zeros":        strings.Repeat("\x00", n),
		"objects":      `[` + many(`{"":0}`) + `]`,
		"objects of 9": `[` + many(`{"":0,"1":0,"2":0,"3":0,"4":0,"5":0,"6":0,"7":0,"8":0}`) + `]`,
		"empty":        `[` + many(`{}`) + `]`,
		"chains":       `[` + many(chain) + `]`,
		"nested":       strings.Repeat(`{"a":`, n/6) + "1" + strings.Repeat("}", n/6),
		"brackets":     strings.Repeat(`[`, n/2) + strings.Repeat("]", n/2),
		"lists":        `[` + many(`[[[[[[[[0]]]]]]]]`) + `]`,
		"pairs":        `[` + many(`[0,0]`) + `]`,
		"numbers":      `[` + many(`0`) + `]`,
		"large":        `[` + many(`99999999999999999999`) + `]`,
		"floats":       `[` + many(`1.`+`5`) + `]`,
		"digits":       `[` + many(strings.Repeat("9", 4300)) + `]`,
		"keys":         `{` + strings.TrimSuffix(keys.String(), ",") + `}`,
		"in keys":      `[` + strings.TrimSuffix(numbers.String(), ",") + `]`,
		"strings":      `[` + many(`"\n"`) + `]`,
		"empty ones":   `[` + many(`""`) + `]`,
		"string":       `"` + strings.Repeat("x", n) + `"`,
		"escapes":      `"` + strings.Repeat(`\n`, n/2) + `"`,
		"halves":       `"` + strings.Repeat(`\ud800`, n/6) + `"`,
		"quotes":       `"` + strings.Repeat("x", n-2) + `\""`,
		"tuple":        `{" t":"` + strings.Repeat("x", n) + `"}`,
		"bytes":        `{" t":{" b":"` + strings.Repeat("QUFB", n/4) + `"}}`,
		"markup":       `[` + many(`{" m":1}`) + `]`,
		"dates":        `[` + many(`{" d":"Tue, 14 Nov 2023 22:13:20 GMT"}`) + `]`,
		"UUIDs":        `[` + many(`{" u":"12345678123456781234567812345678"}`) + `]`,
		"half a key":   `{"` + strings.Repeat("x", n),
	}
}

// packed is json as the payload of a cookie, compressed in little time: to try hard takes
// longer than all that the tests try.
func packed(t testing.TB, json string) string {
	t.Helper()
	var b bytes.Buffer
	z, err := zlib.NewWriterLevel(&b, zlib.BestSpeed)
	if err == nil {
		_, err = z.Write([]byte(json))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return "." + base64.RawURLEncoding.EncodeToString(b.Bytes())
}

func TestAHostileCookieTakesLessThanAMebibyte(t *testing.T) {
	for _, size := range []int{30000, flask.MaxJSON - 100, flask.MaxJSON, 1 << 20} {
		for name, json := range bombs(size) {
			for _, payload := range []string{packed(t, `{"a":`+json+`}`), packed(t, json)} {
				for _, key := range []string{"new", "not ours"} {
					value := sealed(key, payload)
					var err error
					if got := allocated(func() { _, err = testCodec.Decode(value) }); got > 1<<20 {
						t.Errorf("Decode of %s, %d bytes, signed with %q, allocates %d bytes (%v)", name, size, key, got, err)
					}
				}
			}
		}
	}
}

// sealed signs a payload as it is.
func sealed(key, payload string) string {
	derive := hmac.New(sha1.New, []byte(key))
	derive.Write([]byte("cookie-session"))
	mac := hmac.New(sha1.New, derive.Sum(nil))
	signed := payload + ".ZVPxAA"
	mac.Write([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// What a page of text, a long list or a large table takes is no bomb.
func TestLargeSessionsAreRead(t *testing.T) {
	list, table, rows := make([]any, 4000), make(map[string]any), make([]any, 300)
	for i := range list {
		list[i] = int64(i)
	}
	for i := range 1000 {
		table[strconv.Itoa(i)] = "some text"
	}
	for i := range rows {
		rows[i] = map[string]any{"id": int64(i), "name": "a product", "price": 9.95, "tags": []any{"a", "b"}}
	}
	for _, values := range []map[string]any{{"list": list}, {"table": table}, {"rows": rows}, {"text": strings.Repeat("all work and no play ", 3000)}} {
		cookie, err := testCodec.Encode(values)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := testCodec.Decode(cookie); err != nil || !equal(got, values) {
			t.Errorf("Decode of %d bytes: %v", len(cookie), err)
		}
	}
}

func TestMaxJSONIsTheMost(t *testing.T) {
	for _, kind := range []string{"x", "xy"} {
		for size, ok := range map[int]bool{flask.MaxJSON: true, flask.MaxJSON + 1: false} {
			n := size - len(`{"s":""}`)
			want := strings.Repeat(kind, n/len(kind)) + strings.Repeat("z", n%len(kind))
			cookie, err := testCodec.Encode(map[string]any{"s": want})
			if errors.Is(err, session.ErrTooLarge) == ok {
				t.Errorf("Encode to %d bytes = %v; want it to work: %v", size, err, ok)
			}
			if !ok {
				cookie = sealed("new", packed(t, `{"s":"`+want+`"}`))
			}
			if got, err := testCodec.Decode(cookie); (err == nil) != ok || ok && got["s"] != want {
				t.Errorf("Decode of %d bytes = %v; want it to work: %v", size, err, ok)
			}
			long := sealed("new", base64.RawURLEncoding.EncodeToString([]byte(`{"s":"`+want+`"}`)))
			if _, err := testCodec.Decode(long); (err == nil) != ok {
				t.Errorf("Decode of %d bytes that are not compressed = %v; want it to work: %v", size, err, ok)
			}
		}
	}
}
