package mac_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"sync"
	"testing"

	"github.com/sessionlab/sessionlab/internal/mac"
)

func TestACodeIsHMACOfPurposeAndData(t *testing.T) {
	key := bytes.Repeat([]byte{7}, mac.MinKey)
	m := mac.New(key)
	var all sync.WaitGroup
	for _, purpose := range []string{"seat", "bench", "seat"} {
		all.Go(func() {
			for range 100 {
				want := hmac.New(sha256.New, key)
				want.Write([]byte(purpose + "\x00" + "data"))
				if got := m.Sum(purpose, []byte("data")); !hmac.Equal(got, want.Sum(nil)) {
					t.Errorf("the code for %s = %x", purpose, got)
				}
			}
		})
	}
	all.Wait()
}

func TestAShortKeyIsRefused(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a key of 31 bytes is taken")
		}
	}()
	mac.New(make([]byte, mac.MinKey-1))
}
