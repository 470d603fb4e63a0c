package chore_test

import (
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/chore"
)

func TestJitterIsSpread(t *testing.T) {
	seen := make(map[time.Duration]bool)
	for range 100 {
		d := chore.Jitter(time.Second)
		if d < 0 || d >= time.Second {
			t.Fatalf("Jitter = %v; want less than a second", d)
		}
		seen[d/(100*time.Millisecond)] = true
	}
	if len(seen) < 5 {
		t.Errorf("a hundred pauses fall into %d tenths of a second; want them spread", len(seen))
	}
}
