package handlers_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/audit"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/webtest"
)

// audited has a site tell its log of sessions, as main does.
func audited(t *testing.T) (*site, *audit.Guesses) {
	var guesses *audit.Guesses
	return newSite(t, func(h *handlers.Options, o *lab.Options) {
		hash := audit.NewHash(o.Key)
		guesses = audit.NewGuesses(h.Log, hash, o.Now)
		h.Guesses, o.Observers = guesses, []lab.Observer{guesses, audit.NewLives(h.Log, hash)}
	}), guesses
}

// lines are those of the log that say what.
func lines(s *site, what string) (all []string) {
	for line := range strings.Lines(s.log.Text()) {
		if strings.Contains(line, what) {
			all = append(all, line)
		}
	}
	return all
}

func TestGuessesOfIdsAreLoggedAndSlowed(t *testing.T) {
	for _, mechanism := range []string{"server", "flask", "gorilla"} {
		for _, signed := range []string{"true", "false"} {
			t.Run(mechanism+", signed "+signed, func(t *testing.T) {
				s, guesses := audited(t)
				l, member := s.learner(), s.curl()
				l.set("mechanism", mechanism, "sign_id", signed)
				member.Post(l.app+"set", "key", "a", "value", "b").Want(200)
				served, guess := 0, func(i int) *webtest.Answer {
					return s.carrying(fmt.Sprintf("session=canary%026d", i)).Get(l.app + "me")
				}
				for i := range 600 {
					switch a := guess(i); a.Status {
					case 401:
						served++
					case 429:
						if wait, err := strconv.Atoi(a.Header.Get("Retry-After")); err != nil || wait < 1 || wait > 60 {
							t.Fatalf("Retry-After is %q; want seconds of a minute", a.Header.Get("Retry-After"))
						}
					default:
						t.Fatalf("a guess is answered %d", a.Status)
					}
				}
				if served != 20 {
					t.Errorf("%d of 600 guesses at once were served; want 20", served)
				}
				if got := op(t, member.Get(l.app+"get?key=a"), 200); got.Result != "b" {
					t.Errorf("who has a session is answered %v", got.Result)
				}
				s.curl().Get(l.app + "me").Want(401)                                                             // who brings no cookie
				l.With("User-Agent", "Mozilla/5.0").With("Cookie", "session=canary").Get(l.app + "me").Want(401) // the owner tries one
				s.clock.Advance(3 * time.Second)
				guess(600).Want(401)
				guess(601).Want(429)

				guesses.Tell()
				guesses.Tell()
				told := lines(s, "unknown session ids")
				if len(told) != 1 || !strings.Contains(told[0], "level=WARN") || !strings.Contains(told[0], "served=21 refused=581") ||
					!regexp.MustCompile(`ids="\[([0-9a-f]{12} ){9}[0-9a-f]{12}\]"`).MatchString(told[0]) {
					t.Errorf("the log says %q; want one line that counts, with hashes", told)
				}
				s.log.MustLack(t, "canary", l.bench)
			})
		}
	}
}

// A class comes back after its cookies ended: these were given to those who bring them.
func TestCookiesThatEndedAreNoGuesses(t *testing.T) {
	s, guesses := audited(t)
	l := s.learner()
	var class []*webtest.Client
	for i := range 40 {
		c := s.curl().With("User-Agent", fmt.Sprint("pupil ", i))
		c.Post(l.app+"set", "key", "a", "value", "b").Want(200)
		class = append(class, c)
	}
	l.set("secret_key", "another", "fallback_keys", "")
	for _, c := range class {
		c.Get(l.app + "me").Want(401)
		c.Get(l.app + "me").Want(401)
	}
	stale := "session=" + sessionCookie(class[0], l.app)
	for range 40 { // one old id again and again, by a script that does not look
		s.carrying(stale).Get(l.app + "me").Want(401)
	}
	guesses.Tell()
	if told := lines(s, "unknown session ids"); len(told) != 0 {
		t.Errorf("the log says %q; want nothing", told)
	}
}

func TestTheLifeOfASessionIsLogged(t *testing.T) {
	for _, mechanism := range []string{"server", "flask"} {
		t.Run(mechanism, func(t *testing.T) {
			s, _ := audited(t)
			l, c := s.learner(), s.curl()
			l.set("mechanism", mechanism, "lifetime", "2h")
			var cookies []string
			do := func(path string, pairs ...string) {
				c.Post(l.app+path, pairs...).Want(200)
				if cookie := sessionCookie(c, l.app); cookie != "" {
					cookies = append(cookies, cookie)
				}
			}
			do("set", "key", "a", "value", "b")
			do("login", "uname", "momo", "pwd", "123")
			do("set", "key", "a", "value", "c")
			do("logout")
			c.Get(l.app + "me").Want(401)
			s.carrying("session=canary.x").Get(l.app + "me").Want(401)
			do("set", "key", "a", "value", "b")
			do("permanent", "on", "true")
			cookies = append(cookies, sessionCookie(c, l.app))
			s.clock.Advance(3 * time.Hour)
			s.carrying("session=" + sessionCookie(c, l.app)).Get(l.app + "me")
			var got []string
			for line := range strings.Lines(s.log.Text()) {
				if m := regexp.MustCompile(`level=INFO msg="session (\w+)" bench=[0-9a-f]{12} id=[0-9a-f]{12}`).FindStringSubmatch(line); m != nil {
					got = append(got, m[1])
				}
			}
			want := []string{"made", "renewed", "ended", "refused", "made", "ended"}
			if mechanism == "flask" { // whose cookies have no id
				want = []string{"made", "ended", "refused", "made", "ended"}
			}
			if !slices.Equal(got, want) {
				t.Errorf("the log says %q; want %q\n%s", got, want, strings.Join(lines(s, "msg=\"session"), ""))
			}
			for _, cookie := range cookies {
				id, _, _ := strings.Cut(cookie, ".")
				s.log.MustLack(t, cookie, id)
			}
			s.log.MustLack(t, "canary", l.bench)
		})
	}
}
