package inspect_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/inspect"
)

// Whatever people paste, the cookie in it is found: its name, its value, and which
// others there are.
func TestACookieIsFoundInWhatPeoplePaste(t *testing.T) {
	const f = flaskCookie
	jar := "#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\t" + f
	for name, tt := range map[string]struct {
		text, name string
		others     []string
	}{
		"curl -b":                     {`curl 'http://127.0.0.1/' -b 'session=` + f + `; theme=dark'`, "session", []string{"theme"}},
		"the bench's copy as curl":    {`curl -i -H 'Accept: application/json' -b 'session=` + f + `' 'http://127.0.0.1:8080/app/x/'`, "session", nil},
		"its copy of a body":          {`head -c 9 /dev/zero | curl -i -X POST -b 'session=` + f + `' -H 'Content-Type: a/b' --data-binary @- 'http://127.0.0.1/'`, "session", nil},
		"curl --cookie":               {`$ curl --cookie "session=` + f + `" http://127.0.0.1/`, "session", nil},
		"curl behind a prompt":        {"momo@lab:~$ curl -b session=" + f + " http://127.0.0.1/", "session", nil},
		"curl's short options":        {"curl -sib session=" + f + " http://127.0.0.1/", "session", nil},
		"curl -H":                     {"curl 'http://127.0.0.1/' \\\n  -H 'Accept: */*' \\\n  -H 'Cookie: theme=dark; session=" + f + "' \\\n  --compressed", "session", []string{"theme"}},
		"quotes of bash":              {`curl 'http://127.0.0.1/' -H $'cookie: a=it\'s\u0021; session=` + f + `'`, "session", []string{"a"}},
		"a quote within quotes":       {`curl -b 'a=it'\''s; session=` + f + `' 'http://127.0.0.1/'`, "session", []string{"a"}},
		"curl for cmd.exe":            {"curl ^\"http://127.0.0.1/^\" ^\n  -b ^\"session=" + f + "; theme=dark^\" ^\n  --insecure", "session", []string{"theme"}},
		"PowerShell":                  {`$session.Cookies.Add((New-Object System.Net.Cookie("session", "` + f + `", "/", "127.0.0.1")))` + "\nInvoke-WebRequest", "session", nil},
		"curl with a token":           {`curl -H 'Authorization: Bearer ` + f + `' http://127.0.0.1/`, "", nil},
		"wget":                        {`wget --header='Cookie: session=` + f + `' http://127.0.0.1/`, "session", nil},
		"HTTPie":                      {`http GET 127.0.0.1:8080/ 'Cookie:session=` + f + `'`, "session", nil},
		"a file of cookies":           {"curl -b jar.txt -H 'Cookie: session=" + f + "' http://127.0.0.1/", "session", nil},
		"fetch of Node":               {"fetch(\"http://127.0.0.1/\", {\n  \"headers\": {\n    \"accept\": \"*/*\",\n    \"cookie\": \"theme=dark; session=" + f + "\",\n  }\n});", "session", []string{"theme"}},
		"a jar's line":                {jar, "session", nil},
		"a jar":                       {"# Netscape HTTP Cookie File\n# https://curl.se/docs/http-cookies.html\n\n127.0.0.1\tFALSE\t/\tFALSE\t0\ttheme\tdark\n" + jar, "session", []string{"theme"}},
		"a jar with spaces":           {strings.ReplaceAll(jar, "\t", "   "), "session", nil},
		"name: value":                 {"session: " + f, "session", nil},
		"code":                        {`  "session": "` + f + `",`, "session", nil},
		"single quotes":               {"'" + f + "'", "", nil},
		"typographic quotes":          {"“" + f + "”", "", nil},
		"quotes around a pair":        {`"session=` + f + `";`, "session", nil},
		"a byte order mark":           {"\ufeff" + f, "", nil},
		"zero width":                  {"\u200b" + f + "\u200b\r\n", "", nil},
		"zero width behind a name":    {"session=\u200b" + f, "session", nil},
		"spaces around =":             {"session = " + f, "session", nil},
		"a row of the tools":          {"session\t" + f + "\t127.0.0.1\t/\tSession\t72\t✓\t\tLax\t\t\tMedium", "session", nil},
		"rows with a heading":         {"Name\tValue\tDomain\tPath\ntheme\tdark\t127.0.0.1\t/\nsession\t" + f + "\t127.0.0.1\t/", "session", []string{"theme"}},
		"a row with spaces":           {"session " + f + " 127.0.0.1 / Session 72", "session", nil},
		"EditThisCookie":              {`[{"domain":"127.0.0.1","name":"theme","path":"/","value":"dark"},{"domain":"127.0.0.1","hostOnly":true,"name":"session","path":"/","value":"` + f + `","id":1}]`, "session", []string{"theme"}},
		"one exported cookie":         {`{"name": "session", "value": "` + f + `", "domain": "127.0.0.1", "path": "/"}`, "session", nil},
		"Playwright":                  {`{"cookies":[{"name":"session","value":"` + f + `","domain":"127.0.0.1"}],"origins":[]}`, "session", nil},
		"Firefox, request":            {`{"Request Cookies": {"theme": "dark", "session": "` + f + `"}}`, "session", []string{"theme"}},
		"Firefox, response":           {`{"Response Cookies": {"session": {"httpOnly": true, "path": "/", "value": "` + f + `"}}}`, "session", nil},
		"Cookie Quick Manager":        {`[{"Host raw": "http://127.0.0.1/", "Name raw": "session", "Content raw": "` + f + `"}]`, "session", nil},
		"a header of the tools":       {"Cookie\ttheme=dark; session=" + f, "session", []string{"theme"}},
		"a header on two lines":       {"cookie\ntheme=dark; session=" + f, "session", []string{"theme"}},
		"a script":                    {`document.cookie = "session=` + f + `; path=/"`, "session", nil},
		"attributes":                  {"Set-Cookie: session=" + f + `; value={"a":1}; HttpOnly`, "session", nil},
		"attributes without a header": {"session=" + f + "; Path=/; comment=mine; HttpOnly", "session", nil},
		"two in one Set-Cookie":       {"set-cookie: a=b; Expires=Thu, 01 Jan 2026 00:00:00 GMT; Path=/, session=" + f + "; HttpOnly, c=d", "session", []string{"a", "c"}},
		"a whole request":             {"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\nCookie: theme=dark; session=" + f + "\r\nAccept: */*\r\n\r\n", "session", []string{"theme"}},
		"a whole response":            {"HTTP/1.1 200 OK\nContent-Type: text/html\nSet-Cookie: session=" + f + "; Path=/\nX: a=b", "session", nil},
		"an id beside a session":      {"Cookie: _ga=GA1.2.1.2; id=0123456789abcdef0123456789abcdef; session=" + f, "session", []string{"_ga", "id"}},
	} {
		r := inspect.Inspect(tt.text, inspect.Options{Now: now})
		if r.Name != tt.name || r.Value != f || r.Format != inspect.Flask || !slices.Equal(r.Others, tt.others) {
			t.Errorf("%s: %q = %q, beside %q, and is %s; want %q beside %q", name, r.Name, r.Value, r.Others, r.Format, tt.name, tt.others)
		}
		mustBeWhole(t, r)
	}
}

func TestALineOfAJarVerifies(t *testing.T) {
	value, err := inspect.Sign(inspect.Flask, `{"uname":"momo"}`, inspect.Options{Key: "k", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	r := inspect.Inspect("#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\t"+value, inspect.Options{Key: "k", Now: now})
	if r.Format != inspect.Flask || r.Signature != inspect.Valid || r.Sure != inspect.Certain {
		t.Errorf("it is %s, %s, %s; want flask, valid, certain", r.Format, r.Signature, r.Sure)
	}
}

func TestABearersTokenIsAToken(t *testing.T) {
	token, err := inspect.Sign(inspect.JWT, `{"sub":"momo"}`, inspect.Options{Key: "k", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Bearer " + token, "Authorization: Bearer " + token, "authorization: bearer " + token, "GET / HTTP/1.1\nAuthorization: Bearer " + token} {
		if r := inspect.Inspect(text, inspect.Options{Key: "k", Now: now}); r.Format != inspect.JWT || r.Signature != inspect.Valid || r.Value != token || r.Name != "" {
			t.Errorf("%q is %s, %s, named %q; want jwt, valid", text, r.Format, r.Signature, r.Name)
		}
	}
}

func TestAnAttributeIsNoCookie(t *testing.T) {
	r := inspect.Inspect(`Set-Cookie: sid=abc123; value={"a":1}`, inspect.Options{Now: now})
	if r.Name != "sid" || r.Value != "abc123" || len(r.Others) > 0 {
		t.Errorf("it is %q = %q, beside %q; want sid = abc123 alone", r.Name, r.Value, r.Others)
	}
	r = inspect.Inspect(`Set-Cookie: sid=abc123; value={"a":1}`, inspect.Options{Name: "value", Now: now})
	if r.Value != "abc123" {
		t.Errorf("an attribute that is asked for by its name is %q", r.Value)
	}
}

func TestDataThatLooksLikeAnExportIsData(t *testing.T) {
	for _, text := range []string{
		`{"a":1}`, `{"theme":"dark"}`, `{"name":"momo","value":"x"}`, `[{"name":"momo","value":"x"}]`, `{"next":"/?a=b;c=d"}`, `["a","b"]`, `{"cookies":3}`, `{"cookie": "a=b"}`, "{\n\"Set-Cookie\": \"a=b\"\n}",
	} {
		if r := inspect.Inspect(text, inspect.Options{Now: now}); r.Format != inspect.Encoded || r.Value != text || r.Name != "" {
			t.Errorf("%s is %s, %q = %q; want data", text, r.Format, r.Name, r.Value)
		}
	}
}

func TestACommandWithoutACookieHasNone(t *testing.T) {
	for _, text := range []string{"curl http://127.0.0.1/", "curl -b jar.txt http://127.0.0.1/", "curl -d 'session=abc' http://127.0.0.1/"} {
		r := inspect.Inspect(text, inspect.Options{Now: now})
		if r.Format != inspect.Empty || r.Value != "" || !noted(r, "no-cookie") {
			t.Errorf("%s: %s, %q, %v", text, r.Format, r.Value, r.Notes)
		}
	}
}

func TestTheCookieThatIsAskedForIsTaken(t *testing.T) {
	r := inspect.Inspect("curl 'http://127.0.0.1/' -b 'session="+flaskCookie+"; theme=dark'", inspect.Options{Name: "theme", Now: now})
	if r.Name != "theme" || r.Value != "dark" || !slices.Equal(r.Others, []string{"session"}) {
		t.Errorf("it is %q = %q, beside %q", r.Name, r.Value, r.Others)
	}
}

func TestOfTwoCookiesWithOneNameTheSessionIsTaken(t *testing.T) {
	for _, text := range []string{"Cookie: session=planted; session=" + flaskCookie, "Cookie: session=" + flaskCookie + "; session=planted"} {
		r := inspect.Inspect(text, inspect.Options{Now: now})
		if r.Value != flaskCookie || !noted(r, "same-name") || len(r.Others) > 0 {
			t.Errorf("%s: %q, beside %q, %v", text, r.Value, r.Others, r.Notes)
		}
	}
}

func TestPaddingBelongsToTheValue(t *testing.T) {
	for _, value := range []string{
		"eyJhIjogMX0=.ZVPxAA." + strings.Repeat("A", 27), "!AuN9H7SxRPh1scLXehXTCg==?gAWVFgAAAAAAAABdlCiMB3Nlc3Npb26UjARtb21vlGUu",
		"dmFsdWU=|1300000000|" + strings.Repeat("a", 40), strings.Repeat("a", 40) + "-uname=momo&a=b", "eyJhIjoxMTF9Cg==",
	} {
		for _, text := range []string{value, "x=" + value} {
			if r := inspect.Inspect(text, inspect.Options{Now: now}); r.Value != value {
				t.Errorf("%q: the value is %q", text, r.Value)
			}
		}
	}
	// A compressed session of Flask begins with a dot.
	if r := inspect.Inspect("session=.eJw", inspect.Options{Now: now}); r.Name != "session" {
		t.Errorf("the name is %q", r.Name)
	}
}

func TestChunksOfOneValueAreReadAsOne(t *testing.T) {
	long := `{"access_token":"` + strings.Repeat("x", 5000) + `","refresh_token":"r","expires_at":1793617200}`
	value := "base64-" + base64url(long)
	name := "sb-abcdefghijklmnop-auth-token"
	for _, text := range []string{
		"Cookie: theme=dark; " + name + ".0=" + value[:3180] + "; " + name + ".1=" + value[3180:6360] + "; " + name + ".2=" + value[6360:],
		name + ".1=" + value[3180:6360] + "; " + name + ".0=" + value[:3180] + "; " + name + ".2=" + value[6360:],
	} {
		r := inspect.Inspect(text, inspect.Options{Now: now})
		if r.Format != inspect.Supabase || r.Name != name || r.Value != value || string(r.Payload) != long || !noted(r, "chunks") || len(r.Moments) != 1 {
			t.Errorf("it is %s, %q, of %d bytes, %v", r.Format, r.Name, len(r.Value), r.Notes)
		}
		mustBeWhole(t, r)
	}
	r := inspect.Inspect(name+".1="+value[3180:6360], inspect.Options{Now: now})
	if r.Format != inspect.Supabase || r.Payload != nil || !noted(r, "chunk") {
		t.Errorf("a chunk alone is %s, %s, %v", r.Format, r.Payload, r.Notes)
	}
	protected := base64url("\x09\xf0\xc9\xf0" + strings.Repeat("k", 16) + strings.Repeat("d", 90))
	r = inspect.Inspect(".AspNetCore.Cookies=chunks-2; .AspNetCore.CookiesC1="+protected[:60]+"; .AspNetCore.CookiesC2="+protected[60:], inspect.Options{Now: now})
	if r.Format != inspect.DataProtection || r.Name != ".AspNetCore.Cookies" || r.Value != protected {
		t.Errorf("it is %s, %q = %q", r.Format, r.Name, r.Value)
	}
}

func noted(r inspect.Report, code string) bool {
	return slices.ContainsFunc(r.Notes, func(n inspect.Note) bool { return n.Code == code })
}

func FuzzPaste(f *testing.F) {
	for _, text := range []string{
		`curl 'http://127.0.0.1/' -b 'a=it'\''s; b=c' | jq .`, `curl -H $'Cookie: a=\x41\u00e9\777; b'`, "curl ^\"x^\" -b ^\"a=b^%^\"",
		"#HttpOnly_a\tFALSE\t/\tFALSE\t0\tsession\tF", "a\tb\tc\t/", `[{"name":"a","value":"b","domain":"c"}]`, `{"Response Cookies":{"a":{"value":"b"}}}`,
		"Set-Cookie: a=b; Expires=Thu, 01 Jan 2026 00:00:00 GMT, c=d; Path=/,e", "x.0=a; x.1=b; x=chunks-1; xC1=c; .0=d", "\ufeff'a: “b”'",
		`New-Object System.Net.Cookie("a", "b", "/", "c")`, "Bearer a.b.c", `a="\173\054"`,
	} {
		f.Add(text, "a")
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		r := inspect.Inspect(text, inspect.Options{Name: name, Now: now})
		mustBeWhole(t, r)
		if again := inspect.Clean(inspect.Clean(text)); again != inspect.Clean(text) {
			t.Errorf("cleaned twice, %q is %q", text, again)
		}
		if _, err := json.Marshal(r.Others); err != nil {
			t.Error(err)
		}
	})
}
