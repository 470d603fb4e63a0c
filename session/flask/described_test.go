package flask_test

import (
	"encoding/hex"
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session/flask"
)

// value returns the Go value for one that the golden data describes.
func value(t testing.TB, v any) any {
	t.Helper()
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		n, ok := new(big.Int).SetString(v.String(), 10)
		if !ok {
			t.Fatalf("no whole number: %v", v)
		}
		return n
	case []any:
		return values(t, v)
	case map[string]any:
		return described(t, v)
	}
	return v
}

func values(t testing.TB, list []any) []any {
	made := make([]any, len(list))
	for i, v := range list {
		made[i] = value(t, v)
	}
	return made
}

func described(t testing.TB, v map[string]any) any {
	text := func(key string) string { s, _ := v[key].(string); return s }
	items, _ := v["items"].([]any)
	switch kind := v["type"]; kind {
	case "dict":
		dict := make(map[any]any)
		for _, item := range items {
			dict[value(t, item.([]any)[0])] = value(t, item.([]any)[1])
		}
		return dict
	case "tuple":
		return flask.Tuple(values(t, items))
	case "float":
		f, err := strconv.ParseFloat(text("value"), 64)
		if err != nil {
			t.Fatal(err)
		}
		return f
	case "int":
		return value(t, json.Number(text("value")))
	case "bytes":
		b, err := hex.DecodeString(text("hex"))
		if err != nil {
			t.Fatal(err)
		}
		return b
	case "markup":
		return flask.Markup(text("value"))
	case "uuid":
		var u flask.UUID
		if _, err := hex.Decode(u[:], []byte(strings.ReplaceAll(text("value"), "-", ""))); err != nil {
			t.Fatal(err)
		}
		return u
	case "datetime":
		for _, layout := range []string{"2006-01-02T15:04:05.999999", time.RFC3339} {
			if at, err := time.Parse(layout, text("value")); err == nil {
				return at.UTC()
			}
		}
		t.Fatalf("no datetime: %v", v)
	case "date": // which Flask's JSON writes as a string, without a tag
		at, err := time.Parse("datetime.date(2006, 1, 2)", text("repr"))
		if err != nil {
			t.Fatal(err)
		}
		return at.Format("Mon, 02 Jan 2006 15:04:05 GMT")
	default:
		t.Fatalf("an unknown kind of value: %v", v)
	}
	return nil
}

// plain returns v with the dicts that Decode makes.
func plain(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	case flask.Tuple:
		for i := range v {
			v[i] = plain(v[i])
		}
	case map[any]any:
		dict := make(map[string]any, len(v))
		for k, e := range v {
			dict[k.(string)] = plain(e)
		}
		return dict
	}
	return v
}
