package e2e

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// An own browser is one that a test starts, closes and starts again with the same
// profile.
type ownBrowser struct {
	name  string
	start func(t *testing.T, profile string, restores bool) (tab tab, quit func(), err error)
}

var ownBrowsers = []ownBrowser{{"chromium", ownChromium}, {"firefox", ownFirefox}}

func ownChromium(_ *testing.T, profile string, restores bool) (tab, func(), error) {
	flags := append(slices.Clone(chromiumFlags), chromedp.UserDataDir(profile))
	if restores {
		flags = append(flags, chromedp.Flag("restore-last-session", true))
	}
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), flags...)
	ctx, _ := chromedp.NewContext(allocator) // cancel ends it
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		return nil, nil, err
	}
	opened, err := newChromiumTab(ctx, false, new(recorder))
	quit := func() {
		_ = chromedp.Cancel(ctx) // which writes the profile
		cancel()
	}
	return opened, quit, err
}

func ownFirefox(_ *testing.T, profile string, restores bool) (tab, func(), error) {
	prefs := firefoxPrefs
	if restores {
		prefs += `user_pref("browser.startup.page", 3);` + "\n"
	}
	f, err := startFirefoxOn(profile, prefs)
	if err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience())
	defer cancel()
	opened, err := f.create(ctx, object{"type": "tab"}, "default", false, new(recorder))
	return opened, f.end, err
}

// open starts the browser and returns what a person does with it.
func (own ownBrowser) open(t *testing.T, profile string, restores bool) (s surfer, quit func()) {
	t.Helper()
	opened, end, err := own.start(t, profile, restores)
	if err != nil {
		requireTool(t, own.name, err)
	}
	once := sync.OnceFunc(end)
	t.Cleanup(once)
	return surfer{t, opened}, once
}

// loggedIn says what a question who is logged in was answered with.
func loggedIn(status int) string {
	return map[int]string{http.StatusOK: "logged-in", http.StatusUnauthorized: "logged-out"}[status]
}

func TestARealBrowserThatIsClosedKeepsTheCookiesThatAVirtualOneKeeps(t *testing.T) {
	t.Parallel()
	for _, own := range ownBrowsers {
		t.Run(own.name, func(t *testing.T) {
			profile := t.TempDir()
			judges := make(map[string]*judge) // each with a bench, and so a cookie, of its own
			login := func(alice surfer, variant string) {
				judges[variant] = newJudge(t)
				alice.login(judges[variant].app.URL + judges[variant].address)
			}
			wants := func(alice surfer, variant string) {
				j := judges[variant]
				j.wants("browser-closed", variant, loggedIn(alice.visit(j.app.URL+j.address+"me")))
			}
			alice, quit := own.open(t, profile, false)
			login(alice, "session-cookie")
			login(alice, "permanent")
			alice.send("permanent", "on=true")
			quit()
			alice, quit = own.open(t, profile, false)
			wants(alice, "session-cookie")
			wants(alice, "permanent")
			login(alice, "restored")
			quit()
			alice, quit = own.open(t, profile, true)
			wants(alice, "restored")
			quit()
		})
	}
}
