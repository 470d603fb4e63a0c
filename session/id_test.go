package session

import (
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"testing"
	"testing/iotest"
)

func TestMillionIDsWithoutADuplicate(t *testing.T) {
	seen := make(map[[idBytes]byte]struct{}, 1_000_000)
	for range 1_000_000 {
		id, err := newID(rand.Reader)
		if err != nil || !wellFormed(id) {
			t.Fatalf("newID = %q, %v", id, err)
		}
		var b [idBytes]byte
		if _, err := base32.StdEncoding.Decode(b[:], []byte(id)); err != nil {
			t.Fatal(err)
		}
		if _, twice := seen[b]; twice {
			t.Fatalf("newID made %q twice", id)
		}
		seen[b] = struct{}{}
	}
}

func TestIDIsAllOfItsRandomBits(t *testing.T) {
	for _, b := range []byte{0x00, 0xff, 0x5a} {
		random := bytes.Repeat([]byte{b}, idBytes)
		id, err := newID(bytes.NewReader(random))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := base32.StdEncoding.DecodeString(id); err != nil || !bytes.Equal(got, random) {
			t.Errorf("newID of % x = %q; want it to decode to the same", random, id)
		}
	}
	if id, err := newID(bytes.NewReader(make([]byte, idBytes-1))); err == nil {
		t.Errorf("newID of too few bytes = %q; want an error", id)
	}
	errEmpty := errors.New("no entropy")
	if _, err := newID(iotest.ErrReader(errEmpty)); !errors.Is(err, errEmpty) {
		t.Errorf("newID = %v; want %v", err, errEmpty)
	}
}
