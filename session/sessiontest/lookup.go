package sessiontest

import (
	"fmt"
	"strings"

	"github.com/sessionlab/sessionlab/session"
)

// name shows a key or values in a message, shortened if long.
func name(s string) string {
	if len(s) > 60 {
		return fmt.Sprintf("%q… of %d bytes", s[:40], len(s))
	}
	return fmt.Sprintf("%q", s)
}

// hostile are keys that have broken stores: they end strings, leave folders, are
// patterns, or look alike to a database's collation.
var hostile = []string{
	"", " ", "a", "A", "á", "a ", " a", "a\x00", "\x00", "\x00a", "a\nb", "a\tb", "a\r\n",
	".", "..", "../../etc/passwd", "..\\..\\x", "/", "/a", "%00", "%2e%2e%2f", "a/../b",
	"'", "\"", "`", ";", "'; DROP TABLE sessions; --", "\\", "%", "_", "a%", "a_", "*", "a*", "?", "[a]",
	"\xff", "\xff\xff", "\xc3\x28", "\xed\xa0\x80", "\U0001F36A", "e\u0301", "\u00e9", "ß", "ss", "İ", "i", "ı",
	"NULL", "null", "0", "0.0", "-1", "1e3", "$(id)", "${x}", "{{.}}", "<script>", strings.Repeat("k", 200),
}

func unknownKey(t *try) {
	t.missing("unknown")
	t.missing("unknown")
	if r, ok := t.backend.(session.Ranger); ok {
		if u, err := r.Usage(t.ctx, "", t.clock.Now()); err != nil || u != (session.Usage{}) {
			t.Errorf("Usage(\"\") of an empty backend = %+v, %v; want nothing", u, err)
		}
	}
	t.refused("unknown", 1)
	t.missing("unknown")
}

func hostileLookup(t *try) {
	t.save("bystander", "v", 0)
	for _, key := range append(hostile, strings.Repeat("../'%\x00", 100_000/6)) {
		t.missing(key)
		t.deleted(key, 0)
		t.conflicting(key, 7)
	}
	t.found("bystander", "v", 1)
}

func hostileKeys(t *try) {
	for i, key := range hostile {
		t.save(key, fmt.Sprint(i), 0)
	}
	for i, key := range hostile {
		t.found(key, fmt.Sprint(i), 1)
	}
	for i, key := range hostile {
		t.deleted(key, 1)
		t.missing(key)
		if i+1 < len(hostile) {
			t.found(hostile[i+1], fmt.Sprint(i+1), 1)
		}
	}
}
