package handlers_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/securecookie"

	"github.com/sessionlab/sessionlab/internal/inspect"
)

// inspectedJSON is what the inspector answers.
type inspectedJSON struct {
	Format, Variant, Name, Signature, Signed, Confidence string

	Others []string

	Parts []struct {
		Kind, Text, Decoded string
		Start, End          int
	}
	Payload  any
	SignedAt *string `json:"signed_at"`
	Notes    []struct{ Code, Message string }
}

// recordedCookies are those that real libraries made.
func recordedCookies(t *testing.T) (all []struct{ Name, Cookie, Value, Key, Block, Salt, Format string }) {
	t.Helper()
	files, err := filepath.Glob("../internal/inspect/testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, file := range files {
		var recorded struct {
			Samples []struct{ Name, Cookie, Value, Key, Block, Salt, Format string }
		}
		if err := json.Unmarshal(must(os.ReadFile(file))(t), &recorded); err != nil {
			t.Fatal(err)
		}
		all = append(all, recorded.Samples...)
	}
	return all
}

func TestTheInspectorNamesCutsAndVerifies(t *testing.T) {
	s := newSite(t)
	c := s.curl()
	c.Jar = nil // no seat is needed
	for _, cookie := range recordedCookies(t) {
		if cookie.Key == "" {
			continue
		}
		for key, want := range map[string]string{"": "unchecked", cookie.Key: "valid"} {
			var got inspectedJSON
			c.Post("/en/inspect", "cookie", cookie.Value, "key", key, "name", cookie.Cookie, "salt", cookie.Salt, "key2", cookie.Block).Want(200).JSON(&got)
			if got.Signature != want || key != "" && got.Format != cookie.Format {
				t.Errorf("%s: %s, %s; want %s, %s", cookie.Name, got.Format, got.Signature, cookie.Format, want)
			}
			if key != "" && got.Payload == nil {
				t.Errorf("%s: nothing was read", cookie.Name)
			}
			all := ""
			for _, p := range got.Parts {
				all += p.Text
			}
			if all != cookie.Value {
				t.Errorf("%s: the parts make %q; want %q", cookie.Name, all, cookie.Value)
			}
		}
	}
}

func TestTheInspectorsAnswerHasTheFieldsThatWerePromised(t *testing.T) {
	s := newSite(t)
	var got map[string]json.RawMessage
	s.curl().Post("/zh/inspect", "cookie", "anything").Want(200).JSON(&got)
	for _, name := range []string{"format", "parts", "payload", "signed_at", "signature"} {
		if _, ok := got[name]; !ok {
			t.Errorf("there is no %q in %v", name, got)
		}
	}
	if string(got["payload"]) != "null" || string(got["signed_at"]) != "null" || string(got["format"]) != `"opaque"` {
		t.Errorf("an id is %s, %s, %s", got["format"], got["payload"], got["signed_at"])
	}
	for _, bad := range [][]string{{}, {"key", "k"}, {"cookie", strings.Repeat("x", inspect.MaxInput+1)}, {"cookie", "a", "key", strings.Repeat("k", 5000)}, {"example", "nonsense"}} {
		s.curl().Post("/en/inspect", bad...).Want(400)
	}
	s.curl().With("Sec-Fetch-Site", "cross-site").Post("/en/inspect", "cookie", "a").Want(403)
	s.curl().Do("PUT", "/en/inspect", "").Want(405)
}

var (
	payloadField = regexp.MustCompile(`(?s)<textarea id="payload"[^>]*>(.*?)</textarea>`)
	madeCookie   = regexp.MustCompile(`(?s)<code class="raw"[^>]*>([^<]*)</code>\s*<form`)
)

// What the page offers to sign is signed as it is, whether or not it can be read.
func TestThePayloadThatThePageOffersCanBeSigned(t *testing.T) {
	s := newSite(t)
	sealed := must(securecookie.New([]byte("hash"), bytes.Repeat([]byte("b"), 32)).Encode("shop", "x"))(t)
	for _, fields := range [][]string{
		{"example", "rails-signed", "sign", "rails-signed"}, {"example", "rack", "sign", "rack"}, {"example", "gorilla", "sign", "gorilla"}, {"example", "flask", "sign", "flask"},
		{"cookie", "Cookie: a=b; shop=" + sealed, "key", "hash", "sign", "gorilla"},
	} {
		b := s.Browser(t)
		offered := payloadField.FindStringSubmatch(b.Post("/en/inspect", fields[:len(fields)-2]...).Want(200).Body)
		if offered == nil {
			t.Errorf("%v: the page has no payload", fields)
			continue
		}
		page := b.Post("/en/inspect", append(fields, "payload", strings.ReplaceAll(html.UnescapeString(offered[1]), "\n", "\r\n"))...).Want(200).Body
		if made := madeCookie.FindStringSubmatch(page); made == nil || made[1] == "" {
			t.Errorf("%v: the page shows no cookie", fields)
		}
	}
}

func TestAForgedCookieIsTakenByItsKey(t *testing.T) {
	s := newSite(t)
	for _, format := range inspect.Signable {
		payload := `{"uname":"mallory"}`
		if format == inspect.SignedID {
			payload = `"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"`
		}
		name := ""
		if format == inspect.Rack {
			name = "rack.session" // which alone distinguishes Rack's from those of Rails
		}
		var made, seen inspectedJSON
		s.curl().Post("/en/inspect", "cookie", "x", "key", "the key", "name", name, "sign", string(format), "payload", payload).Want(200).JSON(&made)
		s.curl().Post("/en/inspect", "cookie", made.Signed, "key", "the key", "name", name).Want(200).JSON(&seen)
		if seen.Format != string(format) || seen.Signature != "valid" {
			t.Errorf("%s: %q is %s, %s", format, made.Signed, seen.Format, seen.Signature)
		}
	}
	for code, fields := range map[string][]string{
		"no_key":      {"cookie", "x", "sign", "flask", "payload", "{}"},
		"bad_payload": {"cookie", "x", "sign", "flask", "payload", "nonsense", "key", "k"},
		"cannot":      {"cookie", "x", "sign", "rails-encrypted", "payload", "{}", "key", "k"},
		"as_it_is":    {"example", "rack", "sign", "rack", "payload", "{}"},
		"block_key":   {"cookie", "x", "sign", "gorilla", "payload", "{}", "key", "k", "key2", "short"},
	} {
		var got struct {
			Error struct{ Code, Message string }
		}
		if s.curl().Post("/en/inspect", fields...).Want(422).JSON(&got); got.Error.Code != code || got.Error.Message == "" {
			t.Errorf("%v is refused with %+v; want %s", fields, got.Error, code)
		}
		page := s.Browser(t).Post("/en/inspect", fields...).Want(422)
		if !strings.Contains(page.Body, `role="alert"`) || !strings.HasSuffix(strings.TrimSpace(page.Body), "</html>") {
			t.Errorf("%v: the page does not say why", fields)
		}
	}
}

// pastedTexts are texts with two cookies, each from another source.
func pastedTexts(value string) map[string]string {
	return map[string]string{
		"a command": "curl 'http://127.0.0.1/' \\\n  -b 'theme=dark; session=" + value + "'",
		"a jar":     "127.0.0.1\tFALSE\t/\tFALSE\t0\ttheme\tdark\n#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\t" + value,
		"an export": `[{"domain":"127.0.0.1","name":"theme","value":"dark"},{"domain":"127.0.0.1","name":"session","value":"` + value + `"}]`,
		"a header":  "\ufeffCookie: theme=dark; session=" + value,
	}
}

func TestTheJSONNamesTheOtherCookiesAndHowSureItIs(t *testing.T) {
	s := newSite(t)
	value := must(inspect.Sign(inspect.Flask, `{"uname":"momo"}`, inspect.Options{Key: "k", Now: time.Unix(1793613600, 0)}))(t)
	for source, text := range pastedTexts(value) {
		for key, want := range map[string]string{"": "likely", "k": "certain"} {
			var got inspectedJSON
			s.curl().Post("/en/inspect", "cookie", text, "key", key).Want(200).JSON(&got)
			if got.Name != "session" || got.Format != "flask" || got.Confidence != want || !slices.Equal(got.Others, []string{"theme"}) {
				t.Errorf("%s with key %q is %+v", source, key, got)
			}
		}
	}
	var got inspectedJSON
	s.curl().Post("/en/inspect", "cookie", "a b."+strings.Repeat("A", 27)).Want(200).JSON(&got)
	if got.Format != "opaque" || got.Confidence != "none" || got.Others == nil || len(got.Others) > 0 {
		t.Errorf("what no cookie can hold is %+v", got)
	}
}

var (
	otherForm    = regexp.MustCompile(`(?s)<form[^>]*aria-labelledby="others">(.*?)</form>`)
	hiddenFields = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="([^"]*)">`)
	otherButton  = regexp.MustCompile(`<button [^>]*name="name" value="([^"]*)">`)
)

// Without scripts a button sends its form as it stands on the page.
func TestThePageOffersTheOtherCookies(t *testing.T) {
	s := newSite(t)
	value := must(inspect.Sign(inspect.Flask, `{"uname":"momo"}`, inspect.Options{Key: "k", Now: time.Unix(1793613600, 0)}))(t)
	for lang, want := range map[string][3]string{
		"en": {"Certain: the key fits.", "Other cookies in what you pasted:", "Not recognised"},
		"zh": {"可以确定：密钥相符。", "粘贴的内容里还有这些 Cookie：", "无法识别"},
	} {
		for source, text := range pastedTexts(value) {
			b := s.Browser(t)
			page := b.Post("/"+lang+"/inspect", "cookie", text, "key", "k").Want(200).Body
			form := otherForm.FindStringSubmatch(page)
			if form == nil || !strings.Contains(page, want[0]) || !strings.Contains(page, want[1]) {
				t.Errorf("%s, %s: the page does not offer the other cookie, or not say how sure it is", lang, source)
				continue
			}
			var fields []string
			for _, m := range hiddenFields.FindAllStringSubmatch(form[1], -1) {
				fields = append(fields, m[1], strings.ReplaceAll(html.UnescapeString(m[2]), "\n", "\r\n"))
			}
			button := otherButton.FindStringSubmatch(form[1])
			page = b.Post("/"+lang+"/inspect", append(fields, "name", button[1])...).Want(200).Body
			if !strings.Contains(page, "<code>theme</code>") || !strings.Contains(page, `>dark<`) || !strings.Contains(page, `value="session"`) {
				t.Errorf("%s, %s: choosing %q does not show it", lang, source, button[1])
			}
		}
		if page := s.Browser(t).Post("/"+lang+"/inspect", "cookie", "a b."+strings.Repeat("A", 27)).Want(200).Body; !strings.Contains(page, want[2]) {
			t.Errorf("%s: what nobody makes is not said to be unknown", lang)
		}
	}
}

// messageID is what a message shows as that is missing.
var messageID = regexp.MustCompile(`>\s*(inspect|flow|error)\.[a-z][\w.-]+|\{[A-Z][a-z]+\}`)

// unseen yields each tag of a page with what follows it up to the next, except those that
// were seen before: most are the same on hundreds of pages.
func unseen(seen map[string]bool, body string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for part := range strings.SplitSeq(body, "<") {
			if seen[part] {
				continue
			}
			seen[part] = true
			if !yield("<" + part + "<") {
				return
			}
		}
	}
}

func TestTheInspectorsPagesAreWhole(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	seen := make(map[string]bool)
	for _, lang := range []string{"en", "zh"} {
		path := "/" + lang + "/inspect"
		bodies := []string{s.Browser(t).Get(path).Want(200).Body}
		for _, id := range inspect.ExampleIDs() {
			bodies = append(bodies, s.Browser(t).Post(path, "example", id).Want(200).Body)
		}
		for _, cookie := range recordedCookies(t) {
			bodies = append(bodies,
				s.Browser(t).Post(path, "cookie", cookie.Value).Want(200).Body,
				s.Browser(t).Post(path, "cookie", cookie.Value, "key", "wrong").Want(200).Body,
				s.Browser(t).Post(path, "cookie", cookie.Value, "key", cookie.Key, "name", cookie.Cookie, "salt", cookie.Salt, "sign", "flask", "payload", `{"a":1}`).Body)
		}
		for _, value := range append(hostile, "5f2c1b9e-8f0e-4c1b-9d2a-0a1b2c3d4e5f", "a=1; b=2", `{"a":1}`, "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.BBBB.CCCC") {
			if a := s.Browser(t).Post(path, "cookie", value); a.Status == 200 {
				bodies = append(bodies, a.Body)
			} else if a.Status != 400 {
				t.Errorf("%q is answered %d", value, a.Status)
			}
		}
		for _, body := range bodies {
			if !strings.HasSuffix(strings.TrimSpace(body), "</html>") || strings.Contains(body, "<script>alert") {
				t.Errorf("%s is not whole: %.300s", path, body)
			}
			for part := range unseen(seen, body) {
				if found := inline.FindString(strings.ReplaceAll(part, "javascript:", "")); found != "" {
					t.Errorf("%s has %q", path, found)
				}
				if found := messageID.FindString(part); found != "" {
					t.Errorf("%s shows %q", path, found)
				}
			}
		}
	}
}

func TestACookieInAnAddressIsNotLookedAt(t *testing.T) {
	s := newSite(t)
	a := s.Browser(t).Get("/en/inspect?cookie=canary.cookie&key=canary-key&sign=flask&payload=canary&example=flask").Want(200)
	if strings.Contains(a.Body, "canary") || strings.Contains(a.Body, `id="result"`) {
		t.Error("a cookie of the query is on the page")
	}
	a = s.Browser(t).Post("/en/inspect?cookie=canary").Want(400)
	if strings.Contains(a.Body, "canary") {
		t.Error("a cookie of the query is in the answer")
	}
}

func TestWhatIsPastedIsNeitherLoggedNorStored(t *testing.T) {
	s := newSite(t)
	b := s.Browser(t)
	fields := []string{"cookie", "canary-name=canary-cookie", "key", "canary-key", "salt", "canary-salt", "key2", "canary-second", "name", "canary-name"}
	b.Post("/en/inspect", fields...).Want(200)
	b.Post("/en/inspect", append(fields, "sign", "flask", "payload", `{"a":"canary-payload"}`)...).Want(200)
	b.Post("/en/inspect", append(fields, "sign", "flask", "payload", "canary-nonsense")...).Want(422)
	s.curl().Post("/en/inspect", fields...).Want(200)
	s.curl().Post("/en/inspect", "cookie", "canary"+strings.Repeat("x", 20<<10)).Want(400)
	s.log.MustLack(t, "canary")
	for _, file := range must(filepath.Glob(s.file + "*"))(t) {
		if strings.Contains(string(must(os.ReadFile(file))(t)), "canary") {
			t.Errorf("%s holds what was pasted", filepath.Base(file))
		}
	}
	for _, table := range []string{"benches", "sessions"} {
		if n := s.count(table); n != 0 {
			t.Errorf("there are %d %s", n, table)
		}
	}
	u := must(url.Parse(s.URL))(t)
	if cookies := b.Jar.Cookies(u); len(cookies) != 0 {
		t.Errorf("the inspector set cookies %v", cookies)
	}
}

func TestTheInspectorOpensWhatABenchMade(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	for mechanism, format := range map[string]string{"server": "signed-id", "flask": "flask", "gorilla": "gorilla"} {
		l.set("secret_key", "the bench's key", "mechanism", mechanism)
		c := s.curl()
		c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		var got inspectedJSON
		s.curl().Post("/en/inspect", "cookie", "session="+sessionCookie(c, l.app), "key", "the bench's key").Want(200).JSON(&got)
		values, _ := got.Payload.(map[string]any)
		if got.Format != format || got.Signature != "valid" || mechanism != "server" && values["uname"] != "momo" {
			t.Errorf("the cookie of mechanism %s is %s, %s, %v", mechanism, got.Format, got.Signature, got.Payload)
		}
	}
}

func TestWhateverTheInspectorNotesHasWords(t *testing.T) {
	code := regexp.MustCompile(`\.(note|moment)\("([\w-]+)"`)
	variant := regexp.MustCompile(`Variant (?:=|\+=) "([\w-]+)"`)
	named := regexp.MustCompile(`\b(Format|Kind|Confidence) += "([\w-]+)"`)
	texts := map[string]string{"Format": "inspect.format.%s", "Kind": "inspect.part-%s.label", "Confidence": "inspect.sure.%s"}
	catalog := words()
	found := 0
	for _, file := range must(filepath.Glob("../internal/inspect/*.go"))(t) {
		source := string(must(os.ReadFile(file))(t))
		var ids []string
		for _, m := range code.FindAllStringSubmatch(source, -1) {
			ids = append(ids, "inspect."+m[1]+"."+m[2])
		}
		for _, m := range variant.FindAllStringSubmatch(source, -1) {
			ids = append(ids, "inspect.variant."+m[1])
		}
		for _, m := range named.FindAllStringSubmatch(source, -1) {
			if m[2] != string(inspect.Separator) { // it is not explained
				ids = append(ids, fmt.Sprintf(texts[m[1]], m[2]))
			}
		}
		for _, id := range ids {
			found++
			if !catalog.Text("en").Has(strings.TrimSuffix(id, "-")) && !strings.HasSuffix(id, "-") {
				t.Errorf("%s: there is no message %q", filepath.Base(file), id)
			}
		}
	}
	if found < 40 {
		t.Errorf("only %d codes were found", found)
	}
}
