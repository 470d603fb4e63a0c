package inspect_test

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/inspect"
)

func base64url(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// pasetoPublic is vector 4-S-1 of the specification.
const pasetoPublic = "v4.public.eyJkYXRhIjoidGhpcyBpcyBhIHNpZ25lZCBtZXNzYWdlIiwiZXhwIjoiMjAyMi0wMS0wMVQwMDowMDowMCswMDowMCJ9" +
	"bg_XBBzds8lTZShVlwwKSgeKpLT3yukTw6JUz3W4h_ExsQV-P0V54zemZDcAxFaSeef1QlXEFtkqxT1ciiQEDA"

func TestCookiesOfManyMakersAreNamedAndCut(t *testing.T) {
	const uuid = "5f2c1b9e-8f0e-4c1b-9d2a-0a1b2c3d4e5f"
	spring := base64.StdEncoding.EncodeToString([]byte(uuid))
	protected := base64url("\x09\xf0\xc9\xf0" + strings.Repeat("k", 16) + strings.Repeat("d", 90))
	token := strings.Repeat("aB3", 15)[:43]
	hex := func(n int) string { return strings.Repeat("0a", n) }
	sealed := base64.URLEncoding.EncodeToString([]byte(strings.Repeat("s", 48)))
	for _, tt := range []struct {
		name, value string
		format      inspect.Format
		sure        inspect.Confidence
		variant     string
		parts       []inspect.Kind
		note        string
	}{
		{".AspNetCore.Cookies", protected, inspect.DataProtection, inspect.Certain, "", []inspect.Kind{"header", "key-id", "payload"}, "data-inside"},
		{".AspNetCore.Session", protected, inspect.DataProtection, inspect.Certain, "", []inspect.Kind{"header", "key-id", "payload"}, "sealed-id"},
		{"SESSION", spring, inspect.Opaque, inspect.Likely, "spring", []inspect.Kind{"id"}, "server-side"},
		{"", base64.StdEncoding.EncodeToString([]byte(uuid + ".node1")), inspect.Opaque, inspect.Likely, "spring", []inspect.Kind{"id", "route"}, "uuid-4"},
		{"JSESSIONID", "52DA0C6A4A8E1C0C9D5B8E3F0A1B2C3D.node1", inspect.Opaque, inspect.Likely, "jsessionid", []inspect.Kind{"id", "route"}, "id-bits"},
		{"", "52DA0C6A4A8E1C0C9D5B8E3F0A1B2C3D.node1", inspect.Opaque, inspect.Likely, "jsessionid", []inspect.Kind{"id", "route"}, "id-bits"},
		{"JSESSIONID", "node01kbw5mhqyfbm4yq9zqvqxvxq10.node0", inspect.Opaque, inspect.Likely, "jsessionid", []inspect.Kind{"id", "route"}, ""},
		{"JSESSIONID", strings.Repeat("xY1", 17) + "!-1234567890!1700000000000", inspect.Opaque, inspect.Likely, "jsessionid", []inspect.Kind{"id", "route"}, ""},
		{"JSESSIONID", "0000abcdefghijklmnopqrstuvw:1a2b3c", inspect.Opaque, inspect.Likely, "jsessionid", []inspect.Kind{"id", "route"}, ""},
		{"JSESSIONID", uuid, inspect.Opaque, inspect.Certain, "uuid", []inspect.Kind{"id"}, "uuid-4"},
		{"AWSALB", strings.Repeat("Ab+/", 33), inspect.Balancer, inspect.Likely, "alb", []inspect.Kind{"route"}, "balancer"},
		{"AWSALBCORS", strings.Repeat("Ab+/", 33), inspect.Balancer, inspect.Likely, "alb", []inspect.Kind{"route"}, "balancer"},
		{"AWSELB", strings.Repeat("0A", 60), inspect.Balancer, inspect.Likely, "elb", []inspect.Kind{"route"}, "balancer"},
		{"wordpress_logged_in_x", "momo%7C1793617200%7C" + token + "%7C" + hex(32), inspect.WordPress, inspect.Certain, "", []inspect.Kind{"payload", "expiry", "id", "signature"}, "wordpress"},
		{"", pasetoPublic, inspect.Paseto, inspect.Certain, "paseto-public", []inspect.Kind{"header", "payload", "signature"}, "expired"},
		{"", "v4.local." + base64url(strings.Repeat("c", 90)) + "." + base64url("kid"), inspect.Paseto, inspect.Certain, "paseto-local", []inspect.Kind{"header", "payload", "header"}, "sealed"},
		{"account", "!AuN9H7SxRPh1scLXehXTCg==?gAWVFgAAAAAAAABdlCiMB3Nlc3Npb26UjARtb21vlGUu", inspect.Bottle, inspect.Certain, "", []inspect.Kind{"prefix", "signature", "payload"}, "pickle"},
		{"session_data_app", "hmac256:" + hex(32) + ":" + sealed, inspect.Web2py, inspect.Certain, "", []inspect.Kind{"prefix", "signature", "payload"}, "pickle"},
		{"session_data_app", hex(16) + ":" + sealed, inspect.Web2py, inspect.Likely, "", []inspect.Kind{"signature", "payload"}, "pickle"},
		{"session_id_app", "127.0.0.1-" + uuid, inspect.Opaque, inspect.Likely, "web2py", []inspect.Kind{"other", "id"}, "uuid-4"},
		{"ci_session", hex(16), inspect.Opaque, inspect.Likely, "codeigniter", []inspect.Kind{"id"}, ""},
		{"session.sig", "MQ71ACs_SuMd_6CqtSXfwd91zoE", inspect.Keygrip, inspect.Likely, "signature", []inspect.Kind{"signature"}, "signed-beside"},
		{"_app_key", "SFMyNTY.g3QAAAABbQAAAAF4YQE." + strings.Repeat("A", 43), inspect.Phoenix, inspect.Certain, "term", []inspect.Kind{"header", "payload", "signature"}, ""},
		{"_app_key", "QTEyOEdDTQ." + base64url(strings.Repeat("k", 44)) + "." + base64url(strings.Repeat("i", 12)) + ".AAAA." + base64url(strings.Repeat("t", 16)),
			inspect.Phoenix, inspect.Certain, "encrypted-term", []inspect.Kind{"header", "salt", "iv", "payload", "tag"}, "sealed"},
		{"sb-x-auth-token", "base64-" + base64url(`{"access_token":"a","expires_at":1793617200}`), inspect.Supabase, inspect.Certain, "", []inspect.Kind{"prefix", "payload"}, "supabase"},
		{"", "Fe26.2**0a*AAAA*AAAA**0a*AAAA", inspect.Iron, inspect.Likely, "", []inspect.Kind{"header", "salt", "iv", "payload", "salt", "signature"}, "sealed"},
		{"x", protected[:81], inspect.DataProtection, inspect.Certain, "", []inspect.Kind{"header", "key-id", "payload"}, "data-inside"},
		{"", "v2.public." + base64url("cut"), inspect.Paseto, inspect.Likely, "paseto-public", []inspect.Kind{"header", "signature"}, ""},
		{"x_session", base64.StdEncoding.EncodeToString([]byte(`{"iv":"short","value":"dg==","mac":"0a"}`)), inspect.Laravel, inspect.Likely, "",
			[]inspect.Kind{"iv", "payload", "signature"}, "sealed"},
		{"PLAY_SESSION", base64url(`{"alg":"HS256"}`) + "." + base64url(`{"data":{"uname":"momo"},"nbf":1,"iat":1}`) + "." + strings.Repeat("A", 43),
			inspect.JWT, inspect.Certain, "play", []inspect.Kind{"header", "payload", "signature"}, ""},
	} {
		r := inspect.Inspect(tt.value, inspect.Options{Name: tt.name, Now: now})
		if r.Format != tt.format || r.Sure != tt.sure || r.Variant != tt.variant || !slices.Equal(kinds(r), tt.parts) {
			t.Errorf("%s=%s is %s, %s, %q, %v; want %s, %s, %q, %v", tt.name, tt.value, r.Format, r.Sure, r.Variant, kinds(r), tt.format, tt.sure, tt.variant, tt.parts)
		}
		if tt.note != "" && !noted(r, tt.note) {
			t.Errorf("%s=%s: notes %v; want %s", tt.name, tt.value, r.Notes, tt.note)
		}
		mustBeWhole(t, r)
	}
}

// What has a character that the format cannot hold, or the form but not the
// content, is not called by its name.
func TestWhatAFormatCannotHoldIsNotGivenItsName(t *testing.T) {
	sig27, sig43 := strings.Repeat("A", 27), strings.Repeat("A", 43)
	for _, value := range []string{
		"a b." + sig27, "日本." + sig27, "a,b." + sig27, `a"b.` + sig27, "a\\b." + sig43, "a\x01b." + sig27, "日本:" + sig43, "a,b:" + sig43,
		"eyJhbGciOiJIUzI1NiJ9.a b." + sig43, "eyJhbGciOiJIUzI1NiJ9.e30.a?b", "a b." + sig43 + "=",
		"2|1:0|10:1793613600|7:session|8:bW9tbw==|xyz", "2|1:0|99:1793613600|7:session|8:bW9tbw==|" + strings.Repeat("0a", 32),
		"Fe26.2**a*b c*c**d*e", "v9.local.AAAA", "curl is a tool", "base64-!!", "!a?b", "SFMyNTY.!.x",
		"momo|soon|" + sig43 + "|" + strings.Repeat("0a", 32), "hmac256:zz:zz", strings.Repeat("0a", 20) + "-a b=c",
	} {
		r := inspect.Inspect(value, inspect.Options{Name: "x", Now: now})
		if r.Format != inspect.Opaque || r.Sure != inspect.Unrecognised || len(r.Maybe) > 0 {
			t.Errorf("%q is %s, %s, maybe %v; want not recognised", value, r.Format, r.Sure, r.Maybe)
		}
		mustBeWhole(t, r)
	}
}

// A key that fits removes the doubt.
func TestTextThatFitsItsKeyIsRecognisedWhateverItHolds(t *testing.T) {
	for value, o := range map[string]inspect.Options{
		"eyJ1bmFtZSI6Im1vbW8ifQ.ZVPxAA.bad": {},
	} {
		if r := inspect.Inspect(value, o); r.Sure == inspect.Certain {
			t.Errorf("%s is certain", value)
		}
	}
	for _, s := range samples(t) {
		if s.Key == "" {
			continue
		}
		if r := inspect.Inspect(s.Value, s.options(s.Key)); r.Sure != inspect.Certain {
			t.Errorf("%s: with its key it is %s; want certain", s.Name, r.Sure)
		}
		if r := inspect.Inspect(s.Value, s.options("")); r.Sure == inspect.Unrecognised || r.Sure == "" {
			t.Errorf("%s: without a key it is %q", s.Name, r.Sure)
		}
	}
}

func TestATimeOfTheOldEpochIsReadBothWays(t *testing.T) {
	r := inspect.Inspect("Ik15IE1lc3NhZ2Ui.EsUWgA.a1holhKzlayr2idrEYcOUQSObXs", inspect.Options{Key: "blah-blah", Now: now})
	at, ok := r.SignedAt()
	if want := time.Date(2020, 12, 23, 17, 57, 20, 0, time.UTC); !ok || !at.Equal(want) || r.Signature != inspect.Valid {
		t.Errorf("signed at %v, %s; want %v, valid", at, r.Signature, want)
	}
	i := slices.IndexFunc(r.Notes, func(n inspect.Note) bool { return n.Code == "legacy-epoch" })
	if i < 0 || !slices.Equal(r.Notes[i].Args, []string{"Old", "2020-12-23T17:57:20Z", "New", "1979-12-24T17:57:20Z"}) {
		t.Errorf("the notes are %v", r.Notes)
	}
}

func TestASignatureInASecondCookieIsChecked(t *testing.T) {
	const line = "Cookie: session=eyJpc0F1dGhvcml6ZWQiOnRydWV9; session.sig=MQ71ACs_SuMd_6CqtSXfwd91zoE"
	for key, want := range map[string]inspect.Signature{"": inspect.Unchecked, "mix of the drink": inspect.Valid, "another": inspect.Invalid} {
		r := inspect.Inspect(line, inspect.Options{Key: key, Now: now})
		if r.Format != inspect.Keygrip || r.Name != "session" || r.Signature != want || string(r.Payload) != `{"isAuthorized":true}` {
			t.Errorf("with key %q it is %s %q, %s, %s; want %s", key, r.Format, r.Name, r.Signature, r.Payload, want)
		}
		if noted(r, "not-signed") {
			t.Errorf("with key %q it is said not to be signed", key)
		}
	}
	if r := inspect.Inspect("session=eyJpc0F1dGhvcml6ZWQiOnRydWV9", inspect.Options{Now: now}); r.Format != inspect.Encoded || !noted(r, "maybe-elsewhere") {
		t.Errorf("without its second cookie it is %s, %v", r.Format, r.Notes)
	}
}

// Fastify signs as Express does, and marks nothing.
func TestASignatureWithoutAMarkIsExpressesWhereItsKeyFits(t *testing.T) {
	signed, err := inspect.Sign(inspect.Express, `"momo"`, inspect.Options{Key: "the key"})
	if err != nil {
		t.Fatal(err)
	}
	bare := strings.TrimPrefix(signed, "s%3A")
	r := inspect.Inspect(bare, inspect.Options{Key: "the key", Now: now})
	if r.Format != inspect.Express || r.Signature != inspect.Valid || string(r.Payload) != `"momo"` {
		t.Errorf("%s is %s, %s, %s; want express, valid", bare, r.Format, r.Signature, r.Payload)
	}
	for tail, want := range map[string]inspect.Format{strings.Repeat("A", 42) + "/": inspect.Opaque, strings.Repeat("+", 42) + "A": inspect.Express, strings.Repeat("A", 43): inspect.ItsDangerous} {
		if r := inspect.Inspect("momo."+tail, inspect.Options{Now: now}); r.Format != want || r.Sure != inspect.Guess && want != inspect.Opaque {
			t.Errorf("momo.%s is %s, %s; want %s", tail, r.Format, r.Sure, want)
		}
	}
}

func TestBottlesSignatureIsCheckedWithEitherHash(t *testing.T) {
	for _, value := range []string{
		"!AuN9H7SxRPh1scLXehXTCg==?gAWVFgAAAAAAAABdlCiMB3Nlc3Npb26UjARtb21vlGUu",
		"!2XyX1BifmODT2WVeJJsWbOCyKdwryvy/rTeogjJ7Ud8=?gAWVFgAAAAAAAABdlCiMB3Nlc3Npb26UjARtb21vlGUu",
	} {
		for key, want := range map[string]inspect.Signature{"a-secret-of-the-class": inspect.Valid, "another": inspect.Invalid} {
			if r := inspect.Inspect("session="+value, inspect.Options{Key: key, Now: now}); r.Format != inspect.Bottle || r.Signature != want || r.Payload != nil {
				t.Errorf("%s with key %s is %s, %s", value, key, r.Format, r.Signature)
			}
		}
	}
}

func TestWeb2pysSignatureIsChecked(t *testing.T) {
	const sealed = ":AAECAwQFBgcICQoLDA0ODwa1u6dASy0gBAsBep_ZDDTaXN9V0PGtg71wBRowoZBQ"
	for _, value := range []string{"hmac256:e93b2129e3a3675af9480b7edda87626c9e7070cfe6ec16387dec111c3c8694d" + sealed, "0d5165c47428b81cb7d9818ab1df4976" + sealed} {
		for key, want := range map[string]inspect.Signature{"a-secret-of-the-class": inspect.Valid, "another": inspect.Invalid} {
			if r := inspect.Inspect("session_data_app="+value, inspect.Options{Key: key, Now: now}); r.Format != inspect.Web2py || r.Signature != want {
				t.Errorf("%s with key %s is %s, %s", value, key, r.Format, r.Signature)
			}
		}
	}
}

// The value is what Tornado's documentation and tests have.
func TestTornadosOwnVectorVerifies(t *testing.T) {
	const value = "2|1:0|10:1300000000|3:key|8:dmFsdWU=|3d4e60b996ff9c5d5788e333a0cba6f238a22c6c0f94788870e1a9ecd482e152"
	r := inspect.Inspect("key="+value, inspect.Options{Key: "It's a secret to everybody", Now: now})
	if r.Format != inspect.Tornado || r.Signature != inspect.Valid || string(r.Payload) != `"value"` || noted(r, "other-name") {
		t.Errorf("it is %s, %s, %s, %v", r.Format, r.Signature, r.Payload, r.Notes)
	}
	if r := inspect.Inspect("another="+value, inspect.Options{Now: now}); !noted(r, "other-name") {
		t.Errorf("under another name its notes are %v", r.Notes)
	}
}

func TestPhoenixAsksForItsSalt(t *testing.T) {
	for _, s := range samples(t) {
		if s.Format != inspect.Phoenix {
			continue
		}
		if r := inspect.Inspect(s.Value, inspect.Options{Key: s.Key, Now: now}); r.Signature != inspect.Unchecked || !noted(r, "needs-salt") {
			t.Errorf("without the salt it is %s, %v", r.Signature, r.Notes)
		}
	}
}
