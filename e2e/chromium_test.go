package e2e

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// Flags for a Chromium that shows the pages as a user's would, asks nothing of
// the network by itself, and runs as root in a container. Its profile is a
// temporary directory that chromedp removes.
var chromiumFlags = []chromedp.ExecAllocatorOption{
	chromedp.NoFirstRun,
	chromedp.NoDefaultBrowserCheck,
	chromedp.NoSandbox,
	chromedp.DisableGPU,
	chromedp.Flag("headless", "new"),
	chromedp.Flag("hide-scrollbars", true),
	chromedp.Flag("force-color-profile", "srgb"),
	chromedp.Flag("disable-background-networking", true),
	chromedp.Flag("disable-background-timer-throttling", true), // tests share it: none is in front
	chromedp.Flag("disable-backgrounding-occluded-windows", true),
	chromedp.Flag("disable-renderer-backgrounding", true),
	chromedp.Flag("disable-component-update", true),
	chromedp.Flag("disable-dev-shm-usage", true),
	chromedp.Flag("disable-quic", true),
	chromedp.Flag("host-resolver-rules", "MAP shop 127.0.0.1"),
	chromedp.Flag("disable-features", "HttpsUpgrades,HttpsFirstBalancedMode"),
	chromedp.IgnoreCertErrors,
	chromedp.Flag("disable-sync", true),
}

// headlessShell is Chromium without windows: the same engine, network and cookies for
// half of the work. Debian's command of that name would outlive a run that is killed.
const headlessShell = "/usr/lib/chromium/chromium-headless-shell"

// sharedFlags are those of the Chromium that the tests share: the shell, where there is one.
func sharedFlags() []chromedp.ExecAllocatorOption {
	if _, err := os.Stat(headlessShell); err != nil {
		return chromiumFlags
	}
	return append(slices.Clone(chromiumFlags), chromedp.ExecPath(headlessShell))
}

var (
	chromiums, quitChromium = chromedp.NewExecAllocator(context.Background(), sharedFlags()...)

	theChromium = sync.OnceValues(func() (context.Context, error) {
		ctx, _ := chromedp.NewContext(chromiums) // quitChromium ends it
		return ctx, chromedp.Do(ctx)
	})
)

// windowed is Chromium with windows, of whose tabs one hides the others, and with developer
// tools.
var windowed = &browser{"chromium", openWindowed}

var (
	windowedChromiums, quitWindowed = chromedp.NewExecAllocator(context.Background(), chromiumFlags...)

	theWindowed = sync.OnceValues(func() (context.Context, error) {
		ctx, _ := chromedp.NewContext(windowedChromiums) // quitWindowed ends it
		return ctx, chromedp.Do(ctx)
	})
)

func openWindowed(_ context.Context, _ testing.TB, seen *recorder) (tab, error) {
	parent, err := theWindowed()
	if err != nil {
		return nil, err
	}
	return newChromiumTab(parent, false, seen, chromedp.WithNewBrowserContext())
}

// A chromiumTab is driven by chromedp.
type chromiumTab struct {
	ctx    context.Context
	cancel context.CancelFunc
	alone  bool // no other tab has its cookies
	view   View // that it was last told of
	seen   atomic.Pointer[recorder]

	mu       sync.Mutex
	document network.RequestID // the latest
}

// spareChromiums are tabs that tests have left.
var spareChromiums spares[*chromiumTab]

func openChromium(_ context.Context, _ testing.TB, seen *recorder) (tab, error) {
	if c, ok := spareChromiums.take(); ok {
		c.seen.Store(seen)
		return c, nil
	}
	parent, err := theChromium()
	if err != nil {
		return nil, err
	}
	return newChromiumTab(parent, true, seen, chromedp.WithNewBrowserContext())
}

func (c *chromiumTab) sibling(_ context.Context, seen *recorder) (tab, error) {
	c.alone = false
	return newChromiumTab(c.ctx, false, seen)
}

func (c *chromiumTab) beside(_ context.Context, seen *recorder) (tab, error) {
	c.alone = false
	return newChromiumTab(c.ctx, false, seen, chromedp.WithNewWindow(false))
}

func newChromiumTab(parent context.Context, alone bool, seen *recorder, opts ...chromedp.ContextOption) (tab, error) {
	c := &chromiumTab{alone: alone}
	c.seen.Store(seen)
	c.ctx, c.cancel = chromedp.NewContext(parent, opts...)
	if err := chromedp.Listen(c.ctx, c.see); err != nil {
		c.cancel()
		return nil, err
	}
	return c, nil
}

func (c *chromiumTab) front(ctx context.Context) error {
	_, err := order(ctx, c, page.BringToFront, cdp.Empty{})
	return err
}

func (c *chromiumTab) close() {
	if c.alone && c.clean() == nil {
		spareChromiums.put(c)
		return
	}
	c.cancel()
}

// clean makes the tab as good as new.
func (c *chromiumTab) clean() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience())
	defer cancel()
	origin, err := c.evaluate(ctx, cleanOrigin)
	if err != nil {
		return err
	}
	c.seen.Store(new(recorder)) // for what nobody asks about
	if _, err := act(ctx, c, chromedp.Navigate("about:blank")); err != nil {
		return err
	}
	if _, err := order(ctx, c, storage.ClearDataForOrigin, storage.ClearDataForOriginParams{Origin: origin, StorageTypes: "all"}); err != nil {
		return err
	}
	if _, err := order(ctx, c, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
		return err
	}
	if _, err := order(ctx, c, page.ResetNavigationHistory, cdp.Empty{}); err != nil {
		return err
	}
	if err := c.move(ctx, 0, 0); err != nil { // nothing is pointed at
		return err
	}
	return c.look(ctx, c.view, View{}.orDefault())
}

// act runs an action of chromedp, for as long as ctx allows.
func act[T any](ctx context.Context, c *chromiumTab, action chromedp.Action[T]) (T, error) {
	end, _ := ctx.Deadline()
	limited, cancel := context.WithDeadline(c.ctx, end)
	defer cancel()
	return chromedp.Run(limited, action)
}

// order runs a command of the protocol, as act does.
func order[P, R any](ctx context.Context, c *chromiumTab, command cdp.Command[P, R], params P) (R, error) {
	end, _ := ctx.Deadline()
	limited, cancel := context.WithDeadline(c.ctx, end)
	defer cancel()
	return chromedp.Call(limited, command, params)
}

func (c *chromiumTab) look(ctx context.Context, was, now View) (err error) {
	c.view = now
	if was.Lang != now.Lang {
		err = c.speak(ctx, now.Lang)
	}
	if err == nil && (was.Lang == "" || was.scheme() != now.scheme() || was.motion() != now.motion()) {
		_, err = order(ctx, c, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: now.scheme()},
			{Name: "prefers-reduced-motion", Value: now.motion()},
		}})
	}
	if err == nil && was.NoScript != now.NoScript {
		_, err = order(ctx, c, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: now.NoScript})
	}
	if err == nil && (was.Width != now.Width || was.Height != now.Height) {
		_, err = act(ctx, c, chromedp.EmulateViewport(now.Width, now.Height))
	}
	return err
}

func (c *chromiumTab) speak(ctx context.Context, lang string) error {
	agent, err := act(ctx, c, chromedp.Evaluate[string]("navigator.userAgent"))
	if err != nil {
		return err
	}
	_, err = order(ctx, c, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: agent, AcceptLanguage: lang})
	return err
}

func (c *chromiumTab) load(ctx context.Context, url string) (int, error) {
	res, err := act(ctx, c, chromedp.NavigateResponse(url))
	if err != nil {
		return 0, err
	}
	return int(res.Status), nil
}

func (c *chromiumTab) reload(ctx context.Context) error {
	_, err := act(ctx, c, chromedp.Reload())
	return err
}

func (c *chromiumTab) evaluate(ctx context.Context, script string) (string, error) {
	value, err := act(ctx, c, chromedp.Evaluate[*runtime.RemoteObject](script, chromedp.EvalAwaitPromise, chromedp.EvalAsValue))
	if err != nil || value.Type != runtime.RemoteObjectTypeString {
		return "", err
	}
	var text string
	err = json.Unmarshal(value.Value, &text)
	return text, err
}

func (c *chromiumTab) move(ctx context.Context, x, y float64) error {
	_, err := act(ctx, c, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y))
	return err
}

func (c *chromiumTab) press(ctx context.Context, x, y float64) error {
	if err := c.move(ctx, x, y); err != nil {
		return err
	}
	_, err := act(ctx, c, chromedp.MouseClickXY(x, y))
	return err
}

func (c *chromiumTab) key(ctx context.Context, k key) error {
	code, named := keyCodes[k.name]
	if !named {
		code.cdp = k.name
	}
	var held []chromedp.Modifier
	if k.ctrl {
		held = append(held, chromedp.ModifierCtrl)
	}
	if k.shift {
		held = append(held, chromedp.ModifierShift)
	}
	_, err := act(ctx, c, chromedp.KeyEvent(code.cdp, chromedp.KeyModifiers(held...)))
	return err
}

func (c *chromiumTab) insert(ctx context.Context, text string) error {
	_, err := order(ctx, c, input.InsertText, input.InsertTextParams{Text: text})
	return err
}

func (c *chromiumTab) screenshot(ctx context.Context) ([]byte, error) {
	return act(ctx, c, chromedp.CaptureScreenshot())
}

// getAllCookies answers with all cookies of the tab's jar: Storage.getCookies looks into
// that of the browser's first window.
var getAllCookies = cdp.Command[cdp.Empty, network.GetCookiesResult]{Method: "Network.getAllCookies"}

func (c *chromiumTab) cookies(ctx context.Context, url string) ([]Cookie, error) {
	var held []*network.Cookie
	if url == "" {
		all, err := order(ctx, c, getAllCookies, cdp.Empty{})
		if err != nil {
			return nil, err
		}
		held = all.Cookies
	} else {
		some, err := order(ctx, c, network.GetCookies, network.GetCookiesParams{URLs: []string{url}})
		if err != nil {
			return nil, err
		}
		held = some.Cookies
	}
	var cookies []Cookie
	for _, k := range held {
		cookies = append(cookies, Cookie{
			Name: k.Name, Value: k.Value, Domain: k.Domain, Path: k.Path, SameSite: string(k.SameSite),
			HTTPOnly: k.HTTPOnly, Secure: k.Secure, Expires: max(0, int64(k.Expires)),
		})
	}
	return cookies, nil
}

// Source returns the document as the server sent it, not as scripts left it. It
// is the server's, whatever browser asks: only Chromium is asked for it.
func (p *Page) Source() string {
	p.t.Helper()
	c := p.tab.(*chromiumTab)
	c.mu.Lock()
	document := c.document
	c.mu.Unlock()
	var source string
	p.do(func(ctx context.Context) error {
		result, err := order(ctx, c, network.GetResponseBody, network.GetResponseBodyParams{RequestID: document})
		source = string(result.Body)
		return err
	})
	return source
}

// see is called for each event, in order.
func (c *chromiumTab) see(event any) {
	seen := c.seen.Load()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		switch e.Type {
		case runtime.ConsoleAPICalledTypeError, runtime.ConsoleAPICalledTypeWarning, runtime.ConsoleAPICalledTypeAssert:
			seen.add("console.%s: %s", e.Type, consoleText(e.Args))
		}
	case *runtime.EventExceptionThrown:
		seen.add("uncaught: %s", exceptionText(e.ExceptionDetails))
	case *log.EventEntryAdded:
		// Among them, with the source "security", what the policy refused.
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			seen.add("%s %s: %s %s", e.Entry.Source, e.Entry.Level, e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		if e.Type == network.ResourceTypeDocument {
			c.mu.Lock()
			c.document = e.RequestID
			c.mu.Unlock()
		}
		seen.request(e.Request.URL)
	}
}

func consoleText(args []*runtime.RemoteObject) string {
	var words []string
	for _, arg := range args {
		if arg.Description != "" {
			words = append(words, arg.Description)
		} else {
			words = append(words, string(arg.Value))
		}
	}
	return strings.Join(words, " ")
}

func exceptionText(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Exception.Description
	}
	return d.Text
}
