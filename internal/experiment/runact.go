package experiment

import (
	"fmt"
	"strings"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// do does one act.
func (p *performance) do(a Act) error {
	p.saw(a.ID).Ran = true
	switch {
	case a.Send != "":
		return p.send(a)
	case len(a.Together) > 0:
		return p.send(a.Together...)
	case a.Do != "":
		return p.doTo(a)
	case a.Clock != "":
		move, err := lab.ParseMove(a.Clock)
		if err == nil {
			_, _, err = p.Lab.MoveClock(p.ctx, p.bench, move)
		}
		return err
	case a.Server != "":
		return p.serve(a)
	}
	return p.try(a)
}

// serve does something to the app's server.
func (p *performance) serve(a Act) (err error) {
	switch a.Server {
	case ServerRestart:
		_, err = p.Lab.Restart(p.ctx, p.bench, a.Key == "random")
	case ServerRotate:
		_, err = p.Lab.Rotate(p.ctx, p.bench)
	case ServerEmpty:
		_, err = p.Lab.Empty(p.ctx, p.bench)
	}
	return err
}

// doTo does something to a browser, or to the cookie in it.
func (p *performance) doTo(a Act) (err error) {
	l, b, id := p.Lab, p.bench, p.browsers[a.By]
	switch a.Do {
	case DoClose:
		_, err = l.CloseBrowser(p.ctx, b, id, a.Restore)
	case DoReopen:
		_, err = l.ReopenBrowser(p.ctx, b, id)
	case DoBlock, DoAllow:
		_, err = l.BlockCookies(p.ctx, b, id, a.Do == DoBlock)
	case DoDelete:
		_, err = l.DeleteCookie(p.ctx, b, id, step.CookieName)
	case DoCopy:
		_, err = l.CopyCookie(p.ctx, b, id, step.CookieName, p.browsers[a.To])
	case DoDocument:
		p.saw(a.ID).Text, err = b.DocumentCookie(id, p.address(a))
	case DoAlter:
		var value string
		if value, err = p.cookie(id); err == nil {
			err = p.edit(id, altered(value))
		}
	case DoTake:
		err = p.take(a)
	case DoForge:
		err = p.forge(a)
	}
	return err
}

// take puts a cookie that an earlier act found into the browser's own, if it found one.
func (p *performance) take(a Act) error {
	found := p.saw(a.What)
	value := found.Found
	if value == "" {
		value = cookieIn(found.Text)
	}
	if value == "" {
		return nil
	}
	source, _ := p.e.Act(a.What)
	to, from := p.browsers[a.By], p.browsers[source.By]
	p.saw(a.ID).Text = value
	if to != from {
		if _, err := p.Lab.CopyCookie(p.ctx, p.bench, from, step.CookieName, to); err != nil {
			return err
		}
	}
	return p.edit(to, value)
}

// cookieIn returns the value of the session cookie among the cookies of a header, or of
// document.cookie; "" if it is not there.
func cookieIn(cookies string) string {
	for pair := range strings.SplitSeq(cookies, ";") {
		if name, value, _ := strings.Cut(strings.TrimSpace(pair), "="); name == step.CookieName {
			return value
		}
	}
	return ""
}

// cookie returns the value of the session cookie in a browser.
func (p *performance) cookie(id string) (string, error) {
	v, err := p.bench.Browser(id)
	if err != nil {
		return "", err
	}
	c, err := v.Jar.Named(step.CookieName, p.bench.Clock().Now)
	if err != nil {
		return "", fmt.Errorf("the browser has no session cookie: %w", err)
	}
	return c.Value, nil
}

// edit gives the session cookie in a browser another value, unless it has that.
func (p *performance) edit(id, value string) error {
	if has, err := p.cookie(id); err != nil || has == value {
		return err
	}
	_, err := p.Lab.EditCookie(p.ctx, p.bench, id, step.CookieName, value)
	return err
}
