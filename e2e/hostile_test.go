package e2e

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

const evil = `</textarea></script><script>document.title="owned"</script><img src=x onerror="document.title='owned'">{{7*7}}` + "\u202eevil\u200b\u2028'\"&amp;"

func TestHostileTextIsShownAsText(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		for _, tt := range []struct{ name, key, value string }{
			{"markup", evil, evil},
			{"8 KiB without a break", strings.Repeat("k", 256), strings.Repeat("W", 8<<10)},
			{"8 KiB of wide characters", "长", strings.Repeat("宽", 8<<10/3)},
		} {
			b.Set(tt.key, tt.value)
			s := b.Step(b.N)
			if s.Error != "" || s.After.Record == nil || s.After.Record.Values[tt.key] == nil {
				t.Fatalf("%s: set failed: %q", tt.name, s.Error)
			}
			b.harmless(tt.name)
		}
		b.Get(evil)
		b.harmless("get")
		b.Pop(evil)
		b.harmless("pop")
		b.hostileRequest()
		b.N++
		b.Await(fmt.Sprintf(onStrip, b.N))
		b.Go("/en/lab")
		b.harmless("hostile request")
		b.Look(View{Width: 320, Height: 700})
		b.harmless("at 320 px")
		axe(t, b.Page, wholePage)
		b.hostileSteps()
		b.hostilePaste()

		guest := b.Tab(View{}) // the app's own page, to another browser
		guest.Go("/")
		guest.Allow("status of 400")
		guest.Go(strings.TrimPrefix(b.Address, b.base) + "get?key=%3Cscript%3Ealert(1)%3C/script%3E")
	})
}

// harmless fails the test when stored text has become anything but text, or the
// layout has given way. What the policy had to stop counts as a problem of the
// page in any case.
func (b *Bench) harmless(name string) {
	b.t.Helper()
	if title := eval[string](b.Page, `document.title`); strings.HasPrefix(title, "owned") {
		b.t.Errorf("%s: a script ran", name)
	}
	const strange = `document.querySelectorAll("main script, main img, [onerror]").length`
	if n := eval[int](b.Page, strange); n != 0 {
		b.t.Errorf("%s: %d elements came out of the text", name, n)
	}
	const unseen = `/[\u202a-\u202e\u2066-\u2069\u200b\u2028]/.test(document.body.textContent)`
	if eval[bool](b.Page, unseen) {
		b.t.Errorf("%s: characters that cannot be seen are in the page", name)
	}
	inShape(b.t, b.Page, name)
}

// hostileSteps looks at all pages about steps that hold such text.
func (b *Bench) hostileSteps() {
	b.t.Helper()
	first, last := 1, b.N
	for _, path := range []string{
		fmt.Sprintf("/lab?step=%d&event=3", first), fmt.Sprintf("/lab/steps/%d/raw", first), fmt.Sprintf("/lab/steps/%d/raw", last),
		fmt.Sprintf("/lab/steps/%d/code", first), fmt.Sprintf("/lab/compare?a=%d&b=%d", first, last),
		"/lab/print", "/lab/side-by-side", "/lab/config?secret=shown",
	} {
		b.Go("/" + b.lang + path)
		b.harmless(path)
	}
}

// hostilePaste has the inspector take such text for a cookie, alone and among
// others, of which it offers a choice.
func (b *Bench) hostilePaste() {
	b.t.Helper()
	for name, paste := range map[string]string{
		"a value":      evil,
		"a header":     "Cookie: a=" + evil + "; b=2; session=" + strings.Repeat("W", 3000),
		"a curl line":  "curl -b 'session=" + strings.ReplaceAll(evil, "'", "") + "; theme=dark' http://127.0.0.1/",
		"a JSON token": "eyJhbGciOiJub25lIn0." + base64.RawURLEncoding.EncodeToString([]byte(`{"sub":`+strconv.Quote(evil)+`}`)) + ".",
	} {
		b.Go("/" + b.lang + "/inspect")
		b.Fill("#cookie", paste)
		b.Click("main form .go button")
		b.Await(`document.querySelector("#result") && document.readyState === "complete"`)
		b.harmless("the inspector with " + name)
	}
}

// hostileRequest sends what no browser would.
func (b *Bench) hostileRequest() {
	b.t.Helper()
	req, err := http.NewRequest("BREW", b.Address+"%3Cscript%3E/..%2f%00", strings.NewReader(evil))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("User-Agent", "Mozilla/<script>alert(1)</script>")
	req.Header.Set("X-Evil", `"><script>alert(1)</script>`)
	req.Header.Set("Cookie", `session="<script>alert(1)</script>\x22"; a=`+strings.Repeat("A", 4000))
	req.Header.Set("Content-Type", "text/html")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode < 400 || res.StatusCode > 499 {
		b.t.Errorf("a hostile request: %s; want 4xx", res.Status)
	}
}
