package experiment

import (
	"context"
	"errors"

	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A Sender is one of the virtual browsers that each of the benches beside another has:
// the place that it has among them.
type Sender int

// The senders.
const (
	ByBrowser Sender = iota + 1 // whoever logs in
	ByCopy                      // it holds a copy of the cookie, made just before the last log-out
	ByChanged                   // it holds a copy with one letter changed
)

// Beside returns the benches that stand beside b, each with all its senders; nil if
// there are none.
func Beside(ctx context.Context, l *lab.Lab, b *lab.Bench) ([]*lab.Bench, error) {
	all, err := l.Beside(ctx, b)
	for _, side := range all {
		if _, ok := senderOf(side, ByChanged); !ok { // opening them was cut short
			return nil, err
		}
	}
	return all, err
}

// PutBeside puts fresh benches beside b, in place of those that stood there, and opens
// their senders, which are called by these names.
func PutBeside(ctx context.Context, l *lab.Lab, b *lab.Bench, names [ByChanged]string) ([]*lab.Bench, error) {
	all, err := l.PutBeside(ctx, b)
	if err != nil {
		return nil, err
	}
	for _, side := range all {
		for _, name := range names {
			if _, err := l.OpenBrowser(ctx, side, name); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// Ready has a sender of a bench ready to send an operation, and returns it. What was
// copied is copied by the browser's own means: before the log-out for [ByCopy], and now
// for [ByChanged]. It returns [jar.ErrNoCookie] if there is nothing to copy, or to send.
func Ready(ctx context.Context, l *lab.Lab, b *lab.Bench, by Sender, op step.Op) (lab.Browser, error) {
	v, ok := senderOf(b, by)
	own, _ := senderOf(b, ByBrowser)
	if !ok {
		return v, lab.ErrNoBrowser
	}
	switch {
	case by == ByChanged:
		return v, copyChanged(ctx, l, b, own, v)
	case by == ByCopy:
		_, err := v.Jar.Named(step.CookieName, b.Clock().Now)
		return v, err
	case op == step.OpLogout:
		other, _ := senderOf(b, ByCopy)
		_, err := l.CopyCookie(ctx, b, own.ID, step.CookieName, other.ID)
		if errors.Is(err, jar.ErrNoCookie) { // nobody is logged in
			err = nil
		}
		return v, err
	}
	return v, nil
}

// copyChanged copies the session cookie to another browser, and changes one letter there.
func copyChanged(ctx context.Context, l *lab.Lab, b *lab.Bench, from, to lab.Browser) error {
	cookie, err := from.Jar.Named(step.CookieName, b.Clock().Now)
	if err != nil {
		return err
	}
	if _, err := l.CopyCookie(ctx, b, from.ID, step.CookieName, to.ID); err != nil {
		return err
	}
	_, err = l.EditCookie(ctx, b, to.ID, step.CookieName, altered(cookie.Value))
	return err
}

// altered is a cookie's value with one letter changed.
func altered(value string) string {
	if value == "" {
		return "A"
	}
	b := []byte(value)
	i := len(b) / 4 // within the id, or the payload
	if b[i] == 'A' {
		b[i] = 'B'
	} else {
		b[i] = 'A'
	}
	return string(b)
}

func senderOf(b *lab.Bench, by Sender) (lab.Browser, bool) {
	for _, v := range b.Browsers() {
		if v.Slot == int(by) {
			return v, true
		}
	}
	return lab.Browser{}, false
}
