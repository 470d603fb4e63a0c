package sessiontest

import (
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

func byteFidelity(t *try) {
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	for name, values := range map[string]string{
		"empty":         "",
		"JSON":          `{"n":9223372036854775807,"f":1e-300,"s":"\u0000","z":1,"a":2}`,
		"number":        "0012",
		"NUL":           "a\x00b\x00",
		"not UTF-8":     "\xff\xfe\x80\xc3\x28\xed\xa0\x80",
		"4-byte UTF-8":  "\U0001F36A\U0010FFFF",
		"space":         " \t\r\n x \n",
		"every byte":    string(every),
		"nesting":       strings.Repeat("[", 5000) + strings.Repeat("]", 5000),
		"nearly 1 MiB":  strings.Repeat("x", 1<<20-1),
		"1 MiB of NULs": strings.Repeat("\x00", 1<<20),
	} {
		t.save(name, values, 0)
		t.found(name, values, 1)
		t.save(name, values+"!", 1)
		t.found(name, values+"!", 2)
	}
	if err := t.backend.Save(t.ctx, "nil", session.Record{Expires: t.clock.Now().Add(time.Hour)}, t.clock.Now()); err != nil {
		t.Fatalf("Save of nil values = %v; want nil", err)
	}
	t.found("nil", "", 1)
}

func replace(t *try) {
	first := t.record("first", 0)
	first.Expires = first.Expires.Add(1234567 * time.Nanosecond)
	if err := t.backend.Save(t.ctx, "k", first, t.clock.Now()); err != nil {
		t.Fatal(err)
	}
	t.sameTimes(t.found("k", "first", 1), first)

	t.clock.Advance(90 * time.Minute / 2)
	second := t.record("the second, which is longer", 1)
	second.Created = first.Created
	if err := t.backend.Save(t.ctx, "k", second, t.clock.Now()); err != nil {
		t.Fatal(err)
	}
	t.sameTimes(t.found("k", "the second, which is longer", 2), second)

	t.clock.Advance(59 * time.Minute) // the first would have expired
	third := t.record("", 2)
	third.Created = first.Created
	third.Expires = t.clock.Now().Add(30 * 365 * 24 * time.Hour)
	if err := t.backend.Save(t.ctx, "k", third, t.clock.Now()); err != nil {
		t.Fatal(err)
	}
	t.sameTimes(t.found("k", "", 3), third)
}

func noSharing(t *try) {
	rec := t.record("original", 0)
	if err := t.backend.Save(t.ctx, "k", rec, t.clock.Now()); err != nil {
		t.Fatal(err)
	}
	if got := string(rec.Values); got != "original" {
		t.Fatalf("after Save the caller's values are %q; want them unchanged", got)
	}
	rec.Values[0] = 'X'
	loaded := t.found("k", "original", 1)
	loaded.Values[0] = 'Y'
	t.found("k", "original", 1)
	_ = append(loaded.Values[:3], "ZZZ"...)
	t.found("k", "original", 1)

	got := t.found("k", "original", 1)
	t.save("k", "replaced", 1)
	if got := string(got.Values); got != "original" {
		t.Fatalf("after another Save, values loaded before are %q; want %q", got, "original")
	}

	r, ok := t.backend.(session.Ranger)
	if !ok {
		return
	}
	err := r.Range(t.ctx, "", t.clock.Now(), func(_ string, rec session.Record) bool {
		rec.Values[0] = 'W'
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	t.found("k", "replaced", 2)
}
