package sessiontest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// families are keys whose prefixes are easily mistaken.
var families = []string{
	"a", "a%", "a%b", "a:", "a:1", "a:10", "a:2", "a_", "ab", "A:1", "a\x00", "a\xff", "a\xff\xff", "b",
	"\xff", "\xff\xff", "\U0001F36A", "\U0001F36A1", "á:1",
}

func rangePrefix(t *try) {
	r := t.ranger()
	t.keys(r, "", nil)
	for _, key := range families {
		t.save("dead"+key, "v", 0)
	}
	t.save("a:dead", "v", 0)
	t.clock.Advance(time.Hour)
	for _, key := range families {
		t.save(key, "values of "+key, 0)
	}
	for i := range 150 {
		t.save(fmt.Sprintf("many:%03d", i), "v", 0)
	}
	all := slices.Clone(families)
	for i := range 150 {
		all = append(all, fmt.Sprintf("many:%03d", i))
	}
	slices.Sort(all)
	for _, prefix := range []string{
		"", "a", "a:", "a%", "a_", "a\x00", "a\xff", "A", "b", "\xff", "\xff\xff", "\xff\xff\xff",
		"\U0001F36A", "á", "many:", "many:1", "none", "dead", "%", "*",
	} {
		want := slices.DeleteFunc(slices.Clone(all), func(key string) bool { return !strings.HasPrefix(key, prefix) })
		t.keys(r, prefix, want)
	}
	err := r.Range(t.ctx, "a:1", t.clock.Now(), func(key string, rec session.Record) bool {
		want := t.record("values of "+key, 1)
		if string(rec.Values) != string(want.Values) || rec.Version != 1 {
			t.Errorf("Range gives %q values %q and version %d; want %q and 1", key, rec.Values, rec.Version, want.Values)
		}
		t.sameTimes(rec, want)
		return true
	})
	if err != nil {
		t.Error(err)
	}
}

func rangeStop(t *try) {
	r := t.ranger()
	for i := range 5 {
		t.save(fmt.Sprint(i), "v", 0)
	}
	calls := 0
	err := r.Range(t.ctx, "", t.clock.Now(), func(key string, _ session.Record) bool {
		calls++
		return key < "2"
	})
	if calls != 3 || err != nil {
		t.Errorf("Range that is stopped at the third key makes %d calls and returns %v", calls, err)
	}
}

func rangeDelete(t *try) {
	r := t.ranger()
	for i := range 200 {
		t.save(fmt.Sprintf("%03d", i), "v", 0)
	}
	calls := 0
	err := r.Range(t.ctx, "", t.clock.Now(), func(key string, rec session.Record) bool {
		calls++
		t.deleted(key, rec.Version)
		return true
	})
	if calls != 200 || err != nil {
		t.Errorf("Range that deletes each of 200 records makes %d calls and returns %v", calls, err)
	}
	t.keys(r, "", nil)
}

func usage(t *try) {
	r := t.ranger()
	t.save("a:dead", strings.Repeat("v", 1000), 0)
	t.clock.Advance(time.Hour)
	t.save("a:1", "12345", 0)
	t.save("a:2", "\x00\x01\xff\u00e9", 0)
	t.save("a:3", "", 0)
	t.save("b:1", "1", 0)
	t.save("\xff", "1", 0)
	for prefix, want := range map[string]session.Usage{
		"":     {Sessions: 5, Bytes: 12},
		"a":    {Sessions: 3, Bytes: 10},
		"a:2":  {Sessions: 1, Bytes: 5},
		"b:":   {Sessions: 1, Bytes: 1},
		"\xff": {Sessions: 1, Bytes: 1},
		"c":    {},
		"%":    {},
	} {
		if got, err := r.Usage(t.ctx, prefix, t.clock.Now()); got != want || err != nil {
			t.Errorf("Usage(%q) = %+v, %v; want %+v", prefix, got, err, want)
		}
	}
}

// keys checks which keys Range visits.
func (t *try) keys(r session.Ranger, prefix string, want []string) {
	t.Helper()
	var got []string
	err := r.Range(t.ctx, prefix, t.clock.Now(), func(key string, _ session.Record) bool {
		got = append(got, key)
		return true
	})
	if err != nil {
		t.Fatalf("Range(%q) = %v; want nil", prefix, err)
	}
	if slices.Equal(got, want) {
		return
	}
	for i, key := range got {
		if i == len(want) || key != want[i] {
			t.Fatalf("Range(%q) visits %q as number %d of %d; want %q", prefix, key, i, len(got), want[i:min(i+1, len(want))])
		}
	}
	t.Fatalf("Range(%q) visits %d keys; want %d", prefix, len(got), len(want))
}
