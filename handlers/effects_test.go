package handlers_test

import (
	"encoding/base32"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/webtest"
)

func TestEachSettingChangesWhatTheServerDoes(t *testing.T) {
	set := func(c *webtest.Client, app string) *webtest.Answer {
		return c.Post(app+"set", "key", "a", "value", "b").Want(200)
	}
	line := func(want string, has bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			if got := set(s.curl(), l.app).SetCookie(step.CookieName); strings.Contains(got, want) != has {
				t.Errorf("Set-Cookie is %q; want %q in it: %v", got, want, has)
			}
		}
	}
	// alive reports for how long a session lives with a request each period.
	alive := func(period, until time.Duration, live bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			c := s.curl()
			set(c, l.app)
			for range until / period {
				s.clock.Advance(period)
				if got := op(t, c.Get(l.app+"get?key=a"), 200); got.Result == nil && live {
					t.Fatal("the session ended too early")
				} else if got.Result == nil {
					return
				}
			}
			if !live {
				t.Error("the session never ended")
			}
		}
	}
	renews := func(want bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			c := s.curl()
			set(c, l.app)
			before := sessionCookie(c, l.app)
			c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
			if got := sessionCookie(c, l.app) != before; got != want {
				t.Errorf("a log-in changed the id: %v; want %v", got, want)
			}
		}
	}
	refreshes := func(want bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			c := s.curl()
			c.Post(l.app+"permanent", "on", "true").Want(200)
			if got := c.Get(l.app+"get?key=a").SetCookie(step.CookieName) != ""; got != want {
				t.Errorf("reading sent the cookie again: %v; want %v", got, want)
			}
		}
	}
	stored := func(want int) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			set(s.curl(), l.app)
			if got := s.count("sessions"); got != want {
				t.Errorf("%d records in the file; want %d", got, want)
			}
		}
	}
	signed := func(want bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			c := s.curl()
			set(c, l.app)
			if got := strings.Contains(sessionCookie(c, l.app), "."); got != want {
				t.Errorf("the cookie is signed: %v; want %v", got, want)
			}
		}
	}
	hashed := func(want bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			c := s.curl()
			set(c, l.app)
			id, _, _ := strings.Cut(sessionCookie(c, l.app), ".")
			if got := !strings.Contains(l.step(1).After.Record.Key, id); got != want {
				t.Errorf("the record's key hides the id: %v; want %v", got, want)
			}
		}
	}
	// turns tells whether two requests in a row are served by different workers.
	turns := func(want bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			set(s.curl(), l.app)
			set(s.curl(), l.app)
			if got := l.step(1).Worker != l.step(2).Worker; got != want {
				t.Errorf("two workers served two requests: %v; want %v", got, want)
			}
		}
	}
	// both tells whether a session made by one of two workers is one at the other.
	both := func(want bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			l.set("store", "memory", "workers", "2")
			if got := l.known(l.loggedIn(), 2) == 2; got != want {
				t.Errorf("both workers know the session: %v; want %v", got, want)
			}
		}
	}
	// neighbours tells whether the ids of two sessions are numbers that are close together.
	neighbours := func(want bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			var ids [2]*big.Int
			for i := range ids {
				c := s.curl()
				set(c, l.app)
				id, _, _ := strings.Cut(sessionCookie(c, l.app), ".")
				b, err := base32.StdEncoding.DecodeString(id)
				if err != nil {
					t.Fatal(err)
				}
				ids[i] = new(big.Int).SetBytes(b)
			}
			apart := new(big.Int).Sub(ids[1], ids[0])
			if got := apart.Sign() > 0 && apart.IsInt64() && apart.Int64() < 1e6; got != want {
				t.Errorf("the second id follows the first: %v; want %v (%s apart)", got, want, apart)
			}
		}
	}
	tests := []struct {
		setting string
		does    func(*testing.T, *site, *learner)
	}{
		{"http_only=true", line("; HttpOnly", true)}, {"http_only=false", line("; HttpOnly", false)},
		{"secure=auto", line("; Secure", false)}, {"secure=true", line("; Secure", true)}, {"secure=false", line("; Secure", false)},
		{"same_site=Lax", line("; SameSite=Lax", true)}, {"same_site=Strict", line("; SameSite=Strict", true)},
		{"same_site=None", line("; SameSite=None", true)}, {"same_site=unset", line("SameSite", false)},
		{"lifetime=2h", alive(time.Hour, 3*time.Hour, false)}, {"lifetime=31d", alive(time.Hour, 3*time.Hour, true)},
		{"idle_timeout=30m", alive(time.Hour, 2*time.Hour, false)}, {"idle_timeout=2h", alive(time.Hour, 9*time.Hour, true)},
		{"absolute_timeout=4h", alive(time.Hour, 5*time.Hour, false)}, {"absolute_timeout=6h", alive(time.Hour, 5*time.Hour, true)},
		{"refresh_each_request=true", refreshes(true)}, {"refresh_each_request=false", refreshes(false)},
		{"new_id_at_login=true", renews(true)}, {"new_id_at_login=false", renews(false)},
		{"sign_id=true", signed(true)}, {"sign_id=false", signed(false)},
		{"hash_id=true", hashed(true)}, {"hash_id=false", hashed(false)},
		{"id_maker=random", neighbours(false)}, {"id_maker=counter", neighbours(true)}, {"id_maker=clock", neighbours(true)},
		{"store=sqlite", stored(1)}, {"store=memory", stored(0)},
		{"workers=1", turns(false)}, {"workers=2", turns(true)},
		{"worker_keys=shared", both(true)}, {"worker_keys=own", both(false)},
		{"worker_memory=shared", both(true)}, {"worker_memory=own", both(false)},
	}
	for _, tt := range tests {
		t.Run(tt.setting, func(t *testing.T) {
			s := newSite(t)
			l := s.learner()
			field, value, _ := strings.Cut(tt.setting, "=")
			l.set(field, value)
			if got := settingsOf(t, l)[field]; got != value && got != (value == "true") {
				t.Errorf("%s is %v; want %v", field, got, value)
			}
			tt.does(t, s, l)
		})
	}
}
