package session_test

import (
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

func TestLimitsEndASession(t *testing.T) {
	for _, test := range []struct {
		name      string
		adjust    func(*session.Options)
		permanent bool
		visits    time.Duration // a request every so often
		lives     time.Duration // until this instant
	}{
		{"lifetime, not permanent", func(o *session.Options) {}, false, 0, time.Hour},
		{"lifetime, not permanent, visited", func(o *session.Options) {}, false, 10 * time.Minute, time.Hour},
		{"lifetime, permanent", func(o *session.Options) {}, true, 0, time.Hour},
		{"lifetime, permanent, not refreshed", func(o *session.Options) { o.RefreshEachRequest = false }, true, 10 * time.Minute, time.Hour},
		{"idle", func(o *session.Options) { o.Idle = 5 * time.Minute }, false, 0, 5 * time.Minute},
		{"idle, visited", func(o *session.Options) { o.Idle = 15 * time.Minute }, false, 10 * time.Minute, time.Hour},
		{"idle, visited, permanent", func(o *session.Options) { o.Idle, o.RefreshEachRequest = 15*time.Minute, false }, true, 10 * time.Minute, time.Hour},
		{"absolute", func(o *session.Options) { o.Absolute = 90 * time.Minute }, true, 10 * time.Minute, 90 * time.Minute},
		{"absolute and idle", func(o *session.Options) { o.Absolute, o.Idle = 40*time.Minute, 15*time.Minute }, true, 10 * time.Minute, 40 * time.Minute},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, late := range []time.Duration{-time.Millisecond, 0} {
				st := newSite(t, func(o *session.Options) { o.Lifetime = time.Hour; test.adjust(o) })
				pairs := []any{"uname", "momo"}
				if test.permanent {
					pairs = append(pairs, "_permanent", true)
				}
				st.update(set(pairs...))
				cookie := st.cookie()
				left := test.lives + late
				for ; test.visits > 0 && left > test.visits; left -= test.visits {
					st.clock.advance(test.visits)
					st.update(read, cookie)
				}
				st.clock.advance(left)
				if got, want := st.values(cookie)["uname"] == "momo", late < 0; got != want {
					t.Errorf("alive %v after its limit = %v; want %v", late, got, want)
				}
			}
		})
	}
}

func TestShorterLifetimeEndsOldSessionsAtOnce(t *testing.T) {
	for name, adjust := range map[string]func(*session.Options){
		"lifetime": func(o *session.Options) { o.Lifetime = time.Hour },
		"absolute": func(o *session.Options) { o.Absolute = time.Hour },
	} {
		t.Run(name, func(t *testing.T) {
			st := newSite(t, nil)
			st.update(set("uname", "momo"))
			st.clock.advance(time.Hour)
			if got := st.values()["uname"]; got != "momo" {
				t.Fatalf("before: uname = %v; want momo", got)
			}
			st.reconfigure(adjust)
			if got := st.values(); len(got) != 0 {
				t.Errorf("after: the session holds %v", got)
			}
		})
	}
}

func TestExpiredSessionIsNeverWrittenAgain(t *testing.T) {
	st := newSite(t, func(o *session.Options) { o.Lifetime = time.Hour })
	st.update(set("uname", "momo"))
	old := st.cookie()
	st.clock.advance(time.Hour)
	st.update(set("n", 1))
	if st.cookie() == old {
		t.Error("the id of an expired session was used again")
	}
	if got := st.values(); len(got) != 1 || got["n"] != int64(1) {
		t.Errorf("values = %v; want n alone", got)
	}
}

func TestIdleRequestMovesTimesAndNothingElse(t *testing.T) {
	st := newSite(t, func(o *session.Options) { o.Idle = time.Hour })
	st.update(set("uname", "momo"))
	before := st.records()
	st.clock.advance(time.Minute)
	if line := setCookie(t, st.update(read)); line != "" {
		t.Errorf("Set-Cookie = %q; want none", line)
	}
	for key, rec := range st.records() {
		old := before[key]
		if string(rec.Values) != string(old.Values) || !rec.Created.Equal(old.Created) || !rec.Renewed.Equal(old.Renewed) {
			t.Errorf("record = %+v; want that of %+v", rec, old)
		}
		if want := old.Expires.Add(time.Minute); !rec.Expires.Equal(want) {
			t.Errorf("expires %v; want %v", rec.Expires, want)
		}
	}
}

func TestRecordExpiresAtTheEarliestLimit(t *testing.T) {
	for _, test := range []struct{ lifetime, idle, absolute, want time.Duration }{
		{time.Hour, 0, 0, time.Hour},
		{time.Hour, 2 * time.Hour, 0, time.Hour},
		{time.Hour, time.Minute, 0, time.Minute},
		{time.Hour, time.Minute, time.Second, time.Second},
		{time.Hour, 0, 2 * time.Hour, time.Hour},
		{time.Hour, 0, time.Minute, time.Minute},
	} {
		st := newSite(t, func(o *session.Options) { o.Lifetime, o.Idle, o.Absolute = test.lifetime, test.idle, test.absolute })
		st.update(set("n", 1))
		for _, rec := range st.records() {
			if want := start.Add(test.want); !rec.Expires.Equal(want) {
				t.Errorf("with %+v: expires %v; want %v", test, rec.Expires, want)
			}
		}
	}
}
