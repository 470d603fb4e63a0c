package inspect_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/inspect"
	"github.com/sessionlab/sessionlab/session/flask"
)

func TestASignedCookieVerifiesAndSaysWhatItWasGiven(t *testing.T) {
	id := `"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"`
	for _, tt := range []struct {
		format  inspect.Format
		payload string
	}{
		{inspect.Flask, `{"uname":"mallory", "n":[1,2], "x":{" t":[1]}}`},
		{inspect.Flask, `{"text":"` + strings.Repeat("long ", 200) + `"}`},
		{inspect.ItsDangerous, `{"uname":"mallory"}`}, {inspect.ItsDangerous, `["a"]`}, {inspect.ItsDangerous, `"a.b"`},
		{inspect.Django, `{"_auth_user_id":"1"}`},
		{inspect.Express, `"an id of one's own"`}, {inspect.Express, `{"admin":true}`},
		{inspect.JWT, `{"sub":"mallory","iat":1793613600}`},
		{inspect.SignedID, id},
		{inspect.RailsSigned, `{"uname":"mallory"}`}, {inspect.RailsSigned, `"mallory"`}, {inspect.RailsSigned, `[1]`}, {inspect.Rack, `{"session_id":"x","uname":"mallory"}`},
		{inspect.Gorilla, `{"uname":"mallory"}`}, {inspect.Gorilla, `"mallory"`},
	} {
		o := inspect.Options{Key: "the key", Now: now}
		value, err := inspect.Sign(tt.format, tt.payload, o)
		if err != nil {
			t.Errorf("Sign(%s, %s) = %v", tt.format, tt.payload, err)
			continue
		}
		r := inspect.Inspect(value, o)
		if r.Format != tt.format || r.Signature != inspect.Valid || !reflect.DeepEqual(parsed(t, r.Payload), parsed(t, []byte(tt.payload))) {
			t.Errorf("%s is %s, %s, %s; want %s, valid, %s", value, r.Format, r.Signature, r.Payload, tt.format, tt.payload)
		}
		for _, salt := range []string{"", "of my own"} {
			o := o
			o.Salt = salt
			if again, err := inspect.Sign(tt.format, tt.payload, o); err != nil || inspect.Inspect(again, o).Signature != inspect.Valid {
				t.Errorf("Sign(%s) with salt %q = %q, %v", tt.format, salt, again, err)
			}
		}
	}
}

func TestWhatIsSignedIsWhatTheLibraryMade(t *testing.T) {
	for _, s := range samples(t) {
		switch _, name, _ := strings.Cut(s.Name, " "); name {
		case "flask", "timed serializer", "timed serializer, default salt", "django session", "signing.dumps with a salt", "JWT HS256", "signed text", "signed JSON":
		default:
			continue
		}
		r := inspect.Inspect(s.Value, s.options(""))
		o := s.options(s.Key)
		if s.SignedAt != nil {
			o.Now = time.Unix(*s.SignedAt, 0)
		}
		if got, err := inspect.Sign(s.Format, string(r.Payload), o); got != s.Value || err != nil {
			t.Errorf("%s: Sign(%s) = %q, %v; want %q", s.Name, r.Payload, got, err, s.Value)
		}
	}
}

func TestFlasksCodecOpensWhatIsSigned(t *testing.T) {
	value, err := inspect.Sign(inspect.Flask, `{"uname":"mallory"}`, inspect.Options{Key: "the key", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	codec := flask.Codec{Keys: [][]byte{[]byte("the key")}, MaxAge: time.Hour, Now: func() time.Time { return now }}
	if got, err := codec.Decode(value); err != nil || got["uname"] != "mallory" {
		t.Errorf("Decode(%q) = %v, %v", value, got, err)
	}
}

func TestWhatCannotBeSignedIsSaid(t *testing.T) {
	for _, tt := range []struct {
		format       inspect.Format
		payload, key string
		want         error
	}{
		{inspect.RackEncrypted, `{}`, "k", inspect.ErrCannotSign}, {inspect.RailsEncrypted, `{}`, "k", inspect.ErrCannotSign}, {inspect.Opaque, `"a"`, "k", inspect.ErrCannotSign},
		{inspect.Rack, `{}`, "", inspect.ErrNoKey}, {inspect.Rack, `{`, "k", inspect.ErrPayload}, {inspect.RailsSigned, "momo", "k", inspect.ErrPayload}, {inspect.Gorilla, "", "k", inspect.ErrPayload},
		{inspect.Gorilla, "hex:0", "k", inspect.ErrPayload}, {inspect.Gorilla, `"` + strings.Repeat("x", 4000) + `"`, "k", inspect.ErrPayload}, {"nonsense", `{}`, "k", inspect.ErrCannotSign},
		{inspect.Flask, `{}`, "", inspect.ErrNoKey},
		{inspect.Flask, `{`, "k", inspect.ErrPayload}, {inspect.Flask, `[1]`, "k", inspect.ErrPayload}, {inspect.JWT, `"a"`, "k", inspect.ErrPayload},
		{inspect.Django, "", "k", inspect.ErrPayload}, {inspect.ItsDangerous, "a", "k", inspect.ErrPayload}, {inspect.SignedID, `"short"`, "k", inspect.ErrPayload},
		{inspect.Flask, `{"a":` + strings.Repeat("[", 50) + strings.Repeat("]", 50) + `}`, "k", inspect.ErrPayload},
	} {
		if got, err := inspect.Sign(tt.format, tt.payload, inspect.Options{Key: tt.key, Now: now}); !errors.Is(err, tt.want) || got != "" {
			t.Errorf("Sign(%s, %s) = %q, %v; want %v", tt.format, tt.payload, got, err, tt.want)
		}
	}
}

func TestEveryExampleVerifiesWithItsKey(t *testing.T) {
	for _, id := range inspect.ExampleIDs() {
		e, ok, err := inspect.ExampleOf(id)
		if !ok || err != nil {
			t.Errorf("ExampleOf(%q) = %v, %v", id, ok, err)
			continue
		}
		r := inspect.Inspect(e.Value, inspect.Options{Name: e.Name, Key: e.Key, Key2: e.Key2, Salt: e.Salt, Now: now})
		if want := e.Key != ""; (r.Signature == inspect.Valid) != want {
			t.Errorf("example %s is %s, %s", id, r.Format, r.Signature)
		}
	}
	if e, ok, err := inspect.ExampleOf("nonsense"); ok || err != nil || e != (inspect.Example{}) {
		t.Errorf("ExampleOf(nonsense) = %v, %v, %v", e, ok, err)
	}
}
