package handlers_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// inFlask are the variants that an app in Flask has too: it has one mechanism, no records,
// and no limit besides the lifetime.
var inFlask = map[string][]string{
	"no-cookies":          {"blocked", "allowed"},
	"second-browser":      {"other", "same"},
	"replay-after-logout": {"flask"},
	"tampering":           {"flask"},
	"too-large":           {"flask"},
	"lifetime":            {"refresh", "no-refresh"},
	"restart":             {"same-key", "new-key", "fallback"},
	"browser-closed":      {"session-cookie", "restored", "permanent"},
	"cross-site":          {"none", "lax", "strict"},
}

// The acts of an experiment, done to an app in Flask itself, come to the same verdict.
func TestFlaskComesToTheSameVerdicts(t *testing.T) {
	python := startFlaskApp(t)
	for slug, variants := range inFlask {
		e := named(t, slug)
		for _, variant := range variants {
			p := newFlaskPlay(t, python, e, variant)
			for _, a := range e.Acts {
				if a.In(variant) {
					p.do(a)
				}
			}
			if got, want := p.verdict(), verdicts[slug][variant]; got != want {
				t.Errorf("%s, %s: Flask comes to %q; want %q", slug, variant, got, want)
				for _, a := range e.Acts {
					t.Logf("%s: %+v", a.ID, p.seen[a.ID])
				}
			}
			if put := p.seen["put"]; slug == "too-large" && len(put.(*experiment.Observed).Set) != 1 {
				t.Errorf("Flask sends %q; want the cookie that is too large", put.(*experiment.Observed).Set)
			}
		}
	}
}

// A flaskApp is a Python process in which Flask answers.
type flaskApp struct {
	in  *json.Encoder
	out *bufio.Reader
}

// startFlaskApp starts what e2e/setup.sh has fetched. Without it the test is skipped, but
// where everything must be there, with CI=true, it fails.
func startFlaskApp(t *testing.T) *flaskApp {
	t.Helper()
	home := must(filepath.Abs("../e2e/.flask"))(t)
	if _, err := os.Stat(filepath.Join(home, "flask")); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("Flask is missing: run e2e/setup.sh (%v)", err)
		}
		t.Skipf("Flask is missing: run e2e/setup.sh (%v)", err)
	}
	cmd := exec.Command("/usr/bin/python3", "testdata/flask_app.py")
	cmd.Env = append(os.Environ(), "PYTHONPATH="+home, "PYTHONDONTWRITEBYTECODE=1")
	cmd.Stderr = os.Stderr
	in, out := must(cmd.StdinPipe())(t), must(cmd.StdoutPipe())(t)
	must(0, cmd.Start())(t)
	t.Cleanup(func() {
		_ = in.Close()
		_, _ = io.Copy(io.Discard, out)
		if err := cmd.Wait(); err != nil {
			t.Errorf("Flask ended with %v", err)
		}
	})
	f := &flaskApp{in: json.NewEncoder(in), out: bufio.NewReader(out)}
	var hello struct{ Flask string }
	f.read(t, &hello)
	if !strings.HasPrefix(hello.Flask, "3.1.") {
		t.Fatalf("this is Flask %s; want 3.1", hello.Flask)
	}
	return f
}

func (f *flaskApp) read(t *testing.T, told any) {
	t.Helper()
	line, err := f.out.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, told)
	}
	if err != nil {
		t.Fatalf("Flask answers %.200q, %v", line, err)
	}
}

func (f *flaskApp) ask(t *testing.T, asked, told any) {
	t.Helper()
	must(0, f.in.Encode(asked))(t)
	f.read(t, told)
}

// A flaskPlay is an experiment in Flask: the script's acts, the project's jars, and what
// each act showed.
type flaskPlay struct {
	t        *testing.T
	flask    *flaskApp
	e        *experiment.Experiment
	config   map[string]any
	now      time.Time
	browsers map[string]*flaskBrowser
	seen     judge.Names
}

type flaskBrowser struct {
	jar      jar.Jar
	blocked  bool
	restores bool
}

func newFlaskPlay(t *testing.T, f *flaskApp, e *experiment.Experiment, variant string) *flaskPlay {
	p := &flaskPlay{t: t, flask: f, e: e, now: time.Unix(1700000000, 0), browsers: make(map[string]*flaskBrowser), seen: make(judge.Names)}
	for _, b := range e.Browsers {
		p.browsers[b.ID] = new(flaskBrowser)
	}
	for _, a := range e.Acts {
		p.seen[a.ID] = new(experiment.Observed)
	}
	v, _ := e.Variant(variant)
	// What a bench has by default.
	p.config = map[string]any{"SECRET_KEY": "first", "SESSION_COOKIE_SAMESITE": "Lax"}
	for _, set := range []map[string]string{e.Settings, v.Settings} {
		for name, value := range set {
			p.set(name, value)
		}
	}
	p.restart()
	return p
}

// set translates a setting into Flask's.
func (p *flaskPlay) set(name, value string) {
	switch name {
	case "lifetime":
		p.config["PERMANENT_SESSION_LIFETIME"] = must(time.ParseDuration(value))(p.t).Seconds()
	case "refresh_each_request":
		p.config["SESSION_REFRESH_EACH_REQUEST"] = value == "true"
	case "same_site":
		p.config["SESSION_COOKIE_SAMESITE"], p.config["SESSION_COOKIE_SECURE"] = value, value == "None"
	case "mechanism", "store": // Flask has one, and none
	default:
		p.t.Fatalf("the setting %s has no twin in Flask here", name)
	}
}

// restart has Flask start anew with the configuration as it is.
func (p *flaskPlay) restart() {
	p.flask.ask(p.t, map[string]any{"now": p.now.Unix(), "config": p.config}, &struct{}{})
}

// do does one act of the script.
func (p *flaskPlay) do(a experiment.Act) {
	by := p.browsers[a.By]
	switch {
	case a.Send != "":
		p.send(a)
	case a.Clock != "":
		p.now = p.now.Add(must(time.ParseDuration(a.Clock))(p.t))
	case a.Server == experiment.ServerRotate:
		p.config["SECRET_KEY"], p.config["SECRET_KEY_FALLBACKS"] = "second", []any{p.config["SECRET_KEY"]}
		p.restart()
	case a.Server == experiment.ServerRestart:
		if a.Key == "random" {
			p.config["SECRET_KEY"] = "another"
		}
		p.restart()
	case a.Do == experiment.DoBlock:
		by.blocked = true
	case a.Do == experiment.DoClose:
		by.restores = a.Restore
	case a.Do == experiment.DoReopen:
		if !by.restores {
			by.jar.CloseBrowser()
		}
	case a.Do == experiment.DoCopy:
		must(0, p.browsers[a.To].jar.Put(p.cookie(a.By), p.now))(p.t)
	case a.Do == experiment.DoAlter:
		p.alter(a.By)
	default:
		p.t.Fatalf("%s: %s is not done in Flask here", p.e.Slug, a.ID)
	}
	p.seen[a.ID].(*experiment.Observed).Ran = true
}

func (p *flaskPlay) cookie(browser string) jar.Cookie {
	return must(p.browsers[browser].jar.Named(step.CookieName, p.now))(p.t)
}

// alter changes one letter of what the cookie carries.
func (p *flaskPlay) alter(browser string) {
	value := []byte(p.cookie(browser).Value)
	letter := &value[len(value)/4]
	if *letter++; *letter > 'z' {
		*letter = 'a'
	}
	must(p.browsers[browser].jar.Edit(step.CookieName, string(value), p.now))(p.t)
}

// send has Flask answer a request, and the browser take what it is sent.
func (p *flaskPlay) send(a experiment.Act) {
	form := make(map[string]string)
	for name, value := range a.Form {
		form[name] = value
	}
	for name, n := range a.Letters {
		form[name] = incompressible(n)
	}
	i := slices.IndexFunc(experiment.Operations[:], func(o experiment.Operation) bool { return o.Name == a.Send })
	u := &url.URL{Scheme: "http", Host: "shop.example", Path: "/" + a.Send}
	if a.Over != "" {
		u.Scheme = a.Over
	}
	by := p.browsers[a.By]
	r := jar.Request{URL: u, Method: experiment.Operations[i].Method, TopLevelNavigation: true}
	if a.Elsewhere {
		r.SiteForCookies = &url.URL{Scheme: "https", Host: "elsewhere.example", Path: "/"}
	}
	header := ""
	if !by.blocked {
		header = by.jar.HeaderFor(r, p.now)
	}
	_, value, sent := strings.Cut(header, step.CookieName+"=")
	var told struct {
		Status                 int
		Set                    []string
		Outcome, User, Invalid string
	}
	p.flask.ask(p.t, map[string]any{
		"now": p.now.Unix(), "base": u.Scheme + "://" + u.Host, "path": u.Path, "method": r.Method, "cookie": header, "value": value, "form": form,
	}, &told)
	o := p.seen[a.ID].(*experiment.Observed)
	o.Sent, o.Outcome, o.User, o.Invalid, o.Status, o.Set = sent, told.Outcome, told.User, told.Invalid, told.Status, told.Set
	for _, line := range told.Set {
		if by.blocked || by.jar.SetCookieFor(r, line, p.now).Outcome == jar.Ignored {
			o.Cookie = reading.CookieRefused
		}
	}
}

// incompressible is text of which zlib makes little less.
func incompressible(n int) string {
	text, state := make([]byte, n), uint32(1)
	for i := range text {
		state = state*1664525 + 1013904223
		text[i] = 'a' + byte(state>>24)%26
	}
	return string(text)
}

// verdict is the first that holds of what the acts showed, as the script has it.
func (p *flaskPlay) verdict() string {
	for _, v := range p.e.Verdicts {
		when := must(judge.Condition(v.When, p.seen))(p.t)
		if must(when.Holds(p.seen))(p.t) {
			return v.ID
		}
	}
	return ""
}
