package experiment

import (
	"fmt"
	"strings"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// do does one act.
func (s *stage) do(a Act) error {
	s.saw(a.ID).Ran = true
	switch {
	case a.Send != "":
		return s.send(a)
	case len(a.Together) > 0:
		return s.send(a.Together...)
	case a.Do != "":
		return s.doTo(a)
	case a.Clock != "":
		move, err := lab.ParseMove(a.Clock)
		if err == nil {
			_, _, err = s.Lab.MoveClock(s.ctx, s.bench, move)
		}
		return err
	case a.Server != "":
		return s.serve(a)
	}
	return s.try(a)
}

// serve does something to the app's server.
func (s *stage) serve(a Act) (err error) {
	switch a.Server {
	case ServerRestart:
		_, err = s.Lab.Restart(s.ctx, s.bench, a.Key == "random")
	case ServerRotate:
		_, err = s.Lab.Rotate(s.ctx, s.bench)
	case ServerEmpty:
		_, err = s.Lab.Empty(s.ctx, s.bench)
	}
	return err
}

// doTo does something to a browser, or to the cookie in it.
func (s *stage) doTo(a Act) (err error) {
	l, b, id := s.Lab, s.bench, s.browsers[a.By]
	switch a.Do {
	case DoClose:
		_, err = l.CloseBrowser(s.ctx, b, id, a.Restore)
	case DoReopen:
		_, err = l.ReopenBrowser(s.ctx, b, id)
	case DoBlock, DoAllow:
		_, err = l.BlockCookies(s.ctx, b, id, a.Do == DoBlock)
	case DoDelete:
		_, err = l.DeleteCookie(s.ctx, b, id, step.CookieName)
	case DoCopy:
		if s.saw(a.ID).Text, err = s.cookie(id); err != nil {
			return err
		}
		_, err = l.CopyCookie(s.ctx, b, id, step.CookieName, s.browsers[a.To])
	case DoDocument:
		s.saw(a.ID).Text, err = b.DocumentCookie(id, s.address(a))
	case DoAlter:
		var value string
		if value, err = s.cookie(id); err == nil {
			o := s.saw(a.ID)
			o.Was, o.Text = value, altered(value)
			err = s.edit(id, o.Text)
		}
	case DoTake:
		err = s.take(a)
	case DoForge:
		err = s.forge(a)
	}
	return err
}

// take puts a cookie that an earlier act found into the browser's own, if it found one.
func (s *stage) take(a Act) error {
	found := s.saw(a.What)
	value := found.Found
	if value == "" {
		value = cookieIn(found.Text)
	}
	if value == "" {
		return nil
	}
	source, _ := find(s.acts, func(b Act) bool { return b.ID == a.What })
	to, from := s.browsers[a.By], s.browsers[source.By]
	s.saw(a.ID).Text = value
	if to != from {
		if _, err := s.Lab.CopyCookie(s.ctx, s.bench, from, step.CookieName, to); err != nil {
			return err
		}
	}
	return s.edit(to, value)
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
func (s *stage) cookie(id string) (string, error) {
	v, err := s.bench.Browser(id)
	if err != nil {
		return "", err
	}
	c, err := v.Jar.Named(step.CookieName, s.bench.Clock().Now)
	if err != nil {
		return "", fmt.Errorf("the browser has no session cookie: %w", err)
	}
	return c.Value, nil
}

// edit gives the session cookie in a browser another value, unless it has that.
func (s *stage) edit(id, value string) error {
	if has, err := s.cookie(id); err != nil || has == value {
		return err
	}
	_, err := s.Lab.EditCookie(s.ctx, s.bench, id, step.CookieName, value)
	return err
}
