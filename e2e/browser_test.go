package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A browser is a program that pages are looked at with. It is started once for
// all tests; each page that it opens has cookies and a cache of its own.
type browser struct {
	name string
	open func(context.Context, testing.TB, *recorder) (tab, error)
}

var (
	chromium = &browser{"chromium", openChromium}
	firefox  = &browser{"firefox", openFirefox}
	browsers = []*browser{chromium, firefox}
)

// A tab does what a test asks for, in the language of its browser.
type tab interface {
	// look changes what differs from the view before, which is zero at first.
	look(ctx context.Context, was, now View) error
	load(ctx context.Context, url string) (status int, err error)
	reload(context.Context) error
	// evaluate runs a script, waits for the promise that comes of it, if one
	// does, and returns the text that it results in.
	evaluate(ctx context.Context, script string) (string, error)
	move(ctx context.Context, x, y float64) error // the mouse, in CSS pixels of the viewport
	press(ctx context.Context, x, y float64) error
	key(context.Context, key) error
	insert(ctx context.Context, text string) error             // into the field that has the focus
	screenshot(context.Context) ([]byte, error)                // of the viewport, as PNG
	cookies(ctx context.Context, url string) ([]Cookie, error) // all for the url ""
	sibling(context.Context, *recorder) (tab, error)           // with the same cookies, in a window of its own
	beside(context.Context, *recorder) (tab, error)            // with the same cookies, in the same window
	front(context.Context) error                               // before the tabs of its window
	close()
}

// Cookie is what a browser's own jar says of a cookie.
type Cookie struct {
	Name, Value, Domain, Path, SameSite string
	HTTPOnly, Secure                    bool
	Expires                             int64 // in seconds since 1970; 0: with the browser
}

// everywhere runs a test in each browser.
func everywhere(t *testing.T, test func(t *testing.T, with *browser)) {
	t.Parallel()
	for _, with := range browsers {
		t.Run(with.name, func(t *testing.T) {
			t.Parallel()
			test(t, with)
		})
	}
}

// allBrowsers says that each test runs in each browser.
var allBrowsers = os.Getenv("SESSIONLAB_BROWSERS") == "all"

// anywhere runs a test of what no browser does in a way of its own, such as which step a
// button leads to: in one browser, or in [allBrowsers]. A test
// of cookies, keys and focus, history, live pages, motion, layout or pages without scripts
// runs [everywhere].
func anywhere(t *testing.T, test func(t *testing.T, with *browser)) {
	if allBrowsers {
		everywhere(t, test)
		return
	}
	t.Parallel()
	t.Run(chromium.name, func(t *testing.T) {
		t.Parallel()
		test(t, chromium)
	})
}

// View says what a page is looked at with. The zero value is an English
// laptop of 1280x720 with a light theme, motion and JavaScript.
type View struct {
	Width, Height int64  // CSS pixels
	Lang          string // Accept-Language and navigator.language
	Dark          bool   // prefers-color-scheme
	ReducedMotion bool   // prefers-reduced-motion
	NoScript      bool   // JavaScript off
}

func (v View) orDefault() View {
	if v.Width == 0 {
		v.Width, v.Height = 1280, 720
	}
	if v.Lang == "" {
		v.Lang = "en"
	}
	return v
}

// scheme and motion are the view's values of the media features.
func (v View) scheme() string {
	if v.Dark {
		return "dark"
	}
	return "light"
}

func (v View) motion() string {
	if v.ReducedMotion {
		return "reduce"
	}
	return "no-preference"
}

// Page is one tab. The test fails when it ends and the page has had a problem:
// see [Page.Problems].
type Page struct {
	tab  tab
	with *browser
	t    testing.TB
	base string
	view View
	seen *recorder
}

// page opens a tab, without any cookie, for the site at base ("http://host:port").
func (with *browser) page(t testing.TB, base string, v View) *Page {
	t.Helper()
	return newPage(t, with, base, v, func(ctx context.Context, seen *recorder) (tab, error) { return with.open(ctx, t, seen) })
}

// Tab opens another tab of the same browser, in a window of its own: it shares the
// cookies.
func (p *Page) Tab(v View) *Page {
	p.t.Helper()
	return newPage(p.t, p.with, p.base, v, p.tab.sibling)
}

// Beside opens another tab of the same window: it shares the cookies, and one of
// the two is hidden.
func (p *Page) Beside(v View) *Page {
	p.t.Helper()
	return newPage(p.t, p.with, p.base, v, p.tab.beside)
}

func newPage(t testing.TB, with *browser, base string, v View, open func(context.Context, *recorder) (tab, error)) *Page {
	t.Helper()
	p := &Page{with: with, t: t, base: base, seen: &recorder{base: base}}
	ctx, cancel := p.limited()
	defer cancel()
	var err error
	if p.tab, err = open(ctx, p.seen); err != nil {
		requireTool(t, with.name, err)
	}
	t.Cleanup(p.tab.close)
	t.Cleanup(func() {
		for _, problem := range p.Problems() {
			t.Errorf("the page had a problem: %s", problem)
		}
	})
	p.emulate(v)
	return p
}

// Look looks at the page with another view. What the view says of language and
// scripts holds from the next load on.
func (p *Page) Look(v View) {
	p.t.Helper()
	p.emulate(v)
	p.Eval(nextFrame)
}

// nextFrame is a promise of the time when what was changed is drawn, and what
// moves because of it has been brought to its end.
const nextFrame = `(async () => {
	const frame = () => new Promise(requestAnimationFrame)
	const moving = () => document.getAnimations().filter(a => a.playState === "running" && a.effect.getComputedTiming().endTime < Infinity)
	await frame()
	do {
		moving().forEach(a => a.finish())
		await frame()
	} while (moving().length)
})()`

func (p *Page) emulate(v View) {
	p.t.Helper()
	was := p.view
	p.view = v.orDefault()
	p.do(func(ctx context.Context) error { return p.tab.look(ctx, was, p.view) })
}

// Go loads the path, such as "/en/lab", and returns the status of the answer.
func (p *Page) Go(path string) int {
	p.t.Helper()
	var status int
	p.do(func(ctx context.Context) (err error) {
		status, err = p.tab.load(ctx, p.base+path)
		return err
	})
	return status
}

// Front shows the tab, and hides the one that its window has shown.
func (p *Page) Front() { p.t.Helper(); p.do(p.tab.front) }

func (p *Page) Reload() { p.t.Helper(); p.do(p.tab.reload) }

// do does one thing, and ends the test if it fails or takes too long.
func (p *Page) do(action func(context.Context) error) {
	p.t.Helper()
	ctx, cancel := p.limited()
	defer cancel()
	if err := action(ctx); err != nil {
		p.t.Fatal(err)
	}
}

// limited returns a context for one action on the tab.
func (p *Page) limited() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), patience())
}

// Eval evaluates a JavaScript expression, and waits for the promise that comes
// of it, if one does.
func (p *Page) Eval(expression string) { p.t.Helper(); eval[any](p, expression) }

// eval is [Page.Eval] for a value.
func eval[T any](p *Page, expression string) (v T) {
	p.t.Helper()
	p.do(func(ctx context.Context) (err error) {
		v, err = evaluate[T](ctx, p.tab, expression)
		return err
	})
	return v
}

// evaluate gets by without promises where none comes of the expression: with
// scripts off, none would ever be kept.
func evaluate[T any](ctx context.Context, in tab, expression string) (v T, err error) {
	text, err := in.evaluate(ctx, `(v => v instanceof Promise ? v.then(v => JSON.stringify(v)) : JSON.stringify(v))(`+expression+"\n)")
	if err == nil && text != "" {
		err = json.Unmarshal([]byte(text), &v)
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", expression, err)
	}
	return v, err
}

// Await waits until a JavaScript condition holds. It asks from outside, so it
// works with scripts off, and goes on across the loading of another page.
func (p *Page) Await(condition string) {
	p.t.Helper()
	p.until("waiting in vain for "+condition, func(ctx context.Context) (bool, error) {
		return evaluate[bool](ctx, p.tab, "!!("+condition+")")
	})
}

// until asks again and again, and ends the test after too long with what was
// asked for.
func (p *Page) until(what string, asked func(context.Context) (bool, error)) {
	p.t.Helper()
	ctx, cancel := p.limited()
	defer cancel()
	pause := 5 * time.Millisecond
	for wait := time.Second; ; {
		// A page that goes away may leave a question without an answer, and a busy
		// machine answers late.
		once, done := context.WithTimeout(ctx, wait)
		holds, err := asked(once)
		if once.Err() != nil {
			wait *= 2
		}
		done()
		if holds {
			return
		}
		select {
		case <-ctx.Done():
			p.t.Fatalf("%s (%v)", what, err)
		case <-time.After(pause):
			pause = min(2*pause, 80*time.Millisecond) // to ask takes time from what is waited for
		}
	}
}

// Text returns the text of the first element that matches, seen or not.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	return eval[string](p, fmt.Sprintf(`document.querySelector(%q).textContent`, selector))
}

// Cookies returns the cookies that the browser would send to an address.
func (p *Page) Cookies(url string) map[string]Cookie {
	p.t.Helper()
	jar := make(map[string]Cookie)
	p.do(func(ctx context.Context) error {
		cookies, err := p.tab.cookies(ctx, url)
		for _, c := range cookies {
			jar[c.Name] = c
		}
		return err
	})
	return jar
}

// Held returns all cookies that the browser has.
func (p *Page) Held() (all []Cookie) {
	p.t.Helper()
	p.do(func(ctx context.Context) (err error) {
		all, err = p.tab.cookies(ctx, "")
		return err
	})
	return all
}

// Screenshot writes the viewport to name.png in the directory SESSIONLAB_SHOTS,
// and does nothing where that is not set.
func (p *Page) Screenshot(name string) {
	p.t.Helper()
	dir := os.Getenv("SESSIONLAB_SHOTS")
	if dir == "" {
		return
	}
	p.do(func(ctx context.Context) error {
		png, err := p.tab.screenshot(ctx)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	})
}
