package lab

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestBenchIDsAreThoseIssuedAndNoOthers(t *testing.T) {
	g, other := newIDs(bytes.Repeat([]byte{1}, 32)), newIDs(bytes.Repeat([]byte{2}, 32))
	seen, mistaken := map[string]bool{}, 0
	for n := range 1000 {
		for _, s := range []string{"first", "second"} {
			id := g.of(s, n)
			if seen[id] {
				t.Fatalf("bench %s was given twice", id)
			}
			seen[id] = true
			if !g.issued(id) || g.of(s, n) != id {
				t.Fatalf("bench %s is not known again", id)
			}
			if other.issued(id) {
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
	id := g.of("first", 0)
	for i := range id {
		for _, c := range "0123456789abcdefghjkmnpqrstvwxyz" {
			if bad := id[:i] + string(c) + id[i+1:]; bad != id && g.issued(bad) && i >= benchName {
				t.Errorf("issued(%q) with one letter changed", bad)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		bad := rapid.StringMatching(`[0-9a-z]{0,20}`).Draw(t, "id")
		if g.issued(bad) && !seen[bad] && len(bad) != benchName+benchTag {
			t.Fatalf("issued(%q)", bad)
		}
	})
	for _, bad := range []string{"", strings.ToUpper(id), id + "0", id[:15], strings.Repeat("\x00", 16), strings.Repeat("é", 8)} {
		if g.issued(bad) {
			t.Errorf("issued(%q)", bad)
		}
	}
}

// The addresses of benches outlive a version of the program.
func TestBenchIDsStayAsTheyAre(t *testing.T) {
	g := newIDs(bytes.Repeat([]byte{7}, 32))
	if got := g.of("owner", 3); got != "ydsmq9ck4rvwdrqd" {
		t.Errorf("the id is %q", got)
	}
	if got := g.firstSecret("0123456789abcdef"); got != "WE88NHUSkXhDgqBOaDYnTA4m1BSqsIwv" {
		t.Errorf("the first secret is %q", got)
	}
}

func TestBenchIDsNeedAWholeKey(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a key of 31 bytes is taken")
		}
	}()
	newIDs(make([]byte, 31))
}
