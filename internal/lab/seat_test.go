package lab

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/session/sessiontest"
)

func registrar(key byte) (*Registrar, *sessiontest.Clock) {
	clock := sessiontest.NewClock(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	return NewRegistrar(bytes.Repeat([]byte{key}, 32), 120*day, clock.Now), clock
}

func TestASeatIsFoundAgainUntilItsTimeIsUp(t *testing.T) {
	g, clock := registrar(1)
	seat, cookie := g.Issue()
	for _, wait := range []time.Duration{0, 119 * day, day - time.Second} {
		clock.Advance(wait)
		if got, ok := g.Seat(cookie); !ok || got.Hash != seat.Hash || !got.Issued.Equal(seat.Issued) {
			t.Errorf("Seat = %v, %v; want %v", got, ok, seat)
		}
	}
	clock.Advance(time.Second)
	if _, ok := g.Seat(cookie); ok {
		t.Error("a seat outlives its absolute timeout")
	}
	if strings.Contains(cookie, seat.Hash) {
		t.Error("the cookie tells what is stored")
	}
}

func TestATamperedSeatIsNobodys(t *testing.T) {
	g, _ := registrar(1)
	_, cookie := g.Issue()
	raw, err := base64.RawURLEncoding.DecodeString(cookie)
	if err != nil {
		t.Fatal(err)
	}
	for bit := range len(raw) * 8 {
		bad := bytes.Clone(raw)
		bad[bit/8] ^= 1 << (bit % 8)
		if _, ok := g.Seat(base64.RawURLEncoding.EncodeToString(bad)); ok {
			t.Fatalf("a seat with bit %d flipped is accepted", bit)
		}
	}
	for _, bad := range []string{"", cookie[1:], cookie[:len(cookie)-1], cookie + "A", cookie + "=", cookie + "\n", " " + cookie, strings.ToUpper(cookie), strings.Repeat("A", len(cookie))} {
		if _, ok := g.Seat(bad); ok {
			t.Errorf("Seat(%q) is accepted", bad)
		}
	}
	other, _ := registrar(2)
	if _, ok := other.Seat(cookie); ok {
		t.Error("a seat of another server is accepted")
	}
	rapid.Check(t, func(t *rapid.T) {
		if bad := rapid.String().Draw(t, "cookie"); bad != cookie {
			if _, ok := g.Seat(bad); ok {
				t.Fatalf("Seat(%q) is accepted", bad)
			}
		}
	})
}

func TestSeatsNeverRepeat(t *testing.T) {
	g, _ := registrar(1)
	seen := map[string]bool{}
	for range 100_000 {
		seat, cookie := g.Issue()
		if seen[cookie] || seen[seat.Hash] {
			t.Fatal("a seat was issued twice")
		}
		seen[cookie], seen[seat.Hash] = true, true
	}
}

func TestBenchIDsAreThoseIssuedAndNoOthers(t *testing.T) {
	g, _ := registrar(1)
	other, _ := registrar(2)
	seat, _ := g.Issue()
	second, _ := g.Issue()
	seen, mistaken := map[string]bool{}, 0
	for n := range 1000 {
		for _, s := range []Seat{seat, second} {
			id := g.BenchFor(s, n)
			if seen[id] {
				t.Fatalf("bench %s was given twice", id)
			}
			seen[id] = true
			if !g.Issued(id) || g.BenchFor(s, n) != id {
				t.Fatalf("bench %s is not known again", id)
			}
			if other.Issued(id) {
				mistaken++ // one in 32,768 is
			}
			if len(id) != 16 || strings.Trim(id, "0123456789abcdefghjkmnpqrstvwxyz") != "" {
				t.Errorf("bench %q cannot be read out", id)
			}
		}
	}
	if mistaken > 10 {
		t.Errorf("another server takes %d of 2,000 benches for its own", mistaken)
	}
	id := g.BenchFor(seat, 0)
	for i := range id {
		for _, c := range "0123456789abcdefghjkmnpqrstvwxyz" {
			if bad := id[:i] + string(c) + id[i+1:]; bad != id && g.Issued(bad) && i >= benchName {
				t.Errorf("Issued(%q) with one letter changed", bad)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		bad := rapid.StringMatching(`[0-9a-z]{0,20}`).Draw(t, "id")
		if g.Issued(bad) && !seen[bad] && len(bad) != benchName+benchTag {
			t.Fatalf("Issued(%q)", bad)
		}
	})
	for _, bad := range []string{"", strings.ToUpper(id), id + "0", id[:15], strings.Repeat("\x00", 16), strings.Repeat("é", 8)} {
		if g.Issued(bad) {
			t.Errorf("Issued(%q)", bad)
		}
	}
}

func TestARegistrarNeedsAWholeKey(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a key of 31 bytes is taken")
		}
	}()
	NewRegistrar(make([]byte, 31), day, time.Now)
}
