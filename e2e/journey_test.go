package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// The main job, from the first visit to the last log-out, with the mouse and the
// keyboard of a learner. After each request the page is held against the step's
// JSON, the browser's own jar and the database.

var journeys = map[string]View{
	"in English":      {ReducedMotion: true},
	"in Chinese":      {ReducedMotion: true, Lang: "zh-CN"},
	"without scripts": {NoScript: true},
}

func TestALearnerSeesBothSidesOfASession(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		for name, v := range journeys {
			if name == "in Chinese" && with == firefox && !allBrowsers {
				continue
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := with.arrive(t, startApp(t), v)
				first := logInAndOut(b)
				values := valuesComeAndGo(b)
				again := logInToASession(b, values)
				for _, dead := range []string{first, values, again} {
					isDead(b, dead)
				}
			})
		}
	})
}

// arrive comes to the bench as one who knows nothing: by the front page.
func (with *browser) arrive(t *testing.T, app *App, v View) *Bench {
	t.Helper()
	b := &Bench{Page: with.page(t, app.URL, v), server: app}
	b.Go("/")
	b.lang = eval[string](b.Page, `location.pathname.slice(1, 3)`)
	b.Click(`.places-h a[href$="/lab"]`)
	b.sitDown()
	if jar := b.Jar(); jar["session"].Name != "" || len(jar) != 1 {
		t.Errorf("the jar of a newcomer = %v; want the seat alone", jar)
	}
	return b
}

// logInAndOut returns the session cookie of the time between.
func logInAndOut(b *Bench) string {
	b.Login("momo", "123")
	in := b.True(values{"uname": "momo"})
	b.Logout()
	b.True(nil)
	return in.After.Cookie.Raw
}

// valuesComeAndGo returns the cookie of the anonymous session that it leaves.
func valuesComeAndGo(b *Bench) string {
	b.Get("colour")
	if s := b.True(nil); s.Result != nil || s.Error != "" || s.After.Record != nil {
		b.t.Errorf("get on an empty session = %v, %q, record %v; want null and nothing stored", s.Result, s.Error, s.After.Record)
	}
	b.Set("colour", "teal")
	made := b.True(values{"colour": "teal"})
	b.Set("colour", "橄榄 olive")
	changed := b.True(values{"colour": "橄榄 olive"})
	if changed.After.Cookie.Raw != made.After.Cookie.Raw {
		b.t.Errorf("a set changed the cookie")
	}
	b.Get("colour")
	if s := b.True(values{"colour": "橄榄 olive"}); s.Result != "橄榄 olive" {
		b.t.Errorf("get = %v; want %q", s.Result, "橄榄 olive")
	}
	b.Get("missing")
	if s := b.True(values{"colour": "橄榄 olive"}); s.Result != nil || s.Error != "" {
		b.t.Errorf("get of a missing key = %v, %q; want null", s.Result, s.Error)
	}
	b.Permanent()
	on := b.True(values{"colour": "橄榄 olive", "_permanent": true})
	days := time.Until(*on.After.Cookie.Attributes.Expires).Hours() / 24
	if days < 30.99 || days > 31 {
		b.t.Errorf("a permanent cookie expires in %.2f days; want 31", days)
	}
	b.Permanent()
	if off := b.True(values{"colour": "橄榄 olive", "_permanent": false}); off.After.Cookie.Attributes.Expires != nil {
		b.t.Errorf("a cookie that is not permanent expires at %v", off.After.Cookie.Attributes.Expires)
	}
	b.Pop("colour")
	if s := b.True(values{"_permanent": false}); s.Result != "橄榄 olive" {
		b.t.Errorf("pop = %v; want %q", s.Result, "橄榄 olive")
	}
	b.Pop("colour")
	if s := b.True(values{"_permanent": false}); s.Error != "no_such_key" {
		b.t.Errorf("pop of a missing key: error %q; want no_such_key", s.Error)
	}
	b.Clear()
	b.True(nil)
	b.Set("cart", "a book")
	return b.True(values{"cart": "a book"}).After.Cookie.Raw
}

// logInToASession ends with an empty jar, and returns the cookie from before.
func logInToASession(b *Bench, anonymous string) string {
	b.Login("alice", "wrong")
	if s := b.True(values{"cart": "a book"}); s.Error != "wrong_password" || s.After.Cookie.Raw != anonymous {
		b.t.Errorf("a wrong password: error %q, cookie %q; want wrong_password, and the cookie as before", s.Error, s.After.Cookie.Raw)
	}
	b.Login("alice", "rabbit")
	in := b.True(values{"cart": "a book", "uname": "alice"})
	if in.After.Cookie.Raw == anonymous {
		b.t.Errorf("log-in kept the id")
	}
	// For a moment the old key tells late requests that the id was renewed.
	for _, row := range stored(b.t, b.server, in.Before.Record.Query, in.Before.Record.Key) {
		if !strings.Contains(fmt.Sprint(row), `"renewed:`) {
			b.t.Errorf("log-in left the old record: %v", row)
		}
	}
	b.Press(`button[formaction$="/me"]`)
	if s := b.True(values{"cart": "a book", "uname": "alice"}); s.Result != "alice" {
		b.t.Errorf("me = %v; want alice", s.Result)
	}
	b.Logout()
	b.True(nil)
	return in.After.Cookie.Raw
}

// isDead sends a copied cookie of a session that has ended.
func isDead(b *Bench, cookie string) {
	b.t.Helper()
	req, err := http.NewRequest(http.MethodGet, b.Address+"me", nil)
	if err != nil {
		b.t.Fatal(err)
	}
	req.AddCookie(&http.Cookie{Name: "session", Value: cookie})
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusUnauthorized {
		b.t.Errorf("a copied cookie of a dead session: %s; want 401", res.Status)
	}
	b.N++ // the stranger's request is a step too
}
