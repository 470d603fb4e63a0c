package wire

import (
	"bufio"
	"io"
	"math/rand/v2"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

// FuzzTap feeds any stream in pieces of any size, and compares what the tap
// finds with what the parser of net/http finds in the same stream.
func FuzzTap(f *testing.F) {
	var all strings.Builder
	for i, s := range shapes[:len(shapes)-1] {
		f.Add(s.raw+shapes[0].raw, uint64(i))
		all.WriteString(s.raw)
	}
	f.Add(all.String(), uint64(1))
	f.Add("POST / HTTP/1.1\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n", uint64(2))
	f.Add("GET / HTTP/1.1\nTransfer-Encoding: chunked\n\n2\r\nab\r\n0\r\nA: b\n\nGET / HTTP/1.1\r\n\r\n", uint64(3))
	f.Fuzz(func(t *testing.T, stream string, seed uint64) {
		tap := feedInPieces(stream, seed)
		want := readRequests(stream)
		if len(tap.queue) < len(want) && len(stream) < maxLine {
			t.Fatalf("%d heads; want at least %d", len(tap.queue), len(want))
		}
		rest := stream
		for i, h := range tap.queue {
			rest = mustFollow(t, rest, h)
			if i < len(want) && (!h.matches(want[i]) || !reflect.DeepEqual(normal(h.asHeader()), normal(want[i].Header))) {
				t.Errorf("head %d = %+q; want %s %s %v", i, h, want[i].Method, want[i].RequestURI, want[i].Header)
			}
		}
	})
}

func feedInPieces(stream string, seed uint64) *tap {
	random := rand.New(rand.NewPCG(seed, 0))
	tap := new(tap)
	for stream != "" {
		n := min(len(stream), 1+random.IntN(1+random.IntN(64)))
		tap.feed([]byte(stream[:n]))
		stream = stream[n:]
	}
	return tap
}

// mustFollow checks that h is made of pieces of stream in their order, and
// returns what comes after it.
func mustFollow(t *testing.T, stream string, h *Head) string {
	t.Helper()
	pieces := []string{h.Line}
	for _, kv := range h.Headers {
		pieces = append(pieces, kv[0])
		pieces = append(pieces, strings.FieldsFunc(kv[1], func(r rune) bool { return r == ' ' || r == '\t' })...)
	}
	for _, piece := range pieces {
		_, after, ok := strings.Cut(stream, piece)
		if !ok {
			t.Fatalf("%q of head %+q does not occur in its place", piece, h)
		}
		stream = after
	}
	return stream
}

// readRequests reads the requests of a stream the way a server does, up to the
// first it would refuse.
func readRequests(stream string) (list []*http.Request) {
	b := bufio.NewReader(strings.NewReader(stream))
	for method := ""; ; method = list[len(list)-1].Method {
		if method == http.MethodPost {
			peek, _ := b.Peek(4)
			b.Discard(len(peek) - len(strings.TrimLeft(string(peek), "\r\n")))
		}
		r, err := http.ReadRequest(b)
		if err != nil || r.ProtoMajor != 1 {
			return list
		}
		list = append(list, r)
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return list
		}
	}
}

func (h *Head) asHeader() http.Header {
	header := make(http.Header)
	for _, kv := range h.Headers {
		header.Add(kv[0], kv[1])
	}
	return header
}

// normal leaves out the names that net/http treats in a special way.
func normal(h http.Header) http.Header {
	for _, name := range []string{"Host", "Trailer", "Transfer-Encoding", "Content-Length"} {
		h.Del(name)
	}
	if h.Get("Pragma") != "" {
		h.Del("Cache-Control")
	}
	return h
}

func TestTapFindsTheSameInAnyPieces(t *testing.T) {
	for _, s := range shapes {
		whole := new(tap)
		whole.feed([]byte(s.raw + shapes[0].raw))
		for seed := range uint64(20) {
			if got := feedInPieces(s.raw+shapes[0].raw, seed); !reflect.DeepEqual(got.queue, whole.queue) {
				t.Errorf("%s: pieces of seed %d differ from the whole", s.name, seed)
			}
		}
	}
}
