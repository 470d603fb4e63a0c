package flask_test

import (
	"encoding/base64"
	"runtime"
	"strings"
	"testing"

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

func TestInflatingABombTakesLittleMemory(t *testing.T) {
	value := bomb() + ".ZVPxAA.x"
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	carried := flask.NewSerializer().Peek(value)
	runtime.ReadMemStats(&after)
	if carried.JSON != nil {
		t.Errorf("Peek unpacks %d bytes", len(carried.JSON))
	}
	most := uint64(len(value)) + 2<<20 // for the base64, decoded, and what is inflated
	if got := after.TotalAlloc - before.TotalAlloc; got > most {
		t.Errorf("Peek of a bomb allocates %d bytes; want %d at most", got, most)
	}
}

func TestAMegabyteOfJSONIsTheMost(t *testing.T) {
	for _, kind := range []string{"x", "xy"} {
		for size, ok := range map[int]bool{1<<20 - len(`{"s":""}`): true, 1<<20 - len(`{"s":""}`) + 1: false} {
			want := strings.Repeat(kind, size/len(kind)) + strings.Repeat("z", size%len(kind))
			cookie, err := testCodec.Encode(map[string]any{"s": want})
			if err != nil {
				t.Fatal(err)
			}
			if got, err := testCodec.Decode(cookie); (err == nil) != ok || ok && got["s"] != want {
				t.Errorf("Decode of %d bytes = %v; want it to work: %v", size, err, ok)
			}
		}
	}
}
