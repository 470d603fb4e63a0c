package deflate_test

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"io"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/session/flask/internal/deflate"
)

// picks returns n numbers below 1<<16, as testdata/zlib.py has them.
func picks(n int) []int {
	list, x := make([]int, n), 1
	for i := range list {
		x = (x*1103515245 + 12345) % (1 << 31)
		list[i] = x >> 15
	}
	return list
}

func words(n int) []byte {
	all := []string{"session", "cookie", "uname", "momo", "没有", "_permanent", "the", "a", "0", "1234567890"}
	var text []byte
	for i, p := range picks(n) {
		if i > 0 {
			text = append(text, ' ')
		}
		text = append(text, all[p%len(all)]...)
	}
	return text
}

// skewed returns n different bytes, so unequally frequent that some codes would be
// longer than 15 bits.
func skewed(n int) []byte {
	var data []byte
	a, b := 1, 1
	for i := range n {
		data = append(data, bytes.Repeat([]byte{byte(i)}, a)...)
		a, b = b, a+b
	}
	for i, p := range picks(len(data)) {
		j := p % len(data)
		data[i], data[j] = data[j], data[i]
	}
	return data
}

func each(list []int, of func(int) []byte) []byte {
	var data []byte
	for _, n := range list {
		data = append(data, of(n)...)
	}
	return data
}

// samples are those that testdata/zlib.py gives to zlib.
func samples() map[string][]byte {
	lengths, bytes256 := make([]int, 149), make([]byte, 256)
	for i := range lengths {
		lengths[i] = i + 1
	}
	for i := range bytes256 {
		bytes256[i] = byte(i)
	}
	return map[string][]byte{
		"nothing":                       nil,
		"noise":                         each(picks(300), func(p int) []byte { return []byte{byte(p)} }),
		"a run":                         bytes.Repeat([]byte("a"), 300),
		"a run to the last exact byte":  make([]byte, 16382),
		"two letters":                   each(picks(700), func(p int) []byte { return []byte{"ab"[p>>8&1]} }),
		"a match of three too far back": slices.Concat([]byte("xyz"), bytes.Repeat(bytes256, 17), []byte("xyz!")),
		"matches of every length":       each(lengths, func(n int) []byte { return bytes.Repeat([]byte{byte(n)}, n) }),
		"words":                         words(700),
		"words to the last exact byte":  words(4000)[:16382],
		"codes that would be too long":  skewed(19),
	}
}

func TestItIsZlibToTheByte(t *testing.T) {
	file, err := os.ReadFile("testdata/zlib.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string][]byte
	if err := json.Unmarshal(file, &want); err != nil {
		t.Fatal(err)
	}
	for name, data := range samples() {
		z := want[name]
		if got := inflate(t, z); !bytes.Equal(got, data) {
			t.Errorf("%s: testdata has other bytes of that name", name)
			continue
		}
		if stored := z[2]>>1&3 == 0; stored {
			z = nil
		}
		if got := deflate.Append(nil, data); !bytes.Equal(got, z) {
			t.Errorf("%s: %d bytes become %d, % .16x…; zlib makes %d, % .16x…", name, len(data), len(got), got, len(z), z)
		}
	}
}

func TestWhatIsDeflatedInflatesToTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		few := rapid.SliceOfN(rapid.SampledFrom([]byte("ab{}\x00")), 0, 400)
		data := slices.Concat(rapid.SliceOfN(rapid.OneOf(few, rapid.SliceOf(rapid.Byte())), 0, 60).Draw(t, "pieces")...)
		got := deflate.Append([]byte("before"), data)
		z, ok := bytes.CutPrefix(got, []byte("before"))
		if !ok {
			t.Fatalf("Append wrote over what was there: %q", got)
		}
		if len(z) > 0 && !bytes.Equal(inflate(t, z), data) {
			t.Fatalf("%q inflates to something else", data)
		}
	})
}

func TestDataBeyondTheExactSizeAreDeflatedToo(t *testing.T) {
	data := words(12000)
	if z := deflate.Append(nil, data); len(z) >= len(data) || !bytes.Equal(inflate(t, z), data) {
		t.Errorf("%d bytes become %d that are not the same", len(data), len(z))
	}
}

func inflate(t interface{ Fatal(...any) }, z []byte) []byte {
	r, err := zlib.NewReader(bytes.NewReader(z))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
