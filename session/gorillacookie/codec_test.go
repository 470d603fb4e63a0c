package gorillacookie_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/gorillacookie"
)

// golden is what gorilla/securecookie 1.1.2 did.
type golden struct {
	Encode []struct {
		ID, Name, Cookie, Timestamp string
		HashKey                     string `json:"hash_key"`
		BlockKey                    string `json:"block_key"`
		Value                       map[string]any
	}
	Decode []struct {
		ID, Name, Cookie, Error string
		OK                      bool
		Value                   map[string]any
	}
}

func readGolden(t testing.TB) (g golden) {
	t.Helper()
	data, err := os.ReadFile("testdata/securecookie_golden.json")
	if err == nil {
		err = json.Unmarshal(data, &g)
	}
	if err != nil || len(g.Encode) == 0 || len(g.Decode) == 0 {
		t.Fatalf("golden data: %v, %d and %d rows", err, len(g.Encode), len(g.Decode))
	}
	return g
}

// bytesOf is a key of the golden data; "" is none.
func bytesOf(key string) []byte {
	if key == "" {
		return nil
	}
	return []byte(key)
}

// decode opens a value that is a minute old at most.
func decode(c *gorillacookie.Codec, name, value string, now time.Time) (map[string]any, error) {
	carried, err := c.Open(name, value, now, time.Minute)
	values := make(map[any]any)
	if err == nil {
		err = c.Unmarshal(carried.JSON, values)
	}
	if err != nil {
		return nil, err
	}
	return plain(values), nil
}

func plain(values map[any]any) map[string]any {
	made := make(map[string]any)
	for k, v := range values {
		made[k.(string)] = v
	}
	return made
}

func TestValuesOfSecurecookieAreRead(t *testing.T) {
	for _, row := range readGolden(t).Encode {
		t.Run(row.ID, func(t *testing.T) {
			c, err := gorillacookie.FromKeys(bytesOf(row.HashKey), bytesOf(row.BlockKey))
			if err != nil {
				t.Fatal(err)
			}
			seconds, _ := strconv.ParseInt(row.Timestamp, 10, 64)
			got, err := decode(c, row.Name, row.Cookie, time.Unix(seconds, 0))
			if err != nil || !reflect.DeepEqual(got, row.Value) {
				t.Errorf("Open = %v, %v; want %v", got, err, row.Value)
			}
			if row.BlockKey != "" {
				return
			}
			values := make(map[any]any)
			for k, v := range row.Value {
				values[k] = v
			}
			b, err := c.Marshal(values)
			if err != nil {
				t.Fatal(err)
			}
			if cookie, err := c.Seal(row.Name, b, time.Unix(seconds, 0)); cookie != row.Cookie || err != nil {
				t.Errorf("Seal = %q, %v; want %q", cookie, err, row.Cookie)
			}
		})
	}
}

func TestValuesAreBelievedAsBySecurecookie(t *testing.T) {
	g := readGolden(t)
	keys := g.Encode[1]
	c, err := gorillacookie.FromKeys(bytesOf(keys.HashKey), bytesOf(keys.BlockKey))
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[string]string{
		"flipped": session.ReasonSignature, "empty": session.ReasonMalformed,
		"no-padding": session.ReasonMalformed, "signed-only-given": session.ReasonPayload,
	}
	for _, row := range g.Decode {
		t.Run(row.ID, func(t *testing.T) {
			got, err := decode(c, row.Name, row.Cookie, time.Unix(1795376190, 0))
			var refused *session.CookieError
			switch {
			case row.OK:
				if err != nil || !reflect.DeepEqual(got, row.Value) {
					t.Errorf("Open = %v, %v; want %v", got, err, row.Value)
				}
			case !errors.As(err, &refused) || refused.Reason != reasons[row.ID]:
				t.Errorf("Open = %v, %v; want an error for %q", got, err, reasons[row.ID])
			}
		})
	}
}

var (
	oldSecret = []byte("the secret of last year")
	newSecret = []byte("the secret of this year")
	now       = time.Unix(1700000000, 0)
)

func newCodec(t testing.TB, secrets ...[]byte) *gorillacookie.Codec {
	t.Helper()
	c, err := gorillacookie.New(secrets...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func seal(t testing.TB, c *gorillacookie.Codec, json string) string {
	t.Helper()
	value, err := c.Seal("session", []byte(json), now)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestGorillaReadsWhatIsSealed(t *testing.T) {
	value := seal(t, newCodec(t, newSecret), `{"uname":"momo"}`)
	auth, encryption, err := gorillacookie.DeriveKeys(newSecret)
	if err != nil {
		t.Fatal(err)
	}
	theirs := securecookie.New(auth, encryption).MaxAge(0).SetSerializer(securecookie.JSONEncoder{})
	var got map[string]any
	if err := theirs.Decode("session", value, &got); err != nil || got["uname"] != "momo" {
		t.Errorf("securecookie reads %v, %v; want momo", got, err)
	}
	value, err = theirs.Encode("session", got)
	if err != nil {
		t.Fatal(err)
	}
	if back, err := decode(newCodec(t, newSecret), "session", value, time.Now()); err != nil || !reflect.DeepEqual(back, got) {
		t.Errorf("Open of securecookie's = %v, %v; want %v", back, err, got)
	}
}

func TestOlderKeysReadAndTheNewestWrites(t *testing.T) {
	value := seal(t, newCodec(t, oldSecret), `{"n":1}`)
	both := newCodec(t, newSecret, oldSecret)
	if carried, err := both.Open("session", value, now, 0); err != nil || carried.Key != 1 || string(carried.JSON) != `{"n":1}` || !carried.Stamp.Equal(now) {
		t.Errorf("Open = %+v, %v; want n, by key 1", carried, err)
	}
	if carried, err := both.Open("session", seal(t, both, `{}`), now, 0); err != nil || carried.Key != 0 {
		t.Errorf("Open of a new one = %+v, %v; want key 0", carried, err)
	}
	refused(t, newCodec(t, newSecret), "session", value, now, session.ReasonSignature)
}

func refused(t *testing.T, c *gorillacookie.Codec, name, value string, at time.Time, want string) {
	t.Helper()
	carried, err := c.Open(name, value, at, time.Hour)
	var refused *session.CookieError
	if !errors.As(err, &refused) || refused.Reason != want {
		t.Errorf("Open(%q) = %+v, %v; want an error for %q", value, carried, err, want)
	}
	if carried.JSON != nil {
		t.Errorf("Open(%q) refuses and tells %q", value, carried.JSON)
	}
}

func TestRefusals(t *testing.T) {
	c := newCodec(t, newSecret)
	value := seal(t, c, `{"n":1}`)
	refused(t, c, "another", value, now, session.ReasonSignature)
	refused(t, c, "session", value, now.Add(-time.Second), session.ReasonFuture)
	refused(t, c, "session", value, now.Add(time.Hour+time.Second), session.ReasonLifetime)
	if _, err := c.Open("session", value, now.Add(time.Hour), time.Hour); err != nil {
		t.Errorf("at the age of the lifetime: %v; want it opened", err)
	}
	refused(t, c, "session", strings.Repeat("A", 5000), now, session.ReasonMalformed)
	auth, _, _ := gorillacookie.DeriveKeys(newSecret)
	garbage, err := securecookie.New(auth, nil).SetSerializer(securecookie.NopEncoder{}).Encode("session", []byte("short"))
	if err != nil {
		t.Fatal(err)
	}
	refused(t, c, "session", garbage, time.Now(), session.ReasonPayload)
}

func TestTooLongIsRefusedWhenWritten(t *testing.T) {
	c := newCodec(t, newSecret)
	if _, err := c.Seal("session", make([]byte, 3000), now); !errors.Is(err, session.ErrTooLarge) {
		t.Errorf("Seal = %v; want ErrTooLarge", err)
	}
	if value, err := c.Seal("session", make([]byte, 2200), now); err != nil || len(value) > 4096 {
		t.Errorf("Seal = %d bytes, %v", len(value), err)
	}
}

func TestSealLeavesTheJSONAsItIs(t *testing.T) {
	json := append(make([]byte, 0, 100), `{"n":1}`...)
	if _, err := newCodec(t, newSecret).Seal("session", json, now); err != nil || string(json[:8]) != `{"n":1}`+"\x00" {
		t.Errorf("json = %q, %v", json[:8], err)
	}
}

func TestCutTellsWhatNeedsNoKey(t *testing.T) {
	c := newCodec(t, newSecret)
	value := seal(t, c, `{"n":1}`)
	p, err := gorillacookie.Cut(value)
	if err != nil || !p.Stamp.Equal(now) || len(p.IV) != 16 || len(p.Ciphertext) != len(`{"n":1}`)+1 || len(p.MAC) != 32 {
		t.Errorf("Cut = %+v, %v", p, err)
	}
	if peeked := c.Peek(value); peeked.JSON != nil || !peeked.Stamp.Equal(now) {
		t.Errorf("Peek = %+v; want the stamp alone", peeked)
	}
	for _, bad := range []string{"", "x", "MTI=", "\x00"} {
		if p, err := gorillacookie.Cut(bad); err == nil {
			t.Errorf("Cut(%q) = %+v; want an error", bad, p)
		}
	}
}

func TestKeysThatCannotBe(t *testing.T) {
	if c, err := gorillacookie.New(); err == nil {
		t.Errorf("New without a secret = %v", c)
	}
	if c, err := gorillacookie.New([]byte{}); err == nil {
		t.Errorf("New with an empty secret = %v", c)
	}
	if c, err := gorillacookie.FromKeys(make([]byte, 32), make([]byte, 5)); err == nil {
		t.Errorf("FromKeys with 5 bytes for AES = %v", c)
	}
	if c, err := gorillacookie.FromKeys([]byte(nil)); err == nil {
		t.Errorf("FromKeys with a nil key = %v", c)
	}
}

func TestDerivedKeysDiffer(t *testing.T) {
	auth, encryption, err := gorillacookie.DeriveKeys(newSecret)
	other, _, _ := gorillacookie.DeriveKeys(oldSecret)
	if err != nil || len(auth) != 32 || len(encryption) != 32 || bytes.Equal(auth, encryption) || bytes.Equal(auth, other) {
		t.Errorf("DeriveKeys = %x, %x, %v; and %x", auth, encryption, err, other)
	}
}

func TestStoreTellsOfValuesThatAreTooLarge(t *testing.T) {
	store := gorillacookie.NewStore([][]byte{newSecret}, session.DefaultCookieOptions())
	w := httptest.NewRecorder()
	var told []session.TooLongInfo
	ctx := session.WithTrace(t.Context(), &session.Trace{CookieTooLong: func(i session.TooLongInfo) { told = append(told, i) }})
	err := store.Update(w, httptest.NewRequestWithContext(ctx, "GET", "/", nil), "session", func(s *sessions.Session) error {
		session.Set(s, "essay", strings.Repeat("x", 4000))
		return nil
	})
	var large *session.CookieTooLargeError
	if !errors.As(err, &large) || large.Value <= 4096 || large.Limit != 4096 || w.Header()["Set-Cookie"] != nil {
		t.Errorf("Update = %v, Set-Cookie %q; want a CookieTooLargeError and none", err, w.Header()["Set-Cookie"])
	}
	if len(told) != 1 || told[0].Value != large.Value || told[0].Line != 0 {
		t.Errorf("the trace is told %+v; want the size, and no line", told)
	}
}

func FuzzOpen(f *testing.F) {
	c := newCodec(f, newSecret, oldSecret)
	f.Add(seal(f, c, `{"n":1}`))
	for _, row := range readGolden(f).Decode {
		f.Add(row.Cookie)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if _, err := c.Open("session", value, now, time.Hour); err != nil {
			var refused *session.CookieError
			if !errors.As(err, &refused) || refused.Reason == "" {
				t.Errorf("Open(%q) = %v; want a *CookieError", value, err)
			}
		}
		c.Peek(value)
	})
}

func BenchmarkCodec(b *testing.B) {
	c := newCodec(b, newSecret)
	json := []byte(`{"_permanent":true,"pwd":"123","uname":"momo"}`)
	value := seal(b, c, string(json))
	b.Run("Seal", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := c.Seal("session", json, now); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Open", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := c.Open("session", value, now, 0); err != nil {
				b.Fatal(err)
			}
		}
	})
}
