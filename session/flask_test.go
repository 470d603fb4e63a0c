package session_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
)

func TestReadingCreatesNothing(t *testing.T) {
	st := newSite(t, nil)
	resp := st.update(read)
	if got := setCookie(t, resp); got != "" {
		t.Errorf("Set-Cookie = %q; want none", got)
	}
	if n := len(st.records()); n != 0 {
		t.Errorf("%d records; want none", n)
	}
	// Popping what is not there is not a change either.
	resp = st.update(do(func(s *sessions.Session) { session.Pop(s, "uname") }))
	if got := setCookie(t, resp); got != "" || len(st.records()) != 0 {
		t.Errorf("after Pop of a missing key: Set-Cookie = %q, %d records; want none", got, len(st.records()))
	}
}

func TestFirstValueMakesCookieAndRecord(t *testing.T) {
	st := newSite(t, nil)
	line := setCookie(t, st.update(set("uname", "momo")))
	id, attributes, _ := strings.Cut(strings.TrimPrefix(line, "session="), ";")
	if want := " HttpOnly; Path=/; SameSite=Lax"; len(id) != 32 || attributes != want {
		t.Errorf("Set-Cookie = %q; want an id of 32 characters and %q", line, want)
	}
	rec, ok := st.records()["session:"+id]
	if want := `{"uname":"momo"}`; !ok || string(rec.Values) != want || rec.Version != 1 {
		t.Errorf("records = %v; want %q of version 1", st.records(), want)
	}
	if now := start.Truncate(time.Millisecond); !rec.Created.Equal(now) || !rec.Renewed.Equal(now) || !rec.Expires.Equal(now.Add(31*24*time.Hour)) {
		t.Errorf("times = %v, %v, %v", rec.Created, rec.Renewed, rec.Expires)
	}
}

func TestSecondChangeKeepsID(t *testing.T) {
	for name, adjust := range map[string]func(*session.Options){"unsigned": nil, "signed": signed} {
		t.Run(name, func(t *testing.T) {
			st := newSite(t, adjust)
			st.update(set("uname", "momo"))
			before := st.cookie()
			if line := setCookie(t, st.update(set("n", 1))); !strings.HasPrefix(line, before+";") {
				t.Errorf("Set-Cookie = %q; want %q again", line, before)
			}
			want := map[any]any{"uname": "momo", "n": int64(1)}
			if got := st.values(); !maps.Equal(got, want) || len(st.records()) != 1 {
				t.Errorf("values = %v, %d records; want %v, 1", got, len(st.records()), want)
			}
		})
	}
}

func TestReadingSendsNoCookieAndWritesNoRecord(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("uname", "momo"))
	before := st.records()
	st.clock.advance(time.Minute)
	if line := setCookie(t, st.update(read)); line != "" {
		t.Errorf("Set-Cookie = %q; want none", line)
	}
	for key, rec := range st.records() {
		if rec.Version != before[key].Version {
			t.Errorf("record is of version %d; want %d", rec.Version, before[key].Version)
		}
	}
}

func TestSettingAnEqualValueIsAChange(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("uname", "momo"))
	if line := setCookie(t, st.update(set("uname", "momo"))); line == "" {
		t.Error("no Set-Cookie; want one")
	}
}

func TestEmptiedSessionIsDeletedWithItsCookie(t *testing.T) {
	const gone = "session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly; Path=/; SameSite=Lax"
	for name, empty := range map[string]func(*sessions.Session){
		"Clear": session.Clear,
		"Pop":   func(s *sessions.Session) { session.Pop(s, "uname") },
		"clear": func(s *sessions.Session) { clear(s.Values) },
	} {
		t.Run(name, func(t *testing.T) {
			st := newSite(t, nil)
			st.update(set("uname", "momo"))
			if line := setCookie(t, st.update(do(empty))); line != gone {
				t.Errorf("Set-Cookie = %q; want %q", line, gone)
			}
			if len(st.records()) != 0 || st.cookie() != "" {
				t.Errorf("left: records %v, cookie %q", st.records(), st.cookie())
			}
		})
	}
	t.Run("without a cookie", func(t *testing.T) {
		if line := setCookie(t, newSite(t, nil).update(do(session.Clear))); line != gone {
			t.Errorf("Set-Cookie = %q; want %q", line, gone)
		}
	})
}

func TestPermanentCookieExpiresAsFlaskWritesIt(t *testing.T) {
	st := newSite(t, func(o *session.Options) {
		o.Lifetime = 2 * time.Hour
		o.Cookie = sessions.Options{Domain: ".127.0.0.1", Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode, Partitioned: true}
	})
	line := setCookie(t, st.update(set("_permanent", true)))
	_, attributes, _ := strings.Cut(line, "; ")
	const want = "Domain=127.0.0.1; Expires=Sun, 06 May 2091 09:08:09 GMT; Secure; HttpOnly; Path=/; SameSite=Strict; Partitioned"
	if attributes != want {
		t.Errorf("attributes = %q; want %q", attributes, want)
	}
}

func TestPartitionedImpliesSecure(t *testing.T) {
	st := newSite(t, func(o *session.Options) { o.Cookie = sessions.Options{Path: "/app/", Partitioned: true} })
	_, attributes, _ := strings.Cut(setCookie(t, st.update(set("n", 1))), "; ")
	if want := "Secure; Path=/app/; Partitioned"; attributes != want {
		t.Errorf("attributes = %q; want %q", attributes, want)
	}
}

func TestPermanentSessionIsRefreshedOnEachRequest(t *testing.T) {
	for name, change := range map[string]func(*sessions.Session) error{"read": read, "untouched": nil} {
		t.Run(name, func(t *testing.T) {
			st := newSite(t, func(o *session.Options) { o.Lifetime = time.Hour })
			st.update(set("uname", "momo", "_permanent", true))
			for range 3 {
				st.clock.advance(50 * time.Minute)
				want := "; Expires=" + st.clock.Now().Add(time.Hour).Format(http.TimeFormat) + ";"
				if line := setCookie(t, st.update(change)); !strings.Contains(line, want) {
					t.Fatalf("Set-Cookie = %q; want %q in it", line, want)
				}
			}
			if got := st.values()["uname"]; got != "momo" {
				t.Errorf("uname = %v; want momo", got)
			}
		})
	}
}

func TestPermanentSessionIsNotRefreshedIfNotAsked(t *testing.T) {
	st := newSite(t, func(o *session.Options) { o.Lifetime, o.RefreshEachRequest = time.Hour, false })
	st.update(set("uname", "momo", "_permanent", true))
	st.clock.advance(50 * time.Minute)
	if line := setCookie(t, st.update(read)); line != "" {
		t.Errorf("Set-Cookie = %q; want none", line)
	}
	st.clock.advance(10 * time.Minute)
	if got := st.values(); len(got) != 0 {
		t.Errorf("after its lifetime the session holds %v", got)
	}
}

func TestClearingWipesThePermanentFlag(t *testing.T) {
	st := newSite(t, nil)
	st.update(do(func(s *sessions.Session) { session.SetPermanent(s, true) }))
	line := setCookie(t, st.update(do(func(s *sessions.Session) {
		session.Clear(s)
		session.Set(s, "n", 1)
		if session.Permanent(s) {
			t.Error("Permanent = true after Clear")
		}
	})))
	if strings.Contains(line, "Expires") {
		t.Errorf("Set-Cookie = %q; want no Expires", line)
	}
}

func TestVaryTellsThatTheSessionWasRead(t *testing.T) {
	st := newSite(t, nil)
	vary := func(change func(*sessions.Session) error) string {
		return strings.Join(st.update(change).Header["Vary"], "|")
	}
	if got := vary(nil); got != "" {
		t.Errorf("untouched: Vary = %q; want none", got)
	}
	if got := vary(read); got != "Cookie" {
		t.Errorf("read: Vary = %q; want Cookie", got)
	}
	st.update(set("_permanent", true))
	if got := vary(nil); got != "Cookie" {
		t.Errorf("refreshed: Vary = %q; want Cookie", got)
	}
}
