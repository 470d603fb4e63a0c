package handlers_test

import (
	"database/sql"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/browser"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/internal/source"
	"github.com/sessionlab/sessionlab/internal/state"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/webtest"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sessiontest"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
	"github.com/sessionlab/sessionlab/static"
)

// A site is a whole server over an SQLite file of its own, whose clock stands
// still.
type site struct {
	*webtest.Server
	t     testing.TB
	clock *sessiontest.Clock
	log   *webtest.Log
	file  string
	lab   *lab.Lab
	web   http.Handler

	browsers *browser.Client
}

// What does not change is loaded once for all sites.
var (
	words  = sync.OnceValue(i18n.Load)
	assets = sync.OnceValues(static.New)
)

// A change is made to what a site is built from.
type change func(*handlers.Options, *lab.Options)

func newSite(t testing.TB, changes ...change) *site {
	t.Helper()
	s := &site{t: t, clock: sessiontest.NewClock(time.Now().Truncate(time.Second)), log: new(webtest.Log)}
	s.file = freshFile(t)
	db := must(sqlite.Open(s.file, sqlite.Options{}))(t)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	saved := must(state.Open(t.Context(), db))(t)
	records := must(sqlbackend.New(t.Context(), db, sqlbackend.SQLite))(t)
	l := lab.Options{
		Key: saved.Key(), State: saved, Limits: lab.DefaultLimits(), Timeouts: lab.DefaultTimeouts(), Now: s.clock.Now,
		Stores: map[string]session.Backend{"memory": session.NewMemory(), "sqlite": records},
	}
	l.Limits.Rate, l.Limits.Burst = 1e6, 1e6
	h := handlers.Options{
		Words: words(), Assets: must(assets())(t), Source: source.NewLibrary(os.DirFS("..")),
		Log: slog.New(s.log.Handler()), Now: s.clock.Now, Location: time.UTC, Ready: saved.Ping, Patience: time.Minute,
		State: "sqlite", Where: map[string]string{"sqlite": "sessionlab.db"}, Guide: guide,
	}
	for _, change := range changes {
		change(&h, &l)
	}
	s.lab = lab.New(l)
	h.Lab, h.Seats = s.lab, seat.NewRegistry(l.Key, l.State.(seat.State), s.lab, l.Timeouts, l.Now)
	inside := browser.Listen()
	s.browsers = browser.NewClient(inside)
	h.Browsers = s.browsers
	s.web = handlers.New(h).Routes()
	s.Server = webtest.Serve(t, s.web, s.log)
	s.Also(t, inside)
	return s
}

// must has a test fail on an error.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// open opens the site's file a second time, as another program would.
func (s *site) open() *sql.DB {
	s.t.Helper()
	db := must(sql.Open("sqlite", s.file))(s.t)
	s.t.Cleanup(func() { db.Close() })
	return db
}

// count counts the rows of a table.
func (s *site) count(table string) (n int) {
	s.t.Helper()
	if err := s.open().QueryRow(`SELECT count(*) FROM ` + table).Scan(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

// A learner has a seat, and the address of the app on his bench.
type learner struct {
	*webtest.Client // asks for JSON, with the seat
	site            *site
	bench           string
	app             string // "/app/{bench}/"
}

// benchJSON is what a bench says of itself.
type benchJSON struct {
	Bench    string
	App      string
	Settings map[string]any
	Steps    []step.Summary
}

func (s *site) learner() *learner {
	s.t.Helper()
	l := &learner{Client: s.Client(s.t), site: s}
	var b benchJSON
	l.Get("/en/lab").Want(200).JSON(&b)
	l.bench, l.app = b.Bench, b.App
	return l
}

// curl is a client of the app without a seat.
func (s *site) curl() *webtest.Client {
	return s.Client(s.t).With("User-Agent", "curl/8.14.1")
}

// step reads the nth step.
func (l *learner) step(n int) *step.Step {
	l.site.t.Helper()
	recorded := new(step.Step)
	l.Get("/en/lab/steps/" + strconv.Itoa(n)).Want(200).JSON(recorded)
	return recorded
}

// steps lists them all.
func (l *learner) steps() []step.Summary {
	l.site.t.Helper()
	var b benchJSON
	l.Get("/en/lab").Want(200).JSON(&b)
	return b.Steps
}

// set changes settings.
func (l *learner) set(pairs ...string) {
	l.site.t.Helper()
	l.Post("/en/lab/settings", pairs...).Want(200)
}

// opJSON is an operation's answer.
type opJSON struct {
	OK     bool
	Op     string
	Step   int
	Result any
	Error  *struct{ Code, Message string }

	Session map[string]any
}

// op decodes an operation's answer.
func op(t testing.TB, a *webtest.Answer, status int) opJSON {
	t.Helper()
	var v opJSON
	a.Want(status).JSON(&v)
	return v
}

// session is the value of the session cookie that a client would send.
func sessionCookie(c *webtest.Client, app string) string { return c.Cookie(step.CookieName, app) }

// carrying is a client without a jar that sends one Cookie header.
func (s *site) carrying(cookie string) *webtest.Client {
	c := s.curl().With("Cookie", cookie)
	c.Jar = nil
	return c
}

// kinds lists a step's events.
func kinds(recorded *step.Step) []step.Kind {
	var all []step.Kind
	for _, e := range recorded.Events {
		all = append(all, e.Kind)
	}
	return all
}

func header(list [][2]string, name string) []string {
	var values []string
	for _, h := range list {
		if http.CanonicalHeaderKey(h[0]) == name {
			values = append(values, h[1])
		}
	}
	return values
}
