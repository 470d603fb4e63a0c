package seat

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/session/sessiontest"
)

const day = 24 * time.Hour

func signerOf(key byte) (signer, *sessiontest.Clock) {
	clock := sessiontest.NewClock(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	return newSigner(bytes.Repeat([]byte{key}, 32), 120*day, clock.Now), clock
}

func TestASeatIsFoundAgainUntilItsTimeIsUp(t *testing.T) {
	g, clock := signerOf(1)
	seat, cookie := g.issue()
	for _, wait := range []time.Duration{0, 119 * day, day - time.Second} {
		clock.Advance(wait)
		if got, ok := g.verify(cookie); !ok || got.hash != seat.hash || !got.issued.Equal(seat.issued) {
			t.Errorf("verify = %v, %v; want %v", got, ok, seat)
		}
	}
	clock.Advance(time.Second)
	if _, ok := g.verify(cookie); ok {
		t.Error("a seat outlives its absolute timeout")
	}
	if strings.Contains(cookie, seat.hash) {
		t.Error("the cookie tells what is stored")
	}
}

func TestATamperedSeatIsNobodys(t *testing.T) {
	g, _ := signerOf(1)
	_, cookie := g.issue()
	raw, err := base64.RawURLEncoding.DecodeString(cookie)
	if err != nil {
		t.Fatal(err)
	}
	for bit := range len(raw) * 8 {
		bad := bytes.Clone(raw)
		bad[bit/8] ^= 1 << (bit % 8)
		if _, ok := g.verify(base64.RawURLEncoding.EncodeToString(bad)); ok {
			t.Fatalf("a seat with bit %d flipped is accepted", bit)
		}
	}
	for _, bad := range []string{"", cookie[1:], cookie[:len(cookie)-1], cookie + "A", cookie + "=", cookie + "\n", " " + cookie, strings.ToUpper(cookie), strings.Repeat("A", len(cookie))} {
		if _, ok := g.verify(bad); ok {
			t.Errorf("verify(%q) is accepted", bad)
		}
	}
	other, _ := signerOf(2)
	if _, ok := other.verify(cookie); ok {
		t.Error("a seat of another server is accepted")
	}
	rapid.Check(t, func(t *rapid.T) {
		if bad := rapid.String().Draw(t, "cookie"); bad != cookie {
			if _, ok := g.verify(bad); ok {
				t.Fatalf("verify(%q) is accepted", bad)
			}
		}
	})
}

func TestSeatsNeverRepeat(t *testing.T) {
	g, _ := signerOf(1)
	seen := map[string]bool{}
	for range 100_000 {
		seat, cookie := g.issue()
		if seen[cookie] || seen[seat.hash] {
			t.Fatal("a seat was issued twice")
		}
		seen[cookie], seen[seat.hash] = true, true
	}
}

func TestASignerNeedsAWholeKey(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a key of 31 bytes is taken")
		}
	}()
	newSigner(make([]byte, 31), day, time.Now)
}

// Cookies outlive a version of the program.
func TestASeatOfAnEarlierVersionIsFound(t *testing.T) {
	g := newSigner(bytes.Repeat([]byte{7}, 32), 120*day, func() time.Time { return time.Unix(1_800_000_000, 0) })
	const cookie = "1xe5OpQbqE9ZG2Fkl0UQN8wbcTyUo392RYn6rnSR6r0AAAAAa0nSAJ0SZTQn7FUSQ5g2kcSZnL8"
	got, ok := g.verify(cookie)
	if want := "d58557aee8ed3325fc3bada140b98f3afe1af36090dbceba17cb5d35ec828f10"; !ok || got.hash != want {
		t.Errorf("verify = %v, %v; want %s", got, ok, want)
	}
}
