package lab

import (
	"context"
	"time"

	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/step"
)

// What a person can do to a browser. Each act returns the browser after it, and writes
// an entry; one that changes nothing writes none, but a copy is always told. Acts return
// [ErrNoBrowser], and those that need the browser open return [ErrBrowserClosed].

// CloseBrowser closes a browser. It deletes the session cookies, unless the
// browser restores them when it is opened again.
func (l *Lab) CloseBrowser(ctx context.Context, b *Bench, id string, restore bool) (Browser, error) {
	return l.act(ctx, b, id, func(c *client, now time.Time) (step.Entry, error) {
		e := step.Entry{Kind: step.EntryBrowserClosed}
		c.virtual.Closed, c.virtual.Restore = true, restore
		if restore {
			e.Value = step.RestoreTabs
		} else {
			e.Value = closing(&c.jar, now)
		}
		return e, nil
	})
}

// closing deletes the cookies that end with the browser, and tells what became of all of
// them, as an entry does.
func closing(j *jar.Jar, now time.Time) string {
	before := len(j.All(now))
	j.CloseBrowser()
	switch after := len(j.All(now)); {
	case before == 0:
		return step.ClosedEmpty
	case after == 0:
		return step.ClosedGone
	case after == before:
		return step.ClosedKept
	}
	return step.ClosedSome
}

// ReopenBrowser opens a closed browser again.
func (l *Lab) ReopenBrowser(ctx context.Context, b *Bench, id string) (Browser, error) {
	return l.do(ctx, b, id, func(c *client, _ time.Time) (e step.Entry, err error) {
		if !c.virtual.Closed {
			return e, nil
		}
		if !c.virtual.Restore { // what a late response brought is gone too
			c.jar.CloseBrowser()
		}
		c.virtual.Closed, c.virtual.Restore = false, false
		return step.Entry{Kind: step.EntryBrowserReopened}, nil
	})
}

// BlockCookies makes a browser refuse and send no cookies, or allows them
// again. The browser keeps the cookies that it has.
func (l *Lab) BlockCookies(ctx context.Context, b *Bench, id string, block bool) (Browser, error) {
	return l.act(ctx, b, id, func(c *client, _ time.Time) (e step.Entry, err error) {
		if c.virtual.Blocked == block {
			return e, nil
		}
		c.virtual.Blocked = block
		if block {
			return step.Entry{Kind: step.EntryCookiesBlocked}, nil
		}
		return step.Entry{Kind: step.EntryCookiesAllowed}, nil
	})
}

// DeleteCookie deletes the cookie of that name, or returns jar.ErrNoCookie.
func (l *Lab) DeleteCookie(ctx context.Context, b *Bench, id, name string) (Browser, error) {
	return l.act(ctx, b, id, func(c *client, now time.Time) (step.Entry, error) {
		c.touched(name, "")
		return step.Entry{Kind: step.EntryCookieDeleted, Cookie: name}, c.jar.Delete(name, now)
	})
}

// EditCookie gives the cookie of that name another value, as jar.Jar.Edit does.
func (l *Lab) EditCookie(ctx context.Context, b *Bench, id, name, value string) (Browser, error) {
	return l.act(ctx, b, id, func(c *client, now time.Time) (e step.Entry, err error) {
		if was, err := c.jar.Named(name, now); err == nil && was.Value == value {
			return e, nil
		}
		edited, err := c.jar.Edit(name, value, now)
		c.touched(name, edited.Value)
		return step.Entry{Kind: step.EntryCookieEdited, Cookie: name, Value: edited.Value}, err
	})
}

// CopyCookie puts a copy of the cookie of that name into the jar of another browser,
// which must be open too. It returns the one that it was copied from.
func (l *Lab) CopyCookie(ctx context.Context, b *Bench, id, name, to string) (Browser, error) {
	if to == id {
		return Browser{}, ErrNoBrowser
	}
	b = l.held(b.id, b)
	var v Browser
	err := l.changing(ctx, b, func() error {
		from, err := b.open(id)
		if err != nil {
			return err
		}
		v = from.browser()
		return l.copyCookie(ctx, b, from, name, to)
	})
	if err != nil {
		return Browser{}, err
	}
	return v, nil
}

func (l *Lab) copyCookie(ctx context.Context, b *Bench, from *client, name, to string) error {
	other, err := b.open(to)
	if err != nil {
		return err
	}
	now := b.now()
	cookie, err := from.jar.Named(name, now)
	if err == nil {
		err = other.jar.Put(cookie, now)
	}
	if err != nil {
		return err
	}
	other.jar.Bound(maxCookies)
	other.touched(name, cookie.Value)
	return l.put(ctx, b, step.Entry{
		Kind: step.EntryCookieCopied, Browser: from.virtual.ID, Name: from.virtual.Name, Other: to, OtherName: other.virtual.Name,
		Cookie: name, Value: cookie.Value,
	}, other)
}

// touched notes that a cookie did not come from a response.
func (c *client) touched(cookie, value string) {
	if cookie == step.CookieName {
		c.line, c.value = "", value
	}
}

// act does something to a browser that must be open.
func (l *Lab) act(ctx context.Context, b *Bench, id string, f func(*client, time.Time) (step.Entry, error)) (Browser, error) {
	return l.do(ctx, b, id, func(c *client, now time.Time) (step.Entry, error) {
		if c.virtual.Closed {
			return step.Entry{}, ErrBrowserClosed
		}
		return f(c, now)
	})
}

// do calls f on a copy of a browser, and stores the copy with the entry that f
// returns. An entry without a kind says that nothing changed.
func (l *Lab) do(ctx context.Context, b *Bench, id string, f func(*client, time.Time) (step.Entry, error)) (Browser, error) {
	b = l.held(b.id, b)
	var v Browser
	err := l.changing(ctx, b, func() error {
		c, err := b.copyOf(id)
		if err != nil {
			return err
		}
		e, err := f(c, b.now())
		if err != nil {
			return err
		}
		v = c.browser()
		if e.Kind == "" {
			return nil
		}
		e.Browser, e.Name = id, c.virtual.Name
		return l.put(ctx, b, e, c)
	})
	return v, err
}

// copyOf returns a copy of a virtual browser, or [ErrNoBrowser].
func (b *Bench) copyOf(id string) (*client, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, err := b.virtualBrowser(id)
	if err != nil {
		return nil, err
	}
	same, v := *c, *c.virtual
	same.jar, same.virtual = c.jar.Clone(), &v
	return &same, nil
}

// open is copyOf for a browser that must be open.
func (b *Bench) open(id string) (*client, error) {
	c, err := b.copyOf(id)
	if err == nil && c.virtual.Closed {
		return nil, ErrBrowserClosed
	}
	return c, err
}
