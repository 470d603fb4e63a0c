package session_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

var oldKey, newKey = []byte(strings.Repeat("o", 32)), []byte(strings.Repeat("n", 32))

func signed(o *session.Options) { o.Keys = [][]byte{oldKey} }

// A counted backend counts what reaches it.
type counted struct {
	session.Backend
	loads int
}

func (c *counted) Load(ctx context.Context, key string, now time.Time) (session.Record, error) {
	c.loads++
	return c.Backend.Load(ctx, key, now)
}

func TestCookieTheServerDidNotMakeIsNeverAdopted(t *testing.T) {
	unknown := strings.Repeat("A", 32)
	for _, test := range []struct {
		name   string
		adjust func(*session.Options)
		forge  func(value string) string
		reason string
		loads  int
	}{
		{"unknown", nil, func(string) string { return unknown }, "", 1},
		{"empty", nil, func(string) string { return "" }, "malformed", 0},
		{"short", nil, func(v string) string { return v[:31] }, "malformed", 0},
		{"long", nil, func(v string) string { return v + "A" }, "malformed", 0},
		{"very long", nil, func(v string) string { return strings.Repeat(v, 3000) }, "malformed", 0},
		{"lower case", nil, strings.ToLower, "malformed", 0},
		{"path", nil, func(v string) string { return "../" + v[3:] }, "malformed", 0},
		{"SQL", nil, func(v string) string { return "'--" + v[3:] }, "malformed", 0},
		{"escape", nil, func(v string) string { return "%00" + v[3:] }, "malformed", 0},
		{"signed, though ids are not", nil, func(v string) string { return v + ".x" }, "malformed", 0},
		{"unsigned", signed, func(v string) string { return v[:32] }, "unsigned", 0},
		{"no signature", signed, func(v string) string { return v[:33] }, "signature", 0},
		{"signature cut", signed, func(v string) string { return v[:len(v)-1] }, "signature", 0},
		{"signature of another id", signed, func(v string) string { return unknown + v[32:] }, "signature", 0},
		{"tampered", signed, func(v string) string { return v[:40] + map[bool]string{true: "A", false: "-"}[v[40] == '-'] + v[41:] }, "signature", 0},
		{"malformed and signed", signed, func(v string) string { return "x" + v }, "malformed", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			st := newSite(t, test.adjust)
			st.update(set("uname", "momo"))
			_, value, _ := strings.Cut(st.cookie(), "=")
			forged := test.forge(value)

			backend := &counted{Backend: st.memory}
			st.store = session.New(backend, st.options)
			if got := st.store.Inspect("session", forged); got.Reason != test.reason {
				t.Errorf("Inspect(%.50q) = %+v; want reason %q", forged, got, test.reason)
			}
			line := setCookie(t, st.update(set("n", 1), "session="+forged))
			if got := st.values(strings.Split(line, ";")[0]); got["uname"] != nil || got["n"] != int64(1) {
				t.Errorf("values = %v; want n alone", got)
			}
			if fresh := strings.TrimPrefix(line, "session=")[:32]; strings.Contains(forged, fresh) || fresh == value[:32] {
				t.Errorf("Set-Cookie = %q; want a fresh id", line)
			}
			if got := backend.loads - 1; got != test.loads { // values loads once
				t.Errorf("%d loads; want %d", got, test.loads)
			}
		})
	}
}

func TestSignatureIsForOneCookieName(t *testing.T) {
	st := newSite(t, signed)
	st.update(set("uname", "momo"))
	_, value, _ := strings.Cut(st.cookie(), "=")
	if got := st.store.Inspect("seat", value); got.Valid {
		t.Errorf("Inspect as of another cookie = %+v; want not valid", got)
	}
}

func TestFallbackKeysReadAndNewestSigns(t *testing.T) {
	st := newSite(t, signed)
	st.update(set("uname", "momo"))
	before := st.cookie()
	st.reconfigure(func(o *session.Options) { o.Keys = [][]byte{newKey, oldKey} })
	if line := setCookie(t, st.update(read)); line != "" {
		t.Errorf("Set-Cookie = %q; want the old signature to stay", line)
	}
	if got := st.values()["uname"]; got != "momo" {
		t.Fatalf("with the old key as fallback: uname = %v; want momo", got)
	}
	st.update(set("n", 1))
	after := st.cookie()
	if after == before || after[:40] != before[:40] {
		t.Errorf("cookie = %q; want the id of %q, signed anew", after, before)
	}
	st.reconfigure(func(o *session.Options) { o.Keys = [][]byte{newKey} })
	if got := st.values()["uname"]; got != "momo" {
		t.Errorf("with the new key: uname = %v; want momo", got)
	}
	if got := st.values(before); len(got) != 0 {
		t.Errorf("signed with a key that was removed: values = %v; want none", got)
	}
}

func TestHashedIDIsNotInTheStore(t *testing.T) {
	st := newSite(t, func(o *session.Options) { o.HashID = true })
	st.update(set("uname", "momo"))
	id := strings.TrimPrefix(st.cookie(), "session=")
	sum := sha256.Sum256([]byte(id))
	key := "session:" + hex.EncodeToString(sum[:])
	if _, ok := st.records()[key]; !ok || st.store.Key(id) != key {
		t.Errorf("records = %v, Key = %q; want %q", st.records(), st.store.Key(id), key)
	}
	if got := st.values()["uname"]; got != "momo" {
		t.Errorf("uname = %v; want momo", got)
	}
}

func TestFirstOfTwoCookiesWins(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("uname", "momo"))
	good, bad := st.cookie(), "session=bad"
	if got := st.values(good + "; " + bad)["uname"]; got != "momo" {
		t.Errorf("good first: uname = %v; want momo", got)
	}
	if got := st.values(bad + "; " + good); len(got) != 0 {
		t.Errorf("bad first: values = %v; want none", got)
	}
	if got := st.values(bad, good); len(got) != 0 {
		t.Errorf("bad first, in two headers: values = %v; want none", got)
	}
}

func TestSavingTwiceSetsOneCookie(t *testing.T) {
	st := newSite(t, nil)
	resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "session2", Value: "other"})
		for _, change := range []string{"a", "b"} {
			if err := st.store.Update(w, r, "session", set(change, 1)); err != nil {
				t.Error(err)
			}
		}
	})
	if lines := resp.Header["Set-Cookie"]; len(lines) != 2 || !strings.HasPrefix(lines[1], "session=") {
		t.Errorf("Set-Cookie = %q; want session2 and one session", lines)
	}
	if vary := resp.Header["Vary"]; len(vary) != 1 {
		t.Errorf("Vary = %q; want it once", vary)
	}
	if got := st.values(); len(got) != 2 || len(st.records()) != 1 {
		t.Errorf("values = %v, %d records; want a and b in one", got, len(st.records()))
	}
}

func TestSessionEndedAndBegunInOneRequestGetsANewID(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("uname", "momo"))
	old := st.cookie()
	resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
		for _, change := range []func(*site) error{
			func(st *site) error { return st.store.Update(w, r, "session", do(session.Clear)) },
			func(st *site) error { return st.store.Update(w, r, "session", set("n", 1)) },
		} {
			if err := change(st); err != nil {
				t.Error(err)
			}
		}
	})
	if line := setCookie(t, resp); line == "" || strings.HasPrefix(line, old) || len(st.records()) != 1 {
		t.Errorf("Set-Cookie = %q, records %v; want another id than %q", line, st.records(), old)
	}
}

func TestKeysThatAreTooShortAreRefused(t *testing.T) {
	for _, tt := range []struct {
		bytes   int
		weak    bool
		refused bool
	}{{32, false, false}, {31, false, true}, {0, false, true}, {31, true, false}} {
		func() {
			defer func() {
				if refused := recover() != nil; refused != tt.refused {
					t.Errorf("a key of %d bytes, weak ones taken %v: refused %v", tt.bytes, tt.weak, refused)
				}
			}()
			opt := session.DefaultOptions()
			opt.Keys, opt.WeakKeys = [][]byte{newKey, make([]byte, tt.bytes)}, tt.weak
			session.New(session.NewMemory(), opt)
		}()
	}
}
