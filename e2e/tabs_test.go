package e2e

import (
	"fmt"
	"testing"
)

// tooMany is more than the six connections that a browser has to a server over
// HTTP/1.1, for all that it shows.
const tooMany = 7

// many opens the bench of b in many pages, each of which must load.
func (b *Bench) many(open func(View) *Page) []*Bench {
	b.t.Helper()
	all := []*Bench{b}
	for len(all) < tooMany {
		next := &Bench{Page: open(View{ReducedMotion: true}), server: b.server, lang: b.lang, Address: b.Address}
		next.Go("/" + b.lang + "/lab")
		next.sitDown()
		all = append(all, next)
	}
	return all
}

func TestTabsThatAreHiddenCatchUpWhenTheyAreShown(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		if with == chromium {
			with = windowed
		}
		first := with.sit(t, startApp(t), View{ReducedMotion: true})
		all := first.many(first.Beside)
		last := all[tooMany-1]
		last.Front()
		last.Await(isLive)
		for _, hidden := range all[:tooMany-1] {
			hidden.Await(`document.hidden`)
		}
		first.curl("login", "-d", "uname=momo&pwd=123")
		last.Await(fmt.Sprintf(settled, 1))
		if eval[bool](first.Page, fmt.Sprintf(onStrip, 1)) {
			t.Error("a hidden page shows the step: it has a connection that others need")
		}
		for _, hidden := range all[:tooMany-1] {
			hidden.Front()
			hidden.Await(isLive)
			hidden.Await(fmt.Sprintf(settled, 1))
		}
		first.Front() // and not only once
		first.curl("set", "-d", "key=colour&value=teal")
		first.Await(fmt.Sprintf(settled, 2))
	})
}

func TestAllOfManyWindowsAreLive(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		first := with.sit(t, startApp(t), View{ReducedMotion: true})
		all := first.many(first.Tab)
		for _, window := range all {
			window.Await(isLive)
		}
		first.curl("login", "-d", "uname=momo&pwd=123")
		for _, window := range all {
			window.Await(fmt.Sprintf(settled, 1))
		}
	})
}
