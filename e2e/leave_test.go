package e2e

import (
	"fmt"
	"strings"
	"testing"
)

func TestABenchIsLeftByASecondPressOnly(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		for _, scripts := range []bool{true, false} {
			b := with.sit(t, startApp(t), View{ReducedMotion: true, NoScript: !scripts})
			b.Login("momo", "123")
			address := b.Address
			b.Go("/en/lab/settings")
			if high := eval[float64](b.Page, `document.querySelector("#settings-panel form").getBoundingClientRect().top`); high > 720 {
				t.Errorf("the form of the settings begins at %.0f px; want it on the first screen", high)
			}
			if low := eval[bool](b.Page, `document.querySelector("#settings-panel").getBoundingClientRect().bottom <= document.querySelector(".foot").getBoundingClientRect().top`); !low {
				t.Error("the settings hang below the foot of their page")
			}
			b.to(`a[href$="/lab/new"]`, `location.pathname.endsWith("/lab/new")`)
			if got := b.Text("main"); !strings.Contains(got, "1 step,") || !strings.Contains(got, address) {
				t.Errorf("before a new bench the page says %q; want what is lost", got)
			}
			b.to(`main a[href$="/lab"]`, `document.querySelectorAll(".chip").length === 1`)
			b.Go("/en/lab/new")
			b.to(".btn-danger", `location.pathname.endsWith("/lab") && document.querySelector(".strip-empty")`)
		}
	})
}

// The program of the lecture note is reached from the page that says what the website is.
func TestTheAddressOfTheWebsiteOpensAPage(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		own := b.Tab(View{})
		own.Allow("status of 404") // the program has no icon
		own.Go(strings.TrimPrefix(b.Address, b.base))
		if got := own.Text("main"); !strings.Contains(got, "practice website") || !strings.Contains(got, "is yours") {
			t.Errorf("the address of the website shows %q", got)
		}
		own.Click(`a[href$="?run"]`)
		own.Await(`document.body.textContent === "Hello World!"`)
	})
}

// On a phone all pages are on the menu, and what a press changed is in sight.
func TestAPhoneLeavesNothingOut(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		for _, tt := range []struct {
			scripts bool
			said    string
		}{{true, ".say"}, {false, ".outcome"}} {
			b := with.sit(t, startApp(t), View{Width: 390, Height: 844, ReducedMotion: true, NoScript: !tt.scripts})
			if got := eval[int](b.Page, `[...document.querySelectorAll(".menu a")].filter(a => a.checkVisibility()).length`); got != 4 {
				t.Errorf("the menu has %d pages; want all 4", got)
			}
			b.Login("momo", "123")
			b.Set("colour", "teal")
			b.Await(fmt.Sprintf(`(r => r.height > 0 && r.top >= -1 && r.bottom <= innerHeight + 1)(document.querySelector(%q).getBoundingClientRect())`, tt.said))
			if got := b.Text(tt.said); !strings.Contains(got, "colour") {
				t.Errorf("scripts: %v: after a press the page says %q; want what changed", tt.scripts, got)
			}
		}
	})
}
