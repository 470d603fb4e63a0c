package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// firefoxPrefs are for a Firefox that shows the pages as Chromium does, with scroll
// bars that take no room, and does nothing else meanwhile.
const firefoxPrefs = `user_pref("ui.useOverlayScrollbars", 1);
user_pref("accessibility.force_disabled", 1);
user_pref("browser.formfill.enable", false);
user_pref("browser.ml.enable", false);
user_pref("browser.newtab.preload", false);
user_pref("browser.newtabpage.enabled", false);
user_pref("browser.pagethumbnails.capturing_disabled", true);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.search.update", false);
user_pref("browser.sessionstore.interval", 3600000);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("browser.tabs.remote.separatePrivilegedContentProcess", false);
user_pref("browser.translations.enable", false);
user_pref("datareporting.healthreport.uploadEnabled", false);
user_pref("dom.ipc.processCount", 1);
user_pref("dom.ipc.processPrelaunch.enabled", false);
user_pref("extensions.formautofill.addresses.enabled", false);
user_pref("extensions.formautofill.creditCards.enabled", false);
user_pref("extensions.webextensions.remote", false);
user_pref("fission.webContentIsolationStrategy", 0);
user_pref("media.rdd-process.enabled", false);
user_pref("media.utility-process.enabled", false);
user_pref("network.dns.localDomains", "shop");
user_pref("network.process.enabled", false);
user_pref("signon.rememberSignons", false);
user_pref("toolkit.cosmeticAnimations.enabled", false);
`

// A firefoxProcess is a Firefox with a connection to it.
type firefoxProcess struct {
	*bidi
	cmd     *exec.Cmd
	profile string
	chrome  string // a context of the browser's own, for what the protocol does not say

	spare spares[*firefoxTab]

	mu   sync.Mutex
	tabs map[string]*firefoxTab // by context
}

// firefoxes are those that have been started. Only one window of a Firefox has
// the focus: a test has a Firefox for itself.
var firefoxes struct {
	mu   sync.Mutex
	idle []*firefoxProcess
	used map[string]*firefoxProcess // by the name of the test
}

// firefoxFor returns the Firefox of a test.
func firefoxFor(t testing.TB) (*firefoxProcess, error) {
	firefoxes.mu.Lock()
	f := firefoxes.used[t.Name()]
	if n := len(firefoxes.idle) - 1; f == nil && n >= 0 {
		f, firefoxes.idle = firefoxes.idle[n], firefoxes.idle[:n]
	} else if f != nil {
		firefoxes.mu.Unlock()
		return f, nil
	}
	firefoxes.mu.Unlock()
	if f == nil {
		var err error
		if f, err = startFirefox(); err != nil {
			return nil, err
		}
	}
	firefoxes.mu.Lock()
	defer firefoxes.mu.Unlock()
	if firefoxes.used == nil {
		firefoxes.used = make(map[string]*firefoxProcess)
	}
	firefoxes.used[t.Name()] = f
	t.Cleanup(func() {
		firefoxes.mu.Lock()
		defer firefoxes.mu.Unlock()
		delete(firefoxes.used, t.Name())
		firefoxes.idle = append(firefoxes.idle, f)
	})
	return f, nil
}

// quitFirefox ends those that no test uses any more.
func quitFirefox() {
	for _, f := range firefoxes.idle {
		f.quit()
	}
}

// startFirefox starts Firefox on an empty profile.
func startFirefox() (*firefoxProcess, error) {
	profile, err := os.MkdirTemp("", "sessionlab-firefox-")
	if err != nil {
		return nil, err
	}
	return startFirefoxOn(profile, firefoxPrefs)
}

// startFirefoxOn starts Firefox on a profile that may have been used before.
func startFirefoxOn(profile, prefs string) (f *firefoxProcess, err error) {
	program, err := exec.LookPath("firefox-esr")
	if err != nil {
		return nil, err
	}
	f = &firefoxProcess{tabs: make(map[string]*firefoxTab), profile: profile}
	if err := os.WriteFile(filepath.Join(f.profile, "user.js"), []byte(prefs), 0o600); err != nil {
		return nil, err
	}
	f.cmd = exec.Command(program, "--headless", "--no-remote", "--remote-debugging-port=0", "--remote-allow-system-access", "--profile", f.profile)
	stderr, err := f.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := start(f.cmd); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience())
	defer cancel()
	if err := f.connect(ctx, bufio.NewScanner(stderr)); err != nil {
		_ = f.cmd.Process.Kill()
		_ = f.cmd.Wait()
		return nil, fmt.Errorf("start Firefox: %w", err)
	}
	return f, nil
}

// connect reads the address that Firefox prints, and opens a session there.
func (f *firefoxProcess) connect(ctx context.Context, printed *bufio.Scanner) (err error) {
	address := ""
	for address == "" && printed.Scan() {
		address, _ = strings.CutPrefix(printed.Text(), "WebDriver BiDi listening on ")
		if !strings.HasPrefix(address, "ws://") {
			address = ""
		}
	}
	go func() {
		for printed.Scan() { // so that it can go on printing
		}
	}()
	if f.bidi, err = dialBidi(ctx, address+"/session", f.see); err != nil {
		return err
	}
	var tree struct{ Contexts []struct{ Context string } }
	for _, command := range []struct {
		method         string
		params, result any
	}{
		{"session.new", object{"capabilities": object{"alwaysMatch": object{"acceptInsecureCerts": true}}}, nil},
		{"session.subscribe", object{"events": []string{"log.entryAdded", "network.beforeRequestSent", "network.responseCompleted", "network.fetchError"}}, nil},
		{"browsingContext.getTree", object{"moz:scope": "chrome"}, &tree},
	} {
		if err := f.call(ctx, command.method, command.params, command.result); err != nil {
			return err
		}
	}
	f.chrome = tree.Contexts[0].Context
	_, err = f.evaluate(ctx, f.chrome, holdLooks)
	return err
}

// holdLooks has each tab keep its look when it loads a page: Firefox makes it
// anew then. The protocol has no words yet for the look of a tab.
const holdLooks = `globalThis.looks = new Map()
globalThis.contexts = ChromeUtils.importESModule("chrome://remote/content/shared/NavigableManager.sys.mjs").NavigableManager
Services.obs.addObserver(context => { Object.assign(context, looks.get(context.browserId)) }, "browsing-context-attached")`

func (f *firefoxProcess) quit() {
	f.end()
	os.RemoveAll(f.profile)
}

// end closes the browser, and leaves its profile.
func (f *firefoxProcess) end() {
	ctx, cancel := context.WithTimeout(context.Background(), patience())
	defer cancel()
	if err := f.call(ctx, "browser.close", object{}, nil); err != nil {
		_ = f.cmd.Process.Kill()
	}
	_ = f.cmd.Wait()
}

type object = map[string]any

// evaluate runs a script in a context.
func (f *firefoxProcess) evaluate(ctx context.Context, in, script string) (string, error) {
	var answer struct {
		Result struct {
			Type  string
			Value json.RawMessage
		}
		ExceptionDetails *struct{ Text string }
	}
	err := f.call(ctx, "script.evaluate", object{
		"target": object{"context": in}, "expression": script, "awaitPromise": true, "userActivation": false,
	}, &answer)
	if err == nil && answer.ExceptionDetails != nil {
		err = fmt.Errorf("%s", answer.ExceptionDetails.Text)
	}
	if err != nil || answer.Result.Type != "string" {
		return "", err
	}
	var text string
	err = json.Unmarshal(answer.Result.Value, &text)
	return text, err
}

// A firefoxTab is driven by WebDriver BiDi. It has a window of its own: what is
// behind another tab is not drawn.
type firefoxTab struct {
	*firefoxProcess
	context string
	user    string // whose cookies they are
	owner   bool   // and whether they go with this tab
	alone   bool   // and no other has them
	seen    atomic.Pointer[recorder]

	mu     sync.Mutex
	status map[string]int // by navigation
}

func openFirefox(ctx context.Context, test testing.TB, seen *recorder) (tab, error) {
	f, err := firefoxFor(test)
	if err != nil {
		return nil, err
	}
	if t, ok := f.spare.take(); ok {
		t.seen.Store(seen)
		return t, t.deleteCookies(ctx) // a response that came late may have brought one since it was cleaned
	}
	var made struct{ UserContext string }
	if err := f.call(ctx, "browser.createUserContext", object{}, &made); err != nil {
		return nil, err
	}
	return f.create(ctx, object{"type": "window", "userContext": made.UserContext}, made.UserContext, true, seen)
}

func (t *firefoxTab) sibling(ctx context.Context, seen *recorder) (tab, error) {
	t.alone = false
	return t.create(ctx, object{"type": "window", "userContext": t.user}, t.user, false, seen)
}

// beside opens a tab in the window of t, which it hides.
func (t *firefoxTab) beside(ctx context.Context, seen *recorder) (tab, error) {
	t.alone = false
	return t.create(ctx, object{"type": "tab", "referenceContext": t.context, "userContext": t.user}, t.user, false, seen)
}

// front shows the tab, and hides the one that its window has shown.
func (t *firefoxTab) front(ctx context.Context) error {
	return t.call(ctx, "browsingContext.activate", object{"context": t.context}, nil)
}

func (f *firefoxProcess) create(ctx context.Context, what object, user string, owner bool, seen *recorder) (tab, error) {
	var made struct{ Context string }
	if err := f.call(ctx, "browsingContext.create", what, &made); err != nil {
		return nil, err
	}
	t := &firefoxTab{firefoxProcess: f, context: made.Context, user: user, owner: owner, alone: owner, status: make(map[string]int)}
	t.seen.Store(seen)
	f.mu.Lock()
	f.tabs[t.context] = t
	f.mu.Unlock()
	return t, nil
}

func (t *firefoxTab) close() {
	ctx, cancel := context.WithTimeout(context.Background(), patience())
	defer cancel()
	if t.alone && t.clean(ctx) == nil {
		t.spare.put(t)
		return
	}
	t.firefoxProcess.mu.Lock()
	delete(t.tabs, t.context)
	t.firefoxProcess.mu.Unlock()
	// A tab that cannot be closed goes with the browser.
	if t.owner {
		_ = t.call(ctx, "browser.removeUserContext", object{"userContext": t.user}, nil)
	} else {
		_ = t.call(ctx, "browsingContext.close", object{"context": t.context}, nil)
	}
}

// clean makes the tab as good as new, but for its history, which leads back to what
// is not there any more.
func (t *firefoxTab) clean(ctx context.Context) error {
	if _, err := t.evaluate(ctx, cleanOrigin); err != nil {
		return err
	}
	t.seen.Store(new(recorder)) // for what nobody asks about
	if err := t.call(ctx, "input.releaseActions", object{"context": t.context}, nil); err != nil {
		return err
	}
	if err := t.move(ctx, 0, 0); err != nil { // nothing is pointed at
		return err
	}
	if _, err := t.load(ctx, "about:blank"); err != nil {
		return err
	}
	return t.deleteCookies(ctx)
}

func (t *firefoxTab) deleteCookies(ctx context.Context) error {
	return t.call(ctx, "storage.deleteCookies", object{"partition": object{"type": "storageKey", "userContext": t.user}}, nil)
}

const setLook = `(context => {
	looks.set(context.browserId, {prefersColorSchemeOverride: %q, prefersReducedMotionOverride: %q, allowJavascript: %t})
	Object.assign(context, looks.get(context.browserId))
})(contexts.getBrowsingContextById(%q))`

func (t *firefoxTab) look(ctx context.Context, was, now View) (err error) {
	if was.Width != now.Width || was.Height != now.Height {
		err = t.call(ctx, "browsingContext.setViewport", object{
			"context": t.context, "viewport": object{"width": now.Width, "height": now.Height}, "devicePixelRatio": 1,
		}, nil)
	}
	if err == nil && was.Lang != now.Lang {
		err = t.call(ctx, "emulation.setLocaleOverride", object{"contexts": []string{t.context}, "locale": now.Lang}, nil)
	}
	if err == nil && (was.Lang == "" || was.scheme() != now.scheme() || was.motion() != now.motion() || was.NoScript != now.NoScript) {
		_, err = t.firefoxProcess.evaluate(ctx, t.chrome, fmt.Sprintf(setLook, now.scheme(), now.motion(), !now.NoScript, t.context))
	}
	return err
}

func (t *firefoxTab) load(ctx context.Context, url string) (int, error) {
	navigation, err := t.navigate(ctx, "browsingContext.navigate", object{"context": t.context, "url": url, "wait": "complete"})
	if err != nil {
		return 0, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.status[navigation], nil
}

func (t *firefoxTab) reload(ctx context.Context) error {
	_, err := t.navigate(ctx, "browsingContext.reload", object{"context": t.context, "wait": "complete"})
	return err
}

// navigate loads a page, and returns the id of the navigation. One that meets the end
// of the one before fails, and is tried again.
func (t *firefoxTab) navigate(ctx context.Context, method string, params object) (string, error) {
	var done struct{ Navigation string }
	err := t.call(ctx, method, params, &done)
	if err != nil && strings.Contains(err.Error(), interrupted) {
		err = t.call(ctx, method, params, &done)
	}
	return done.Navigation, err
}

func (t *firefoxTab) evaluate(ctx context.Context, script string) (string, error) {
	return t.firefoxProcess.evaluate(ctx, t.context, script)
}

func (t *firefoxTab) move(ctx context.Context, x, y float64) error {
	return t.pointer(ctx, object{"type": "pointerMove", "x": int(x), "y": int(y)})
}

func (t *firefoxTab) press(ctx context.Context, x, y float64) error {
	return t.pointer(ctx,
		object{"type": "pointerMove", "x": int(x), "y": int(y)},
		object{"type": "pointerDown", "button": 0},
		object{"type": "pointerUp", "button": 0})
}

func (t *firefoxTab) pointer(ctx context.Context, actions ...object) error {
	return t.perform(ctx, object{"type": "pointer", "id": "mouse", "parameters": object{"pointerType": "mouse"}, "actions": actions})
}

func (t *firefoxTab) key(ctx context.Context, k key) error {
	code, named := keyCodes[k.name]
	if !named {
		code.bidi = k.name
	}
	held := []string{code.bidi}
	if k.shift {
		held = append([]string{"\uE008"}, held...)
	}
	if k.ctrl {
		held = append([]string{"\uE009"}, held...)
	}
	actions := make([]object, 2*len(held))
	for i, value := range held {
		actions[i] = object{"type": "keyDown", "value": value}
		actions[len(actions)-1-i] = object{"type": "keyUp", "value": value}
	}
	return t.perform(ctx, object{"type": "key", "id": "keys", "actions": actions})
}

const takeFocus = `(context => {
	context.topChromeWindow.focus()
	context.embedderElement.focus()
})(contexts.getBrowsingContextById(%q))`

// perform uses the mouse or the keyboard, in the window that has the focus.
func (t *firefoxTab) perform(ctx context.Context, input object) error {
	focused, err := evaluate[bool](ctx, t, "document.hasFocus()")
	if err != nil {
		return err
	}
	if !focused { // but another window, or what the browser has around the page
		if _, err := t.firefoxProcess.evaluate(ctx, t.chrome, fmt.Sprintf(takeFocus, t.context)); err != nil {
			return err
		}
	}
	return t.call(ctx, "input.performActions", object{"context": t.context, "actions": []object{input}}, nil)
}

func (t *firefoxTab) insert(ctx context.Context, text string) error {
	literal, err := json.Marshal(text)
	if err != nil {
		return err
	}
	_, err = evaluate[bool](ctx, t, `document.execCommand("insertText", false, `+string(literal)+`)`)
	return err
}

func (t *firefoxTab) screenshot(ctx context.Context) ([]byte, error) {
	var shot struct{ Data []byte }
	err := t.call(ctx, "browsingContext.captureScreenshot", object{"context": t.context}, &shot)
	return shot.Data, err
}

func (t *firefoxTab) cookies(ctx context.Context, address string) ([]Cookie, error) {
	to, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	var jar struct {
		Cookies []struct {
			Name, Domain, Path, SameSite string
			Value                        struct{ Value string }
			HTTPOnly, Secure             bool
			Expiry                       int64
		}
	}
	partition := object{"type": "context", "context": t.context}
	if address == "" { // those of all websites
		partition = object{"type": "storageKey", "userContext": t.user}
	}
	if err := t.call(ctx, "storage.getCookies", object{"partition": partition}, &jar); err != nil {
		return nil, err
	}
	var cookies []Cookie
	for _, k := range jar.Cookies {
		if address != "" && (k.Domain != to.Hostname() || !strings.HasPrefix(to.Path, k.Path)) {
			continue
		}
		site := ""
		if k.SameSite != "default" {
			site = strings.ToUpper(k.SameSite[:1]) + k.SameSite[1:]
		}
		cookies = append(cookies, Cookie{
			Name: k.Name, Value: k.Value.Value, Domain: k.Domain, Path: k.Path, SameSite: site,
			HTTPOnly: k.HTTPOnly, Secure: k.Secure, Expires: k.Expiry,
		})
	}
	return cookies, nil
}
