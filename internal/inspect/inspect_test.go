package inspect_test

import (
	"bytes"
	"compress/zlib"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/inspect"
)

var now = time.Date(2026, 11, 2, 10, 1, 0, 0, time.UTC)

// otherPublicKey is a key of the same sort.
func otherPublicKey(t testing.TB, key string) string {
	t.Helper()
	block, _ := pem.Decode([]byte(key))
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	var other any
	switch public.(type) {
	case *rsa.PublicKey:
		k, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		other = &k.PublicKey
	default:
		k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		other = &k.PublicKey
	}
	der, err := x509.MarshalPKIXPublicKey(other)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

const flaskCookie = "eyJ1bmFtZSI6Im1vbW8ifQ.ZVPxAA.AAAAAAAAAAAAAAAAAAAAAAAAAAA"

func TestWholeLinesAreTakenApart(t *testing.T) {
	padded := "eyJhIjoxMTF9Cg=="
	for _, tt := range []struct {
		text, name, value string
		others            []string
	}{
		{flaskCookie, "", flaskCookie, nil},
		{"  " + flaskCookie + "\n", "", flaskCookie, nil},
		{"session=" + flaskCookie, "session", flaskCookie, nil},
		{`session="` + flaskCookie + `"`, "session", flaskCookie, nil},
		{"Cookie: theme=dark; session=" + flaskCookie, "session", flaskCookie, []string{"theme"}},
		{"> cookie: session=" + flaskCookie + "; theme=dark", "session", flaskCookie, []string{"theme"}},
		{"a=1; session=" + flaskCookie, "session", flaskCookie, []string{"a"}},
		{"Set-Cookie: session=" + flaskCookie + "; Expires=Thu, 01 Jan 2026 00:00:00 GMT; HttpOnly; Path=/; SameSite=Lax", "session", flaskCookie, nil},
		{"< set-cookie: session=" + flaskCookie + "; Secure", "session", flaskCookie, nil},
		{"session=" + flaskCookie + "; Path=/; HttpOnly", "session", flaskCookie, nil},
		{"Set-Cookie: a=b\r\nSet-Cookie: session=" + flaskCookie, "session", flaskCookie, []string{"a"}},
		{padded, "", padded, nil},
		{"eyJhIjoxMTF9Cg", "", "eyJhIjoxMTF9Cg", nil},
		{"eyJhIjoxMTF9Cg==--" + strings.Repeat("a", 40), "", "eyJhIjoxMTF9Cg==--" + strings.Repeat("a", 40), nil},
		{"x=" + padded, "x", padded, nil},
		{"a=b=c", "a", "b=c", nil},
		{"a=", "a", "", nil},
		{"", "", "", nil},
		{";;;", "", ";;;", nil},
		{"=", "", "=", nil},
		{"Cookie:", "", "", nil},
	} {
		r := inspect.Inspect(tt.text, inspect.Options{Now: now})
		if r.Name != tt.name || r.Value != tt.value || !slices.Equal(r.Others, tt.others) {
			t.Errorf("Inspect(%q) = %q, %q, %q; want %q, %q, %q", tt.text, r.Name, r.Value, r.Others, tt.name, tt.value, tt.others)
		}
		mustBeWhole(t, r)
	}
	r := inspect.Inspect("a=1; session="+flaskCookie, inspect.Options{Name: "a", Now: now})
	if r.Value != "1" || r.Name != "a" {
		t.Errorf("the cookie that was asked for is %q; want 1", r.Value)
	}
}

func TestIDsAreDescribedAndNoMore(t *testing.T) {
	for _, tt := range []struct {
		name, value string
		format      inspect.Format
		variant     string
		note        string
	}{
		{"", "", inspect.Empty, "", ""},
		{"", "   ", inspect.Empty, "", ""},
		{"", "5f2c1b9e-8f0e-4c1b-9d2a-0a1b2c3d4e5f", inspect.Opaque, "uuid", "uuid-4"},
		{"", "019a4c53-1c00-7abc-8def-0123456789ab", inspect.Opaque, "uuid", "uuid-7"},
		{"", "c232ab00-9414-11ec-b3c8-9f6bdeced846", inspect.Opaque, "uuid", "uuid"},
		{"", "5f2c1b9e-8f0e-4c1b-0d2a-0a1b2c3d4e5f", inspect.Opaque, "", "id-bits"}, // of no variant of RFC 9562
		{"PHPSESSID", "el4ukv0kqbvoirg7nkp4dncpk3", inspect.Opaque, "phpsessid", "id-bits"},
		{"sid", "el4ukv0kqbvoirg7nkp4dncpk3", inspect.Opaque, "", "many-makers"},
		{"JSESSIONID", "52DA0C6A4A8E1C0C9D5B8E3F0A1B2C3D.node1", inspect.Opaque, "jsessionid", "id-bits"},
		{"ASP.NET_SessionId", "lit3py55t21z5v55vlm25s55", inspect.Opaque, "aspnet", "id-bits"},
		{"other", "lit3py55t21z5v55vlm25s55", inspect.Opaque, "", "id-bits"},
		{"sessionid", "ggqy6ck6hrgz2cg9hm8l3kf0s9k4dr2x", inspect.Opaque, "django-id", "id-bits"},
		{"session", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", inspect.Opaque, "lab-id", "id-bits"},
		{"", "42", inspect.Opaque, "", "few-bits"},
		{"", "日本", inspect.Opaque, "", "unknown"},
		{"", `{"a":1}`, inspect.Encoded, "json", "not-signed"},
		{"", "eyJhIjoxfQ==", inspect.Encoded, "base64", "maybe-elsewhere"},
		{"", "%7B%22a%22%3A1%7D", inspect.Encoded, "json", "escaped"},
		{"", "100%", inspect.Opaque, "", "unknown"},
		{"session", strings.Repeat("A", 32) + "." + strings.Repeat("A", 43), inspect.SignedID, "", "server-side"},
		{"", "s:nope", inspect.Opaque, "", "unknown"},
		{"", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.BBBB.CCCC", inspect.JWT, "encrypted", "jwe"},
	} {
		r := inspect.Inspect(tt.value, inspect.Options{Name: tt.name, Now: now})
		noted := tt.note == "" || slices.ContainsFunc(r.Notes, func(n inspect.Note) bool { return n.Code == tt.note })
		if r.Format != tt.format || r.Variant != tt.variant || !noted || r.Signature != inspect.Unchecked {
			t.Errorf("%s=%s is %s, %q, %v, %s; want %s, %q, %s", tt.name, tt.value, r.Format, r.Variant, r.Notes, r.Signature, tt.format, tt.variant, tt.note)
		}
		mustBeWhole(t, r)
	}
}

func TestTimesAreComparedWithNow(t *testing.T) {
	token := func(claims string) string {
		value, err := inspect.Sign(inspect.JWT, claims, inspect.Options{Key: "k", Now: now})
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	for _, tt := range []struct {
		claims string
		want   string
	}{
		{`{"exp":1793613659}`, "expired"}, {`{"exp":1793613660}`, "expired"}, {`{"exp":1793613661}`, ""},
		{`{"exp":1793613661,"nbf":1793613661}`, "not-yet"}, {`{"exp":1793613661,"nbf":1793613660}`, ""},
		{`{}`, "no-exp"}, {`{"exp":1e300}`, ""}, {`{"exp":-1e11}`, ""}, {`{"exp":"soon"}`, ""},
	} {
		r := inspect.Inspect(token(tt.claims), inspect.Options{Now: now})
		got := ""
		for _, n := range r.Notes {
			if n.Code == "expired" || n.Code == "not-yet" || n.Code == "no-exp" {
				got = n.Code
			}
		}
		if got != tt.want {
			t.Errorf("%s: note %q; want %q", tt.claims, got, tt.want)
		}
	}
}

func TestUUIDsThatTellTheirAgeAreRead(t *testing.T) {
	for value, want := range map[string]time.Time{
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398f": time.Date(2022, 2, 22, 19, 22, 22, 0, time.UTC), // RFC 9562, appendix A
		"c232ab00-9414-11ec-b3c8-9f6bdeced846": time.Date(2022, 2, 22, 19, 22, 22, 0, time.UTC),
	} {
		r := inspect.Inspect(value, inspect.Options{Now: now})
		if len(r.Moments) != 1 || !r.Moments[0].At.Truncate(time.Second).Equal(want) {
			t.Errorf("%s was made %v; want %v", value, r.Moments, want)
		}
	}
}

// zipped is a payload of itsdangerous that unpacks to n bytes.
func zipped(t testing.TB, text []byte) string {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return "." + base64.RawURLEncoding.EncodeToString(b.Bytes())
}

func TestHostileCookiesTakeLessThanAMebibyte(t *testing.T) {
	sig, colons := ".ZVPxAA."+strings.Repeat("A", 27), ":1xNopc:"+strings.Repeat("A", 43)
	bomb := zipped(t, append(append([]byte(`{"a":"`), bytes.Repeat([]byte("a"), 10<<20)...), `"}`...))
	just := zipped(t, append(append([]byte(`["`), bytes.Repeat([]byte("a"), inspect.MaxUnpacked-8)...), `"]`...))
	many := zipped(t, append(append([]byte(`[`), bytes.Repeat([]byte("0,"), inspect.MaxUnpacked/2-8)...), `0]`...))
	objects := zipped(t, []byte(`{"a":[`+strings.Repeat(`{"":0},`, inspect.MaxUnpacked/7-4)+`0]}`))
	var keys strings.Builder
	for i := 0; keys.Len() < inspect.MaxUnpacked/2; i++ { // as many as fit when zipped
		fmt.Fprintf(&keys, `"%x":0,`, i)
	}
	table := zipped(t, []byte("{"+keys.String()+`"session_id":0}`))
	nested := zipped(t, []byte(strings.Repeat(`{"a":`, inspect.MaxDepth)+strings.Repeat("[", 9000)))
	hexMac := "--" + strings.Repeat("a", 40)
	plainTable := base64.StdEncoding.EncodeToString([]byte("{" + keys.String()[:inspect.MaxInput/2-len(hexMac)-16] + `0":0}`))
	ruby := base64.StdEncoding.EncodeToString([]byte("\x04\x08[\x02\xff\x2f" + strings.Repeat("[\x00", 6000)))
	for name, value := range map[string]string{
		"flask bomb": bomb + sig, "django bomb": bomb + colons, "flask full": just + sig, "flask list": many + sig, "django list": many + colons,
		"rack bomb": strings.TrimPrefix(bomb, ".") + "--" + strings.Repeat("a", 40), "marshal": ruby + "--" + strings.Repeat("a", 40),
		"flask objects": objects + sig, "django objects": objects + colons, "rack objects": strings.TrimPrefix(objects, ".") + hexMac, "flask nested": nested + sig,
		"flask keys": table + sig, "rack keys": strings.TrimPrefix(table, ".") + hexMac, "rails keys": plainTable + hexMac,
		"jwt keys":        "eyJhbGciOiJIUzI1NiJ9." + base64.RawURLEncoding.EncodeToString([]byte("{"+keys.String()[:9000]+`0":0}`)) + ".AAAA",
		"marshal deep":    base64.StdEncoding.EncodeToString([]byte("\x04\x08"+strings.Repeat("[\x06", 5000))) + "--" + strings.Repeat("a", 40),
		"php deep":        `a:1:{s:10:"session_id";` + strings.Repeat("a:1:{i:0;", 1500) + "}" + strings.Repeat("a", 40),
		"php wide":        `a:2000:{s:10:"session_id";N;` + strings.Repeat("i:1;N;", 2000) + "}" + strings.Repeat("a", 40),
		"term deep":       "SFMyNTY." + base64.RawURLEncoding.EncodeToString([]byte("\x83"+strings.Repeat("l\x00\x00\x00\x01", 2000))) + "." + strings.Repeat("A", 43),
		"term long":       "SFMyNTY." + base64.RawURLEncoding.EncodeToString([]byte("\x83l\xff\xff\xff\xff")) + "." + strings.Repeat("A", 43),
		"curl headers":    "curl " + strings.Repeat("-H 'Cookie: a=b; c=d' ", 700),
		"curl quotes":     "curl " + strings.Repeat(`$'\x41'"\""`, 1500) + " -b a=b",
		"powershell":      strings.Repeat(`System.Net.Cookie("a","b")`, 600),
		"export":          "[" + strings.Repeat(`{"name":"a","value":"b","domain":"c"},`, 420) + "0]",
		"exported":        "[" + strings.Repeat(`{"name":"a","value":"b","domain":"c"},`, 420) + `{}]`,
		"jar":             strings.Repeat("a\tTRUE\t/\tTRUE\t0\tb\tc\n", 900),
		"set-cookies":     "Set-Cookie: " + strings.Repeat("a=b; Path=/, ", 1200),
		"commas":          "Set-Cookie: a=b; Path=" + strings.Repeat(",", 16000),
		"chunks":          strings.Repeat("a.0=b; a=chunks-9; aC1=x; ", 600),
		"escapes":         strings.Repeat("%41", 5000),
		"dots":            strings.Repeat(".", 16<<10),
		"many cookies":    strings.Repeat("a=b;", 4<<10),
		"long":            strings.Repeat("x", 1<<20),
		"deep":            strings.Repeat("[", 8000) + strings.Repeat("]", 8000),
		"jwt of brackets": base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"x","a":`+strings.Repeat("[", 3000)+strings.Repeat("]", 3000)+`}`)) + ".e30.AAAA",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := inspect.Inspect(value, inspect.Options{Key: "k", Now: now})
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
			t.Errorf("%s (%d bytes, seen as %s) took %d bytes; want at most a MiB", name, len(value), r.Format, n)
		}
		if strings.HasSuffix(name, "bomb") && (r.Payload != nil || !slices.ContainsFunc(r.Notes, func(n inspect.Note) bool { return n.Code == "too-big" })) {
			t.Errorf("%s: payload of %d bytes, notes %v", name, len(r.Payload), r.Notes)
		}
		mustBeWhole(t, r)
	}
}

func FuzzInspect(f *testing.F) {
	for _, s := range samples(f) {
		f.Add(s.Value, s.Cookie, s.Key)
	}
	f.Add("Cookie: a=%zz; b", "", "hex:00")
	f.Fuzz(func(t *testing.T, text, name, key string) {
		r := inspect.Inspect(text, inspect.Options{Name: name, Key: key, Key2: key, Now: now})
		mustBeWhole(t, r)
		if r.Payload != nil {
			parsed(t, r.Payload)
		}
		if r.Signature == "" || r.Format == "" {
			t.Errorf("Inspect(%q) = %q, %q", text, r.Format, r.Signature)
		}
		if key == "" && r.Signature != inspect.Unchecked {
			t.Errorf("Inspect(%q) without a key = %s", text, r.Signature)
		}
	})
}
