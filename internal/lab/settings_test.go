package lab

import (
	"encoding/json"
	"errors"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var someStores = []string{"memory", "sqlite"}

func TestWithAppliesAllOfAFormOrNothing(t *testing.T) {
	fields := map[string][]string{
		"mechanism": {"server", "magic"}, "store": {"memory", "sqlite", "redis"}, "lifetime": {"10s", "31d", "off", "x"},
		"refresh_each_request": {"true", "false", "1"}, "new_id_at_login": {"true", "false", ""}, "sign_id": {"true", "false", "on"}, "hash_id": {"true", "false", "no"},
		"http_only": {"true", "false", "x"}, "secure": {"auto", "true", "false", "x"}, "same_site": {"Lax", "Strict", "None", "unset", "lax"},
		"idle_timeout": {"off", "30m", "-1s"}, "absolute_timeout": {"off", "8h", "0s"}, "secret_key": {"", "key", strings.Repeat("k", 2000)}, "fallback_keys": {"", "a b", "\xff"},
	}
	rapid.Check(t, func(t *rapid.T) {
		before := DefaultSettings("first")
		form := url.Values{}
		bad := false
		for field, values := range fields {
			if !rapid.Bool().Draw(t, field) {
				continue
			}
			i := rapid.IntRange(0, len(values)-1).Draw(t, field+" value")
			form.Set(field, values[i])
			bad = bad || i == len(values)-1 || field == "lifetime" && values[i] == "off"
		}
		after, err := before.With(form, someStores)
		var wrong *SettingError
		if bad != (err != nil) || err != nil && !errors.As(err, &wrong) {
			t.Fatalf("With(%v) = %v; want an error: %v", form, err, bad)
		}
		if err != nil {
			return
		}
		said := asMap(t, after)
		for field, was := range asMap(t, before) {
			if !form.Has(field) && !reflect.DeepEqual(said[field], was) {
				t.Fatalf("With(%v) made %s %v", form, field, said[field])
			}
			if now, isText := said[field].(string); form.Get(field) != "" && isText && now != form.Get(field) {
				t.Fatalf("With(%v) made %s %q", form, field, now)
			}
		}
		var again Settings
		if err := json.Unmarshal(must(json.Marshal(after)), &again); err != nil || !reflect.DeepEqual(again, after) {
			t.Fatalf("%+v comes back from JSON as %+v, %v", after, again, err)
		}
	})
}

func asMap(t *rapid.T, s Settings) map[string]any {
	var m map[string]any
	if err := json.Unmarshal(must(json.Marshal(s)), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestWithLeavesTheSettingsItStartsFrom(t *testing.T) {
	before := DefaultSettings("first")
	before.FallbackKeys = []string{"old"}
	if _, err := before.With(url.Values{"fallback_keys": {"new"}, "secret_key": {"x"}}, someStores); err != nil {
		t.Fatal(err)
	}
	if before.FallbackKeys[0] != "old" || before.SecretKey != "first" {
		t.Errorf("the settings became %+v", before)
	}
}

func TestKeysSignNewestFirst(t *testing.T) {
	s := must(DefaultSettings("new").With(url.Values{"fallback_keys": {"older,\n oldest\t"}}, someStores))
	var got []string
	for _, k := range s.Keys() {
		got = append(got, string(k))
	}
	if want := []string{"new", "older", "oldest"}; !reflect.DeepEqual(got, want) {
		t.Errorf("Keys = %q; want %q", got, want)
	}
	s.SignID = false
	if s.Keys() != nil {
		t.Errorf("unsigned: Keys = %q; want none", s.Keys())
	}
}

func TestARandomKeyIsAnotherEachTime(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		s := must(DefaultSettings("k").With(url.Values{"secret_key": {RandomKey}}, someStores))
		if len(s.SecretKey) != 32 || seen[s.SecretKey] {
			t.Fatalf("a random key is %q", s.SecretKey)
		}
		seen[s.SecretKey] = true
	}
}

// Every setting that JSON tells is a row of the table, and the other way round.
func TestTheTableHasAllSettings(t *testing.T) {
	var fields, rows []string
	for field := range reflect.TypeFor[Settings]().Fields() {
		if name, ok := field.Tag.Lookup("json"); ok {
			fields = append(fields, name)
		}
	}
	for _, row := range Table {
		rows = append(rows, row.Name)
		if v := row.Text(DefaultSettings("k")); v != row.Default {
			t.Errorf("%s is %q by default; want %q", row.Name, v, row.Default)
		}
	}
	slices.Sort(fields)
	slices.Sort(rows)
	if !slices.Equal(fields, rows) {
		t.Errorf("the table has %v; JSON has %v", rows, fields)
	}
}
