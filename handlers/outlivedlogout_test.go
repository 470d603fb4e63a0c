package handlers_test

import (
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

// Where the cookie carries the session, logging out makes one browser forget it. A copy
// that is believed afterwards is told with that.
func TestACopyThatOutlivesTheLogOutIsTold(t *testing.T) {
	for _, mechanism := range step.Mechanisms {
		t.Run(mechanism, func(t *testing.T) {
			l := newSite(t).learner()
			l.set("mechanism", mechanism)
			alice, mallory := l.browser("Alice's laptop"), l.browser("Mallory")
			alice.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
			alice.do("copy", "name", step.CookieName, "to", mallory.id)
			mallory.send("me").Want(200)
			alice.send("logout").Want(200)
			mallory.send("me")
			alice.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
			alice.send("me").Want(200)
			const en, zh = "alice logged out in step 3, but that deleted the cookie in one place only", "alice 在第 3 步已退出登录"
			for n, want := range []bool{false, false, false, mechanism != step.MechanismServer, false, false} {
				query := "/lab?step=" + string(rune('1'+n))
				if got := strings.Contains(l.page("/en"+query), en); got != want {
					t.Errorf("step %d tells of the log-out: %v; want %v", n+1, got, want)
				}
				if got := strings.Contains(l.page("/zh"+query), zh); got != want {
					t.Errorf("step %d tells of the log-out in Chinese: %v; want %v", n+1, got, want)
				}
			}
		})
	}
}

func TestALearnersOwnCopyThatOutlivesTheLogOutIsTold(t *testing.T) {
	l := newSite(t).learner()
	l.set("mechanism", step.MechanismFlask)
	c := l.loggedIn()
	cookie := sessionCookie(c, l.app)
	c.Post(l.app + "logout").Want(200)
	l.site.carrying(step.CookieName + "=" + cookie).Get(l.app + "me").Want(200)
	if !strings.Contains(l.page("/en/lab"), "momo logged out in step 2, but that deleted the cookie in one place only, in curl: the server") {
		t.Error("the step does not say that momo had logged out")
	}
}
