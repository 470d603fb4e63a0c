package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Flags for a Chromium that shows the pages as a user's would, asks nothing of
// the network by itself, and runs as root in a container. Its profile is a
// temporary directory that chromedp removes.
var browserFlags = []chromedp.ExecAllocatorOption{
	chromedp.NoFirstRun,
	chromedp.NoDefaultBrowserCheck,
	chromedp.NoSandbox,
	chromedp.DisableGPU,
	chromedp.Flag("headless", "new"),
	chromedp.Flag("hide-scrollbars", true),
	chromedp.Flag("force-color-profile", "srgb"),
	chromedp.Flag("disable-background-networking", true),
	chromedp.Flag("disable-component-update", true),
	chromedp.Flag("disable-dev-shm-usage", true),
	chromedp.Flag("disable-quic", true),
	chromedp.Flag("disable-sync", true),
}

// The one browser of the test run: a start costs half a second. Each test has a
// browser context of its own in it, as separate as two profiles are.
var (
	allocator, stopBrowser = chromedp.NewExecAllocator(context.Background(), browserFlags...)

	sharedBrowser = sync.OnceValues(func() (context.Context, error) {
		ctx, _ := chromedp.NewContext(allocator) // stopBrowser ends it
		return ctx, chromedp.Do(ctx)
	})
)

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

// Page is one tab. The test fails when it ends and the page has had a problem:
// see [Page.Problems].
type Page struct {
	ctx  context.Context
	t    testing.TB
	base string
	view View
	seen *recorder
}

// open opens a tab, without any cookie, for the site at base ("http://host:port").
func open(t testing.TB, base string, v View) *Page {
	t.Helper()
	parent, err := sharedBrowser()
	if err != nil {
		requireTool(t, "Chromium", err)
	}
	return newPage(t, parent, base, v, chromedp.WithNewBrowserContext())
}

// Tab opens another tab of the same browser: it shares the cookies.
func (p *Page) Tab() *Page {
	p.t.Helper()
	return newPage(p.t, p.ctx, p.base, p.view)
}

func newPage(t testing.TB, parent context.Context, base string, v View, opts ...chromedp.ContextOption) *Page {
	t.Helper()
	v = v.orDefault()
	ctx, cancel := chromedp.NewContext(parent, opts...)
	t.Cleanup(cancel)
	p := &Page{ctx: ctx, t: t, base: base, view: v, seen: &recorder{base: base}}
	if err := chromedp.Listen(ctx, p.seen.see); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	t.Cleanup(func() {
		for _, problem := range p.Problems() {
			t.Errorf("the page had a problem: %s", problem)
		}
	})
	p.emulate()
	return p
}

// Look looks at the page with another view. What the view says of language and
// scripts holds from the next load on.
func (p *Page) Look(v View) {
	p.t.Helper()
	p.view = v.orDefault()
	p.emulate()
	p.Do(chromedp.Evaluate[chromedp.Void](nextFrame, promise))
}

// nextFrame is a promise of the time when what was changed is drawn, and what
// moves because of it has come to rest.
const nextFrame = `(async () => {
	const frame = () => new Promise(requestAnimationFrame)
	const moving = () => document.getAnimations().filter(a => a.playState === "running" && a.effect.getComputedTiming().endTime < Infinity)
	await frame()
	await frame()
	for (let most = 50; moving().length && most > 0; most--) await frame()
})()`

func (p *Page) emulate() {
	p.t.Helper()
	scheme, motion := "light", "no-preference"
	if p.view.Dark {
		scheme = "dark"
	}
	if p.view.ReducedMotion {
		motion = "reduce"
	}
	agent := run(p, chromedp.Evaluate[string]("navigator.userAgent"))
	call(p, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: agent, AcceptLanguage: p.view.Lang})
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme},
		{Name: "prefers-reduced-motion", Value: motion},
	}})
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: p.view.NoScript})
	p.Do(chromedp.EmulateViewport(p.view.Width, p.view.Height))
}

// Go loads the path, such as "/en/lab", and returns the answer to it.
func (p *Page) Go(path string) *network.Response {
	p.t.Helper()
	return run(p, chromedp.NavigateResponse(p.base+path))
}

// Do runs actions, and ends the test if one fails or takes too long. Click and
// type with them: an element's click() called by [chromedp.Evaluate] escapes the
// content security policy, and proves nothing about it.
func (p *Page) Do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	run(p, chromedp.Steps(actions...))
}

// Await waits until a JavaScript condition holds. It asks from outside, so it
// works with scripts off, and goes on across the loading of another page.
func (p *Page) Await(condition string) {
	p.t.Helper()
	ctx, cancel := p.limited()
	defer cancel()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		holds, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+condition+")"))
		if holds {
			return
		}
		select {
		case <-ctx.Done():
			p.t.Fatalf("waiting in vain for %s (%v)", condition, err)
		case <-again.C:
		}
	}
}

// run runs one action for its value, as [Page.Do] does.
func run[T any](p *Page, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := p.limited()
	defer cancel()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		p.t.Fatal(err)
	}
	return v
}

// call runs a command of the browser's protocol on the tab, as [Page.Do] does.
func call[P, R any](p *Page, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := p.limited()
	defer cancel()
	result, err := chromedp.Call(ctx, command, params)
	if err != nil {
		p.t.Fatal(err)
	}
	return result
}

// limited returns a context for one action on the tab.
func (p *Page) limited() (context.Context, context.CancelFunc) {
	return context.WithTimeout(p.ctx, 30*time.Second)
}

// Text returns the text of the first element that matches, seen or not.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	return run(p, chromedp.Evaluate[string](fmt.Sprintf(`document.querySelector(%q).textContent`, selector)))
}

// Source returns the document as the server sent it, not as scripts left it.
func (p *Page) Source() string {
	p.t.Helper()
	return string(call(p, network.GetResponseBody, network.GetResponseBodyParams{RequestID: p.seen.lastDocument()}).Body)
}

// Screenshot writes the viewport to name.png in the directory SESSIONLAB_SHOTS,
// and does nothing where that is not set.
func (p *Page) Screenshot(name string) {
	p.t.Helper()
	dir := os.Getenv("SESSIONLAB_SHOTS")
	if dir == "" {
		return
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), run(p, chromedp.CaptureScreenshot()), 0o644); err != nil {
		p.t.Fatal(err)
	}
}
