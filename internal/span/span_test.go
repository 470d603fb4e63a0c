package span

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestALengthReadsAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Range(0, int64(65535*Day)).Draw(t, "d"))
		if got, err := Parse(Format(d)); err != nil || got != d {
			t.Fatalf("Parse(%q) = %v, %v; want %v", Format(d), got, err, d)
		}
	})
}

func TestNoLengthAtAllIsZeroSeconds(t *testing.T) {
	if got := Format(0); got != "0s" {
		t.Errorf("Format(0) = %q; want 0s", got)
	}
	if d, err := Parse("65535d2562047h"); err == nil {
		t.Errorf("a length that overflows is %v", d)
	}
}
