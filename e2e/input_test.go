package e2e

import (
	"context"
	"fmt"
	"strings"

	"github.com/chromedp/chromedp/kb"
)

// Pages are clicked on and typed into with a real mouse and real keys. An
// element's click() called from outside escapes the content security policy,
// and proves nothing about it.

// A key is one that is pressed, with others held down.
type key struct {
	name        string // as a KeyboardEvent has it: "a", "?", "Enter"
	ctrl, shift bool
}

// keyCodes are what the keys without a character are called by chromedp and by
// WebDriver.
var keyCodes = map[string]struct{ cdp, bidi string }{
	"ArrowDown":  {kb.ArrowDown, "\uE015"},
	"ArrowLeft":  {kb.ArrowLeft, "\uE012"},
	"ArrowRight": {kb.ArrowRight, "\uE014"},
	"ArrowUp":    {kb.ArrowUp, "\uE013"},
	"Backspace":  {kb.Backspace, "\uE003"},
	"End":        {kb.End, "\uE010"},
	"Enter":      {kb.Enter, "\uE007"},
	"Escape":     {kb.Escape, "\uE00C"},
	"F5":         {kb.F5, "\uE035"},
	"Home":       {kb.Home, "\uE011"},
	"PageDown":   {kb.PageDown, "\uE00F"},
	"PageUp":     {kb.PageUp, "\uE00E"},
	"Tab":        {kb.Tab, "\uE004"},
}

// Key presses keys, one after the other: "Enter", "a", "Ctrl+a", "Shift+Tab".
func (p *Page) Key(names ...string) {
	p.t.Helper()
	for _, name := range names {
		var k key
		if rest, held := strings.CutPrefix(name, "Ctrl+"); held {
			k.ctrl, name = true, rest
		}
		if rest, held := strings.CutPrefix(name, "Shift+"); held {
			k.shift, name = true, rest
		}
		k.name = name
		p.do(func(ctx context.Context) error { return p.tab.key(ctx, k) })
	}
}

// Type types text, a key for each character.
func (p *Page) Type(text string) {
	p.t.Helper()
	for _, r := range text {
		p.Key(string(r))
	}
}

// Fill replaces the text of a field, as if it were pasted.
func (p *Page) Fill(field, text string) {
	p.t.Helper()
	p.Click(field)
	if eval[bool](p, fmt.Sprintf(`(e => (e.select(), e.value !== ""))(document.querySelector(%q))`, field)) && text == "" {
		p.Key("Backspace")
	}
	p.do(func(ctx context.Context) error { return p.tab.insert(ctx, text) })
}

// Choose chooses an option by typing its name.
func (p *Page) Choose(field, name string) {
	p.t.Helper()
	p.Eval(fmt.Sprintf(`document.querySelector(%q).focus()`, field))
	p.Type(name)
}

// Click presses the mouse on the middle of an element, as soon as it is there to
// be seen and nothing lies over it.
func (p *Page) Click(selector string) {
	p.t.Helper()
	x, y := p.spot(selector)
	p.do(func(ctx context.Context) error { return p.tab.press(ctx, x, y) })
}

// ClickAt presses the mouse at a place of the viewport.
func (p *Page) ClickAt(x, y float64) {
	p.t.Helper()
	p.do(func(ctx context.Context) error { return p.tab.press(ctx, x, y) })
}

// Hover moves the mouse to the middle of an element.
func (p *Page) Hover(selector string) {
	p.t.Helper()
	x, y := p.spot(selector)
	p.do(func(ctx context.Context) error { return p.tab.move(ctx, x, y) })
}

// findSpot returns where an element can be pressed, and moves it into sight if
// it must.
const findSpot = `(selector => {
	const e = document.querySelector(selector)
	const spot = () => {
		const r = e.getClientRects()[0]
		const x = r.left + r.width / 2, y = r.top + r.height / 2
		return {x, y, hit: r.width > 0 && e.contains(document.elementFromPoint(x, y))}
	}
	if (!e?.checkVisibility({visibilityProperty: true}) || !e.getClientRects().length) return null
	if (!spot().hit) e.scrollIntoView({block: "center", inline: "center", behavior: "instant"})
	return spot().hit ? [spot().x, spot().y] : null
})(%q)`

// spot waits for the place of an element, and until it stays there when the page is
// drawn: Firefox scrolls back to the field that was typed into after the script that
// scrolled away from it.
func (p *Page) spot(selector string) (x, y float64) {
	p.t.Helper()
	find := fmt.Sprintf(findSpot, selector)
	stays := fmt.Sprintf(staysThere, find)
	if p.view.NoScript { // or nothing would tell of it, and nothing but the browser moves it
		stays = find
	}
	p.until("nothing to press at "+selector, func(ctx context.Context) (bool, error) {
		at, err := evaluate[[]float64](ctx, p.tab, stays)
		if len(at) != 2 {
			return false, err
		}
		x, y = at[0], at[1]
		return true, nil
	})
	return x, y
}

// staysThere is a promise of where an element can be pressed, or of null when that is not
// where it was before the page was drawn twice. A tab in the background is drawn late or
// never.
const staysThere = `(find => {
	const was = find()
	if (!was) return null
	return new Promise(done => {
		requestAnimationFrame(() => requestAnimationFrame(done))
		setTimeout(done, 200)
	}).then(find).then(now => String(now) === String(was) ? now : null)
})(() => %s)`
