package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
)

// Virtual browsers do the experiments. Here real ones do what decides some of them, and
// must come to the same verdicts.

// A judge has a bench, whose experiments it asks for their verdicts.
type judge struct {
	t       *testing.T
	app     *App
	client  *http.Client
	address string // of the app under study, without the host
}

func newJudge(t *testing.T, flags ...string) *judge {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	j := &judge{t: t, app: startApp(t, flags...), client: &http.Client{Jar: jar}}
	var bench struct{ App string }
	j.ask("GET", "/en/lab", nil, &bench)
	j.address = bench.App
	return j
}

// ask reads the JSON of an answer that must be right.
func (j *judge) ask(method, path string, form url.Values, into any) {
	j.t.Helper()
	status, body := j.send(method, path, form)
	if err := json.Unmarshal(body, into); err != nil || status != http.StatusOK {
		j.t.Fatalf("%s %s = %d, %v", method, path, status, err)
	}
}

// send sends a request, and returns the status and the body of the answer.
func (j *judge) send(method, path string, form url.Values) (status int, body []byte) {
	j.t.Helper()
	req, err := http.NewRequest(method, j.app.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		j.t.Fatal(err)
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := j.client.Do(req)
	if err != nil {
		j.t.Fatal(err)
	}
	defer res.Body.Close()
	if body, err = io.ReadAll(res.Body); err != nil {
		j.t.Fatal(err)
	}
	return res.StatusCode, body
}

// post sends a form to the bench.
func (j *judge) post(path string, form url.Values) {
	j.t.Helper()
	j.ask("POST", path, form, &struct{}{})
}

// set changes one setting, and no other.
func (j *judge) set(name, value string) {
	j.t.Helper()
	j.post("/en/lab/settings", url.Values{name: {value}})
}

// wants fails the test unless virtual browsers come to the same verdict.
func (j *judge) wants(slug, variant, real string) {
	j.t.Helper()
	var run struct{ Verdict struct{ ID string } }
	j.ask("POST", "/en/experiments/"+slug, url.Values{"variant": {variant}}, &run)
	if run.Verdict.ID != real || real == "" {
		j.t.Errorf("%s, %s: virtual browsers come to %q, real ones to %q", slug, variant, run.Verdict.ID, real)
	}
}

// A surfer uses a tab, whatever its browser reports of it.
type surfer struct {
	t   *testing.T
	tab tab
}

// surfer opens a browser without cookies.
func (with *browser) surfer(t *testing.T, j *judge) surfer {
	t.Helper()
	p := with.page(t, j.app.URL, View{})
	p.Allow("") // cookies that are refused, and statuses that are expected
	return surfer{t, p.tab}
}

func (s surfer) do(action func(context.Context) error) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience())
	defer cancel()
	if err := action(ctx); err != nil {
		s.t.Fatal(err)
	}
}

// visit loads an address and returns the status.
func (s surfer) visit(address string) (status int) {
	s.t.Helper()
	s.do(func(ctx context.Context) (err error) {
		status, err = s.tab.load(ctx, address)
		return err
	})
	return status
}

// send sends a form from the page, as a script of it does, and returns the status.
func (s surfer) send(operation, fields string) (status int) {
	s.t.Helper()
	s.do(func(ctx context.Context) (err error) {
		status, err = evaluate[int](ctx, s.tab, fmt.Sprintf(`fetch(%q, {method: "POST", body: new URLSearchParams(%q)}).then(r => r.text().then(() => r.status))`, operation, fields))
		return err
	})
	return status
}

// login logs Alice in at an address of the app.
func (s surfer) login(address string) {
	s.t.Helper()
	s.visit(address)
	if got := s.send("login", "uname=alice&pwd=rabbit"); got != http.StatusOK {
		s.t.Fatalf("login = %d; want 200", got)
	}
}

func (s surfer) text(expression string) (text string) {
	s.t.Helper()
	s.do(func(ctx context.Context) (err error) {
		text, err = evaluate[string](ctx, s.tab, expression)
		return err
	})
	return text
}

func TestARealBrowserHandsACookieToScriptsWhereAVirtualOneDoes(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		j := newJudge(t)
		for variant, httpOnly := range map[string]string{"open": "false", "http-only": "true"} {
			j.set("http_only", httpOnly)
			alice, mallory := with.surfer(t, j), with.surfer(t, j)
			alice.login(j.app.URL + j.address)
			read := alice.text("document.cookie")
			mallory.visit(j.app.URL + j.address)
			if read != "" {
				mallory.text(fmt.Sprintf(`document.cookie = %q`, read+"; Path="+j.address))
			}
			verdict := ""
			switch status := mallory.visit(j.app.URL + j.address + "me"); {
			case read != "" && status == http.StatusOK:
				verdict = "stolen"
			case read == "" && status == http.StatusUnauthorized:
				verdict = "out-of-reach"
			}
			j.wants("theft", variant, verdict)
		}
	})
}

func TestARealBrowserSendsACookieFromAnotherSiteWhereAVirtualOneDoes(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		j := newJudge(t)
		elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, `<!doctype html><title>Elsewhere</title><form method="post" action="%s"><input name="key" value="basket"></form>`, j.app.URL+j.address+"pop")
		}))
		t.Cleanup(elsewhere.Close)
		for variant, sameSite := range map[string]string{"none": "None", "lax": "Lax", "strict": "Strict"} {
			j.set("same_site", sameSite)
			j.set("secure", fmt.Sprint(sameSite == "None")) // which browsers take from 127.0.0.1 over http
			alice := with.surfer(t, j)
			alice.login(j.app.URL + j.address)
			alice.send("set", "key=basket&value=three+books")
			const full = `document.body.textContent.includes("three books") ? "full" : "empty"`
			if alice.visit(j.app.URL + j.address + "get?key=basket"); alice.text(full) != "full" {
				t.Errorf("%s: the basket is not filled", variant)
			}
			// To a browser localhost is another site than 127.0.0.1.
			alice.visit(strings.Replace(elsewhere.URL, "127.0.0.1", "localhost", 1))
			alice.text(`(setTimeout(() => document.forms[0].submit()), "")`)
			alice.until(`location.pathname.endsWith("/pop") && document.readyState === "complete"`)
			alice.visit(j.app.URL + j.address + "get?key=basket")
			j.wants("cross-site", variant, map[string]string{"empty": "acted", "full": "not-sent"}[alice.text(full)])
		}
	})
}

// A host named shop is this machine to a browser of the tests, which minds no certificate:
// it trusts 127.0.0.1 as if that were encrypted, and no other name.
func TestARealBrowserSendsACookieOverPlainHTTPWhereAVirtualOneDoes(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		j := newJudge(t, "--trust-proxy")
		target, err := url.Parse(j.app.URL)
		if err != nil {
			t.Fatal(err)
		}
		secure := httptest.NewTLSServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host
			r.Out.Header.Set("X-Forwarded-Proto", "https")
		}})
		t.Cleanup(secure.Close)
		https, plain := strings.Replace(secure.URL, "127.0.0.1", "shop", 1)+j.address, strings.Replace(j.app.URL, "127.0.0.1", "shop", 1)+j.address
		alice := with.surfer(t, j)
		for variant, value := range map[string]string{"plain": "false", "secure": "true"} {
			j.set("secure", value)
			alice.login(https)
			if got := alice.visit(https + "me"); got != http.StatusOK {
				t.Errorf("%s: over https, me = %d; want 200", variant, got)
			}
			verdict := map[int]string{http.StatusOK: "seen", http.StatusUnauthorized: "not-sent"}[alice.visit(plain+"me")]
			j.wants("sniffing", variant, verdict)
			alice.visit(https)
			alice.send("logout", "")
		}
	})
}

// A real browser keeps a stolen cookie, which has no end date, and still sends it when 32
// days have passed by the server's clock. Its own clock cannot be moved, and it needs none:
// that the cookie is refused then is the server's work alone.
func TestARealBrowserSendsAStolenCookieTooLateWhereAVirtualOneDoes(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		j := newJudge(t)
		j.set("http_only", "false")
		alice, mallory := with.surfer(t, j), with.surfer(t, j)
		app := j.app.URL + j.address
		alice.login(app)
		read := alice.text("document.cookie")
		mallory.visit(app)
		mallory.text(fmt.Sprintf(`document.cookie = %q`, read+"; Path="+j.address))
		if got := mallory.visit(app + "me"); got != http.StatusOK {
			t.Errorf("before the end of the session, me = %d; want 200", got)
		}
		j.post("/en/lab/clock", url.Values{"move": {"32d"}})
		verdict := ""
		status := mallory.visit(app + "me")
		mallory.visit(app) // whose scripts say what the browser still holds
		if held := mallory.text("document.cookie"); status == http.StatusUnauthorized && held == read {
			verdict = "too-late"
		} else {
			t.Errorf("after 32 days, me = %d, and the browser holds %q; want 401, and %q", status, held, read)
		}
		j.post("/en/lab/clock", url.Values{"move": {"now"}})
		j.wants("theft", "expired", verdict)
	})
}

// until waits for a condition, across the loading of another page.
func (s surfer) until(condition string) {
	s.t.Helper()
	p := &Page{tab: s.tab, t: s.t}
	p.Await(condition)
}
