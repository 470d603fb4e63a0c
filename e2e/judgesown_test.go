package e2e

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// An own browser is one that a test starts, closes and starts again with the same
// profile. It finds a host named shop on this machine, and minds no certificate.
type ownBrowser struct {
	name  string
	start func(t *testing.T, profile string, restores bool) (tab tab, quit func(), err error)
}

var ownBrowsers = []ownBrowser{{"chromium", ownChromium}, {"firefox", ownFirefox}}

func ownChromium(_ *testing.T, profile string, restores bool) (tab, func(), error) {
	flags := append(slices.Clone(chromiumFlags), chromedp.UserDataDir(profile), chromedp.IgnoreCertErrors,
		chromedp.Flag("host-resolver-rules", "MAP shop 127.0.0.1"), chromedp.Flag("disable-features", "HttpsUpgrades,HttpsFirstBalancedMode"))
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
	prefs := firefoxPrefs + `user_pref("network.dns.localDomains", "shop");` + "\n"
	if restores {
		prefs += `user_pref("browser.startup.page", 3);` + "\n"
	}
	f, err := startFirefoxOn(profile, prefs, object{"alwaysMatch": object{"acceptInsecureCerts": true}})
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
			for restores, variants := range map[bool][]string{false: {"session-cookie", "permanent"}, true: {"restored"}} {
				profile := t.TempDir()
				judges := make([]*judge, len(variants)) // each with a bench, and so a cookie, of its own
				alice, quit := own.open(t, profile, restores)
				for i, variant := range variants {
					judges[i] = newJudge(t)
					alice.login(judges[i].app.URL + judges[i].address)
					if variant == "permanent" {
						alice.send("permanent", "on=true")
					}
				}
				quit()
				alice, quit = own.open(t, profile, restores)
				for i, variant := range variants {
					j := judges[i]
					j.wants("browser-closed", variant, loggedIn(alice.visit(j.app.URL+j.address+"me")))
				}
				quit()
			}
		})
	}
}

func TestARealBrowserSendsACookieOverPlainHTTPWhereAVirtualOneDoes(t *testing.T) {
	t.Parallel()
	for _, own := range ownBrowsers {
		t.Run(own.name, func(t *testing.T) {
			j := newJudge(t, "--trust-proxy")
			target, err := url.Parse(j.app.URL)
			if err != nil {
				t.Fatal(err)
			}
			secure := httptest.NewTLSServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
				r.SetURL(target)
				r.Out.Host = r.In.Host
				r.Out.Header.Set("X-Forwarded-Proto", "https")
			}})
			t.Cleanup(secure.Close)
			// A browser trusts 127.0.0.1 as if it were encrypted, and no other name.
			https, plain := strings.Replace(secure.URL, "127.0.0.1", "shop", 1)+j.address, strings.Replace(j.app.URL, "127.0.0.1", "shop", 1)+j.address
			alice, _ := own.open(t, t.TempDir(), false)
			for variant, value := range map[string]string{"plain": "false", "secure": "true"} {
				j.set("secure", value)
				alice.login(https)
				if got := alice.visit(https + "me"); got != http.StatusOK {
					t.Errorf("%s: over https, me = %d; want 200", variant, got)
				}
				verdict := map[int]string{http.StatusOK: "seen", http.StatusUnauthorized: "not-sent"}[alice.visit(plain+"me")]
				j.wants("sniffing", variant, verdict)
				alice.visit(https)
				alice.send("logout", "")
			}
		})
	}
}
