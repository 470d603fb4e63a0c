package e2e

import (
	"fmt"
	"image"
	_ "image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The tests here prove the harness on a site of their own: each check must
// find the fault that it is for, and none where there is none.

const goodHTML = `<!doctype html><html lang="en"><head><title>Good</title></head><body><main><h1>Good</h1></main></body></html>`

// scripted runs script, which changes the heading.
const (
	scripted = `<script src="/script.js"></script>`
	script   = `document.querySelector("h1").textContent = "Scripted"`
)

// goodWith returns goodHTML with more at the end of its main part.
func goodWith(more string) string {
	return strings.Replace(goodHTML, "</main>", more+"</main>", 1)
}

// site serves files by path under a strict policy, the language it is asked for
// at /language, and a 404 at /gone.js.
func site(t *testing.T, files map[string]string) string {
	t.Helper()
	mux := http.NewServeMux()
	for path, body := range files {
		pattern := "GET " + path
		if strings.HasSuffix(path, "/") {
			pattern += "{$}" // and not all below it
		}
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src http:; img-src 'self'")
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			if strings.HasSuffix(path, ".js") {
				w.Header().Set("Content-Type", "text/javascript")
			}
			fmt.Fprint(w, body)
		})
	}
	mux.HandleFunc("GET /language", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, r.Header.Get("Accept-Language"))
	})
	mux.HandleFunc("GET /gone.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		w.WriteHeader(http.StatusNotFound)
	})
	mux.HandleFunc("GET /favicon.ico", func(http.ResponseWriter, *http.Request) {})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// A witness stands in for the test of a page that must fail.
type witness struct {
	testing.TB
	errors   []string
	cleanups []func()
}

func (w *witness) Helper()          {}
func (w *witness) Cleanup(f func()) { w.cleanups = append(w.cleanups, f) }
func (w *witness) Errorf(format string, args ...any) {
	w.errors = append(w.errors, fmt.Sprintf(format, args...))
}

// end ends the test that w stands in for.
func (w *witness) end() {
	for _, f := range slices.Backward(w.cleanups) {
		f()
	}
	w.cleanups = nil
}

func (w *witness) wantOne(t *testing.T, words ...string) {
	t.Helper()
	if len(w.errors) != 1 {
		t.Fatalf("got %d errors %q; want one", len(w.errors), w.errors)
	}
	for _, word := range words {
		if !strings.Contains(w.errors[0], word) {
			t.Errorf("the error %q lacks %q", w.errors[0], word)
		}
	}
}

func TestAGoodPageHasNoProblemAndNoViolation(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		p := with.page(t, site(t, map[string]string{"/": goodHTML}), View{})
		if got := p.Go("/"); got != http.StatusOK {
			t.Errorf("status = %d; want 200", got)
		}
		axe(t, p, wholePage)
	})
}

func TestAxeReportsAViolationAndItsNode(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		w := &witness{TB: t}
		defer w.end()
		p := with.page(w, site(t, map[string]string{"/": goodWith(`<input id="nameless">`)}), View{})
		p.Go("/")
		axe(w, p, wholePage)
		w.wantOne(t, "label", "#nameless")
	})
}

func TestNuReportsInvalidHTMLByPage(t *testing.T) {
	w := &witness{TB: t}
	defer w.end()
	nu(w, map[string]string{"good": goodHTML, "en/bad": goodWith(`<img src="x.png">`)})
	w.wantOne(t, "en_bad.html", "error")
}

func TestProblemsOfAPageFailItsTest(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		other := site(t, map[string]string{"/script.js": ""})
		for name, tt := range map[string]struct {
			body, script string
			want         []string
		}{
			"an inline script":    {`<script>document.title = "ran"</script>`, "", []string{"security error", "inline script"}},
			"an inline style":     {`<p style="color: red"></p>`, "", []string{"security error", "inline style"}},
			"a missing file":      {`<script src="/gone.js"></script>`, "", []string{"network error", "404", "/gone.js"}},
			"a console error":     {"", `console.error("oh", "dear", 7)`, []string{`console.error: "oh" "dear" 7`}},
			"a console warning":   {"", `console.warn("careful")`, []string{"console.warning", "careful"}},
			"an exception":        {"", `throw new TypeError("thrown")`, []string{"uncaught", "TypeError: thrown"}},
			"a rejected promise":  {"", `Promise.reject(new Error("alone"))`, []string{"uncaught", "alone"}},
			"an external request": {`<script src="` + other + `/script.js"></script>`, "", []string{"external request: " + other}},
		} {
			t.Run(name, func(t *testing.T) {
				w := &witness{TB: t}
				p := with.page(w, site(t, map[string]string{"/": goodWith(scripted + tt.body), "/script.js": tt.script}), View{})
				p.Go("/")
				w.end()
				w.wantOne(t, tt.want...)
			})
		}
	})
}

func TestAllowedProblemsDoNotFailTheTest(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		p := with.page(t, site(t, map[string]string{"/": goodWith(`<script>1</script>`)}), View{})
		p.Allow("inline script")
		p.Go("/")
	})
}

func TestAPageIsLookedAtWithItsView(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		base := site(t, map[string]string{"/": goodWith(scripted), "/script.js": script})
		const look = `[innerWidth, innerHeight, navigator.language, matchMedia("(prefers-color-scheme: dark)").matches,
			matchMedia("(prefers-reduced-motion: reduce)").matches, document.querySelector("h1").textContent].join(" ")`
		for _, tt := range []struct {
			view             View
			want, acceptLang string
		}{
			{View{}, "1280 720 en false false Scripted", "en"},
			{View{Width: 390, Height: 844, Lang: "zh-CN", Dark: true}, "390 844 zh-CN true false Scripted", "zh-CN"},
			{View{ReducedMotion: true, NoScript: true}, "1280 720 en false true Good", "en"},
		} {
			p := with.page(t, base, tt.view)
			p.Go("/")
			if got := eval[string](p, look); got != tt.want {
				t.Errorf("page seen with %+v = %q; want %q", tt.view, got, tt.want)
			}
			p.Go("/language")
			if got := p.Text("body"); !strings.HasPrefix(got, tt.acceptLang) {
				t.Errorf("Accept-Language with %+v = %q; want %q first", tt.view, got, tt.acceptLang)
			}
		}
	})
}

func TestSourceIsWhatTheServerSent(t *testing.T) {
	t.Parallel()
	html := goodWith(scripted)
	p := chromium.page(t, site(t, map[string]string{"/": html, "/script.js": script}), View{})
	p.Go("/")
	p.Await(`document.querySelector("h1").textContent == "Scripted"`)
	if got := p.Source(); got != html {
		t.Errorf("Source() = %q; want %q", got, html)
	}
}

func TestTabsShareCookiesAndBrowsersDoNot(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		base := site(t, map[string]string{"/": goodHTML})
		first := with.page(t, base, View{})
		first.Go("/")
		first.Eval(`document.cookie = "a=1"`)
		for name, tt := range map[string]struct {
			page *Page
			want string
		}{
			"a tab of the same browser": {first.Tab(View{}), "a=1"},
			"another browser":           {with.page(t, base, View{}), ""},
		} {
			tt.page.Go("/")
			if got := eval[string](tt.page, "document.cookie"); got != tt.want {
				t.Errorf("cookies of %s = %q; want %q", name, got, tt.want)
			}
		}
	})
}

func TestScreenshotShowsTheViewport(t *testing.T) {
	for _, with := range browsers {
		dir := filepath.Join(t.TempDir(), "shots")
		t.Setenv("SESSIONLAB_SHOTS", dir)
		p := with.page(t, site(t, map[string]string{"/": goodHTML}), View{Width: 800, Height: 600})
		p.Go("/")
		p.Screenshot("good")
		file, err := os.Open(filepath.Join(dir, "good.png"))
		if err != nil {
			t.Fatal(err)
		}
		config, format, err := image.DecodeConfig(file)
		file.Close()
		if err != nil || format != "png" || config.Width != 800 || config.Height != 600 {
			t.Errorf("%s: the screenshot is %s %dx%d, %v; want png 800x600", with.name, format, config.Width, config.Height, err)
		}
	}
}
