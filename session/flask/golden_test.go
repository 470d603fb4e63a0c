package flask_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/flask"
)

// golden is what real Flask 3.1.3 did.
type golden struct {
	Codec []struct {
		ID         string
		Keys       []string
		Now        int64
		Value      any
		Cookie     string
		Compressed bool
		JSON       string
		After      any `json:"value_after_load"`
	}
	Decode []struct {
		ID     string
		Keys   []string
		Now    int64
		MaxAge int64 `json:"max_age"`
		Cookie string
		OK     bool
		Error  string
		Value  any
		Flask  struct {
			Status    int
			Body      string
			SetCookie []string `json:"set_cookie"`
			Vary      string
		}
	}
	CookieHeader []struct {
		ID           string
		CookieHeader string `json:"cookie_header"`
		Uname        string
		Status       int
		SetCookie    []string `json:"set_cookie"`
	} `json:"cookie_header"`
	Scenarios []scenario
}

func readGolden(t testing.TB) golden {
	t.Helper()
	file, err := os.Open("testdata/flask_golden.json")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var g golden
	dec := json.NewDecoder(file)
	dec.UseNumber()
	if err := dec.Decode(&g); err != nil {
		t.Fatal(err)
	}
	if len(g.Codec) == 0 || len(g.Decode) == 0 || len(g.CookieHeader) == 0 || len(g.Scenarios) == 0 {
		t.Fatal("a part of the golden data is empty")
	}
	return g
}

func codec(keys []string, now, maxAge int64) flask.Codec {
	c := flask.Codec{MaxAge: time.Duration(maxAge) * time.Second, Now: func() time.Time { return time.Unix(now, 999e6) }}
	for _, key := range keys {
		c.Keys = append(c.Keys, []byte(key))
	}
	return c
}

func TestCookiesAreThoseOfFlask(t *testing.T) {
	for _, row := range readGolden(t).Codec {
		t.Run(row.ID, func(t *testing.T) {
			c := codec(row.Keys, row.Now, 0)
			dict := make(map[string]any)
			for k, v := range value(t, row.Value).(map[any]any) {
				dict[k.(string)] = v
			}
			got, err := c.Encode(dict)
			if err != nil {
				t.Fatal(err)
			}
			if compressed := strings.HasPrefix(got, "."); compressed != row.Compressed {
				t.Errorf("compressed = %v; want %v", compressed, row.Compressed)
			}
			if got != row.Cookie {
				t.Errorf("Encode = %q; want %q", got, row.Cookie)
			}
			if json := string(flask.NewSerializer().Peek(got).JSON); json != row.JSON {
				t.Errorf("JSON = %q; want %q", json, row.JSON)
			}
			want := plain(value(t, row.After))
			for _, cookie := range []string{got, row.Cookie} {
				if after, err := c.Decode(cookie); err != nil || !equal(after, want) {
					t.Errorf("Decode(%q) = %#v, %v; want %#v", cookie, after, err, want)
				}
			}
		})
	}
}

func TestCookiesAreBelievedAsByFlask(t *testing.T) {
	reasons := map[string][]string{
		"BadSignature":     {session.ReasonUnsigned, session.ReasonSignature},
		"BadTimeSignature": {session.ReasonSignature, session.ReasonStamp},
		"SignatureExpired": {session.ReasonLifetime, session.ReasonFuture},
		"OverflowError":    {session.ReasonFuture},
		"BadPayload":       {session.ReasonPayload},
		"":                 {session.ReasonPayload}, // it loads, but not as a dict
	}
	for _, row := range readGolden(t).Decode {
		t.Run(row.ID, func(t *testing.T) {
			got, err := codec(row.Keys, row.Now, row.MaxAge).Decode(row.Cookie)
			if want, ok := plain(value(t, row.Value)).(map[string]any); row.OK && ok {
				if err != nil || !equal(got, want) {
					t.Errorf("Decode(%q) = %#v, %v; want %#v", row.Cookie, got, err, want)
				}
				return
			}
			var refused *session.CookieError
			if !errors.As(err, &refused) || !slices.Contains(reasons[row.Error], refused.Reason) {
				t.Errorf("Decode(%q) = %v, %v; want an error for one of %q", row.Cookie, got, err, reasons[row.Error])
			}
		})
	}
}
