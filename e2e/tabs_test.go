package e2e

import (
	"fmt"
	"testing"
)

// A browser has six connections to a server over HTTP/1.1, for all that it shows.
const tooMany = 8

// open opens the bench in so many tabs, each of which must load.
func (b *Bench) open(tabs int) []*Bench {
	b.t.Helper()
	all := []*Bench{b}
	for range tabs - 1 {
		next := &Bench{Page: b.Tab(View{ReducedMotion: true}), server: b.server, lang: b.lang, Address: b.Address}
		next.Go("/" + b.lang + "/lab")
		next.sitDown()
		all = append(all, next)
	}
	return all
}

func TestMoreTabsThanConnections(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Await(isLive)
		all := b.open(tooMany)
		for _, tab := range all {
			t.Log(eval[string](tab.Page, `document.visibilityState + " " + document.hasFocus() + " " + (l => l.hidden + l.className)(document.getElementById("live"))`))
		}
		all[tooMany-1].Await(isLive)
		b.curl("login", "-d", "uname=momo&pwd=123")
		all[tooMany-1].Await(fmt.Sprintf(settled, 1))
		for _, tab := range all {
			tab.Front()
			tab.Await(fmt.Sprintf(settled, 1))
		}
	})
}
