package inspect_test

import (
	"encoding/hex"
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/internal/inspect"
	"github.com/sessionlab/sessionlab/session/gorillacookie"
)

// packed are the samples whose format leaves open how the payload is serialised.
func packed(t testing.TB) (all []sample) {
	t.Helper()
	for _, s := range samples(t) {
		if s.Format == inspect.Gorilla || s.Format == inspect.RailsSigned || s.Format == inspect.Rack {
			all = append(all, s)
		}
	}
	if len(all) < 12 {
		t.Fatalf("%d samples", len(all))
	}
	return all
}

// signing are the options with which a sample is signed anew.
func (s sample) signing() inspect.Options {
	o := s.options(s.Key)
	o.Cookie = s.Value
	if s.SignedAt != nil {
		o.Now = time.Unix(*s.SignedAt, 0)
	}
	return o
}

func TestWhatIsSignedAnewAsItIsIsWhatTheLibraryMade(t *testing.T) {
	for _, s := range packed(t) {
		o := s.signing()
		r := inspect.Inspect(s.Value, o)
		got, err := inspect.Sign(s.Format, " "+string(r.Payload)+"\n", o)
		if r.Encrypted { // with another IV
			again := inspect.Inspect(got, o)
			if err != nil || got == s.Value || len(got) != len(s.Value) || again.Signature != inspect.Valid || !reflect.DeepEqual(parsed(t, again.Payload), s.Payload) {
				t.Errorf("%s: Sign = %q, %v, which is %s, %s", s.Name, got, err, again.Signature, again.Payload)
			}
			continue
		}
		if got != s.Value || err != nil {
			t.Errorf("%s: Sign(%s) = %q, %v; want %q", s.Name, r.Payload, got, err, s.Value)
		}
	}
}

// A payload that was changed is serialised as the other was, and what the key
// fits is what it fitted; Marshal and gob are nobody else's to write.
func TestAChangedPayloadIsSerialisedAsTheOtherWas(t *testing.T) {
	const forged = `{"uname":"mallory"}`
	for _, s := range packed(t) {
		o := s.signing()
		was := inspect.Inspect(s.Value, o)
		got, err := inspect.Sign(s.Format, forged, o)
		if was.Variant == "marshal" || was.Variant == "gob" {
			if !errors.Is(err, inspect.ErrAsItIs) || got != "" {
				t.Errorf("%s: Sign = %q, %v; want that it cannot be written", s.Name, got, err)
			}
			continue
		}
		r := inspect.Inspect(got, o)
		if err != nil || r.Signature != inspect.Valid || string(r.Payload) != forged || r.Match != was.Match || r.Variant != was.Variant || r.Algorithm != was.Algorithm || r.Encrypted != was.Encrypted {
			t.Errorf("%s: Sign = %q, %v, which is %s, %s, %q, %q, %q; was %q, %q, %q", s.Name, got, err, r.Signature, r.Payload, r.Match, r.Variant, r.Algorithm, was.Match, was.Variant, was.Algorithm)
		}
		if !reflect.DeepEqual(purposes(r), purposes(was)) || r.Format == inspect.RailsSigned && !reflect.DeepEqual(r.Moments, was.Moments) {
			t.Errorf("%s: purpose %v, times %v; was %v, %v", s.Name, purposes(r), r.Moments, purposes(was), was.Moments)
		}
	}
}

func purposes(r inspect.Report) (all []string) {
	for _, n := range r.Notes {
		if n.Code == "purpose" {
			all = append(all, n.Args...)
		}
	}
	return all
}

// Without a cookie to go by, what is signed is as the libraries do it unless told
// otherwise.
func TestAFreshCookieIsWhatTheLibraryMakes(t *testing.T) {
	fresh := 0
	for _, s := range packed(t) {
		if s.Name != "rack.json JSON" && s.Name != "gorilla.json securecookie, JSON" {
			continue
		}
		o := s.signing()
		o.Cookie = ""
		payload := string(inspect.Inspect(s.Value, o).Payload)
		if got, err := inspect.Sign(s.Format, payload, o); got != s.Value || err != nil {
			t.Errorf("%s: Sign(%s) = %q, %v; want %q", s.Name, payload, got, err, s.Value)
		}
		fresh++
	}
	if fresh != 2 {
		t.Errorf("%d samples were tried; want 2", fresh)
	}
}

func TestSecurecookieTakesWhatIsSigned(t *testing.T) {
	hash, block := strings.Repeat("h", 32), strings.Repeat("b", 32)
	real := securecookie.New([]byte(hash), []byte(block)).SetSerializer(securecookie.JSONEncoder{}).MaxAge(0)
	theirs, err := real.Encode("shop", map[string]string{"uname": "momo"})
	if err != nil {
		t.Fatal(err)
	}
	o := inspect.Options{Key: hash, Key2: block, Now: now}
	for _, cookie := range []string{"", "shop=" + theirs} {
		o.Cookie = cookie
		if o.Name = "shop"; cookie != "" {
			o.Name = "" // it was pasted with it
		}
		made, err := inspect.Sign(inspect.Gorilla, `{"uname":"mallory"}`, o)
		var got map[string]string
		if err == nil {
			err = real.Decode("shop", made, &got)
		}
		if err != nil || got["uname"] != "mallory" {
			t.Errorf("securecookie reads %q as %v, %v", made, got, err)
		}
	}

	// The hash key alone is enough for another time.
	o.Cookie, o.Key2 = "shop="+theirs, ""
	if made, err := inspect.Sign(inspect.Gorilla, `{"uname":"mallory"}`, o); !errors.Is(err, inspect.ErrAsItIs) {
		t.Errorf("without the block key Sign = %q, %v", made, err)
	}
	sealed := inspect.Inspect(o.Cookie, o)
	made, err := inspect.Sign(inspect.Gorilla, "hex:"+hex.EncodeToString(sealed.Unread), o)
	var got map[string]string
	if err == nil {
		err = real.Decode("shop", made, &got)
	}
	if at, _ := ptr(inspect.Inspect(made, o)).SignedAt(); err != nil || got["uname"] != "momo" || !at.Equal(now) {
		t.Errorf("securecookie reads %q, signed at %v, as %v, %v", made, at, got, err)
	}
	o.Cookie, o.Key2 = "", "short"
	if made, err := inspect.Sign(inspect.Gorilla, `{}`, o); !errors.Is(err, inspect.ErrBlockKey) {
		t.Errorf("with a block key of 5 bytes Sign = %q, %v", made, err)
	}
}

func ptr[T any](v T) *T { return &v }

// A session of gorilla's is gob, which can be signed as it is; this product's is
// JSON under keys derived from one secret, which can be changed.
func TestSessionsOfGorillaTakeWhatIsSigned(t *testing.T) {
	for _, s := range packed(t) {
		if !strings.HasSuffix(s.Name, "CookieStore, encrypted") {
			continue
		}
		o := s.signing()
		made, err := inspect.Sign(inspect.Gorilla, string(inspect.Inspect(s.Value, o).Payload), o)
		values := make(map[any]any)
		store := sessions.NewCookieStore([]byte(s.Key), []byte(s.Block))
		store.MaxAge(0) // the sample is of another day
		if err == nil {
			err = securecookie.DecodeMulti("shop", made, &values, store.Codecs...)
		}
		if err != nil || values["uname"] != "momo" {
			t.Errorf("gorilla/sessions reads %q as %v, %v", made, values, err)
		}
	}
	codec, err := gorillacookie.New([]byte("dev"))
	if err != nil {
		t.Fatal(err)
	}
	ours, err := codec.Seal("session", []byte(`{"uname":"momo"}`), now)
	if err != nil {
		t.Fatal(err)
	}
	made, err := inspect.Sign(inspect.Gorilla, `{"uname":"mallory"}`, inspect.Options{Key: "dev", Now: now, Cookie: ours})
	if err != nil {
		t.Fatal(err)
	}
	if carried, err := codec.Open("session", made, now, time.Hour); err != nil || string(carried.JSON) != `{"uname":"mallory"}` {
		t.Errorf("the app reads %q as %s, %v", made, carried.JSON, err)
	}
}

// What Rails and Rack write goes through the escapes of cookies.
func TestRubysCookiesAreEscaped(t *testing.T) {
	made, err := inspect.Sign(inspect.RailsSigned, `"a?~"`, inspect.Options{Key: "k", Now: now})
	text, escapeErr := url.QueryUnescape(made)
	if err != nil || escapeErr != nil || strings.ContainsAny(made, "+/=") || !strings.Contains(text, "--") {
		t.Errorf("Sign = %q, %v, %v", made, err, escapeErr)
	}
}
