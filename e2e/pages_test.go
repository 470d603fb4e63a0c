package e2e

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// The pages around the bench.

func TestTheSettingsAsCodeFollowAChange(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Go("/en/lab/config")
		has := func(want ...string) {
			t.Helper()
			code := b.Text(".codes")
			for _, line := range want {
				if !strings.Contains(code, line) {
					t.Errorf("the code lacks %q:\n%s", line, code)
				}
			}
		}
		const changed = `[...document.querySelectorAll(".config-row[data-mark=change] [name]")].map(e => e.name).join()`
		has("SESSION_COOKIE_HTTPONLY = True", "timedelta(days=31)", "HttpOnly: true", "31 * 24 * time.Hour")
		if got := eval[string](b.Page, changed); got != "" {
			t.Errorf("before any change %s is marked as changed", got)
		}
		b.Choose(".config [name=http_only]", "off")
		b.Fill(".config [name=lifetime]", "2h")
		b.Key("Enter")
		b.Await(`document.readyState === "complete" && ` + changed + ` === "lifetime,http_only"`)
		has("SESSION_COOKIE_HTTPONLY = False", "timedelta(hours=2)", "HttpOnly: false", "2 * time.Hour")
		if got := eval[string](b.Page, `location.pathname`); got != "/en/lab/config" {
			t.Errorf("after the change the page is %s", got)
		}
		b.Go("/en/lab")
		b.Set("colour", "teal")
		if c := b.Jar()["session"]; c.HTTPOnly {
			t.Error("the cookie is HttpOnly; want what was set")
		}
	})
}

func TestTheSecretKeyIsShownOnDemandOnly(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		b.Await(`document.querySelector("#secret pre") && !document.querySelector("#secret pre").checkVisibility()`)
		b.Click("#secret > summary")
		b.Await(`document.querySelector("#secret pre").checkVisibility()`)
		key := b.Text("#secret pre")
		b.Go("/en/lab/config")
		const html = `document.documentElement.outerHTML`
		if len(key) < 16 || strings.Contains(eval[string](b.Page, html), key) {
			t.Errorf("the page of the settings has the key %q before it is asked for", key)
		}
		b.Click(`a[href$="?secret=shown"]`)
		b.Await(`location.search === "?secret=shown" && document.readyState === "complete"`)
		if !strings.Contains(b.Text(".codes"), key) {
			t.Errorf("asked for, the code does not have the key %q", key)
		}
		b.Click(`.page-go a[href$="/config"]`)
		b.Await(`location.search === "" && document.readyState === "complete"`)
		if strings.Contains(eval[string](b.Page, html), key) {
			t.Error("hidden again, the key is still in the page")
		}
	})
}

func TestRisksAreWarnedOf(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		const warned = `["pane-browser", "pane-store"].map(id => document.querySelectorAll("#" + id + " .warning").length).join()`
		b.Set("colour", "teal")
		if got := eval[string](b.Page, warned); got != "0,0" {
			t.Errorf("warnings of a session without risk (browser, store) = %s; want none", got)
		}
		b.Set("pwd", "123")
		if got := eval[string](b.Page, warned); got != "0,1" {
			t.Errorf("warnings of a stored password (browser, store) = %s; want 0,1", got)
		}
		b.Click("#pane-store .warning > summary")
		b.Await(`document.querySelector("#pane-store .warning p").checkVisibility()`)
		if got := b.Text("#pane-store .warning"); !strings.Contains(got, "pwd") {
			t.Errorf("the warning %q does not name the key", got)
		}
		b.Pop("pwd")
		b.Go("/en/lab/config")
		b.Choose(".config [name=http_only]", "off")
		b.Click(".config .btn-1")
		b.Await(`document.querySelector(".config-row[data-mark=change]") && document.readyState === "complete"`)
		b.Go("/en/lab")
		if got := eval[string](b.Page, warned); got != "1,0" {
			t.Errorf("warnings of a cookie that scripts read (browser, store) = %s; want 1,0", got)
		}
	})
}

func TestTwoStepsAreCompared(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Set("colour", "teal")
		before := b.Step(1).After.Cookie.Raw
		b.Login("momo", "123")
		after := b.Step(2).After.Cookie.Raw
		b.Click("#step-compare")
		b.Await(`location.pathname.endsWith("/compare") && document.readyState === "complete"`)
		const marked = `[...document.querySelectorAll(".by-%s .versus tr[data-mark]:not([data-mark=''])")].map(e => e.dataset.mark + " " + e.querySelector("th > :first-child").textContent.trim())`
		marks := func(lane string) []string {
			return eval[[]string](b.Page, strings.ReplaceAll(marked, "%s", lane))
		}
		if got := marks("browser"); !slices.Contains(got, "change Value") {
			t.Errorf("marked in the browser = %q; want the value changed", got)
		}
		if got := marks("store"); !slices.Contains(got, "add uname") || slices.Contains(got, "change colour") {
			t.Errorf("marked in the store = %q; want uname added, and colour as it was", got)
		}
		if text := b.Text(".by-browser"); !strings.Contains(text, before) || !strings.Contains(text, after) {
			t.Errorf("compared are cookies in %q; want %q and %q", text, before, after)
		}
		b.Choose(".pick [name=a]", "2")
		b.Click(".pick .btn-1")
		b.Await(`location.search === "?a=2&b=2" && document.readyState === "complete"`)
		if got := append(marks("browser"), marks("store")...); len(got) > 0 {
			t.Errorf("a step differs from itself in %q", got)
		}
	})
}

func TestStepsOfOthersAreNotFound(t *testing.T) {
	t.Parallel()
	app := startApp(t)
	b := chromium.sit(t, app, View{ReducedMotion: true})
	b.Login("momo", "123")
	stranger := chromium.sit(t, app, View{ReducedMotion: true})
	stranger.Allow("status of 404")
	for _, path := range []string{"/en/lab?step=1", "/en/lab/steps/1", "/en/lab/steps/1/raw", "/en/lab/steps/1/code", "/en/lab/compare?a=1&b=1", "/en/lab/print?from=1"} {
		own, theirs := b.Go(path), stranger.Go(path)
		if own != http.StatusOK {
			t.Errorf("GET %s = %d to its owner; want 200", path, own)
		}
		if theirs != http.StatusNotFound {
			t.Errorf("GET %s = %d to another; want 404", path, theirs)
		}
		if text := stranger.Text("body"); strings.Contains(text, b.Jar()["session"].Value) {
			t.Errorf("GET %s tells another the cookie", path)
		}
	}
}
