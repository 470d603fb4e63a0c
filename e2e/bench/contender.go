package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// A contender is a server, and the step that is asked of it.
type contender struct {
	name  string
	what  string
	start func(ctx context.Context, cpus ...int) (*server, error)
	aim   func(s *server) ([]*target, error)
}

const (
	limitName   = "limit"
	productName = "product"
)

var (
	limitKind = &kind{step: "/", shows: func(body []byte, _ int) bool { return shows(body, 1) }}
	pageKind  = &kind{step: "/", shows: shows, session: true}
	flaskKind = &kind{step: "/set", form: true, shows: showsResult, verify: "/get?key=n", session: true}
	// The number of a step is that of its counter: none is missing from the record.
	productKind = &kind{step: "set", form: true, shows: showsStep, verify: "get?key=n", session: true}
)

func showsResult(body []byte, n int) bool { return bytes.Contains(body, resultOf(n)) }

func showsStep(body []byte, n int) bool {
	want := strconv.AppendInt([]byte(`"step":`), int64(n), 10)
	return bytes.Contains(body, append(append(want, ','), resultOf(n)...))
}

// contenders returns those that can run here, and why others cannot. The product
// is the program of that path; files go below dir.
func contenders(product, dir string) (all []contender, notes []string) {
	own := [][2]string{
		{limitName, "Echo, the same page, no session"},
		{"memory", "session over Memory"},
		{"sqlite", "session over SQLite, durable before the answer"},
		{"scs", "alexedwards/scs, memory"},
		{"gorilla-cookie", "gorilla CookieStore"},
	}
	if _, err := exec.LookPath("redis-server"); err == nil {
		own = append(own, [2]string{"redis", "session over Redis, which has the same CPU"})
	} else {
		notes = append(notes, "Redis was left out: there is no redis-server (Debian: apt-get install redis-server).")
	}
	for _, c := range own {
		kind := pageKind
		if c[0] == limitName {
			kind = limitKind
		}
		all = append(all, contender{c[0], c[1], startSelf(c[0], dir), sessionsOf(kind)})
	}
	all = append(all, productOf(productName, product, dir), stepPageOf(stepPageName, product, dir), virtualOf(virtualName, product, dir))
	gunicorn, err := exec.LookPath("gunicorn")
	if err != nil {
		return all, append(notes, "Flask was left out: there is no gunicorn (Debian: apt-get install python3-flask gunicorn).")
	}
	return append(all,
		contender{"flask", "Flask, signed cookie, gunicorn", startFlask(gunicorn, dir), sessionsOf(pageKind)},
		contender{"flask-set", "Flask, set with JSON answer, nothing recorded", startFlask(gunicorn, dir), sessionsOf(flaskKind)},
	), notes
}

// productOf is a build of the product.
func productOf(name, program, dir string) contender {
	const what = "Session Lab: recorded step, durable, JSON"
	return contender{name, what, startProduct(program, filepath.Join(dir, name)), benches(4 * connections)}
}

// startSelf starts this program as a contender, in a folder of its own.
func startSelf(name, dir string) func(context.Context, ...int) (*server, error) {
	return func(ctx context.Context, cpus ...int) (*server, error) {
		self, err := os.Executable()
		if err != nil {
			return nil, err
		}
		cmd := exec.Command(self, "serve", name)
		cmd.Dir = filepath.Join(dir, name)
		if err := os.MkdirAll(cmd.Dir, 0o700); err != nil {
			return nil, err
		}
		return launch(ctx, cmd, cpus...)
	}
}

// startProduct starts the product with its data in a folder, and without the
// limits that guard a bench.
func startProduct(product, data string) func(context.Context, ...int) (*server, error) {
	return func(ctx context.Context, cpus ...int) (*server, error) {
		return launch(ctx, exec.Command(product, "--addr=127.0.0.1:0", "--data="+data,
			"--rate=1000000000", "--burst=1000000000", "--max-steps=1000000000"), cpus...)
	}
}

//go:embed peer.py
var flaskProgram []byte

// startFlask starts gunicorn with one worker. One with threads is the kind that
// keeps connections alive.
func startFlask(gunicorn, dir string) func(context.Context, ...int) (*server, error) {
	return func(ctx context.Context, cpus ...int) (*server, error) {
		if err := os.WriteFile(filepath.Join(dir, "peer.py"), flaskProgram, 0o600); err != nil {
			return nil, err
		}
		if err := os.Setenv("BENCH_PAGE", pageTemplate()); err != nil {
			return nil, err
		}
		cmd := exec.Command(gunicorn, "--bind=127.0.0.1:0", "--workers=1",
			"--worker-class=gthread", "--threads=4", "--keep-alive=30", "peer:app")
		cmd.Dir = dir
		s, err := launch(ctx, cmd, cpus...)
		if err != nil {
			return nil, err
		}
		return s, ready(s) // it listens before it can answer
	}
}

func ready(s *server) error {
	c := client{addr: s.addr, deadline: time.Now().Add(patience)}
	defer c.close()
	if _, err := c.ask("/", nil, nil); err != nil {
		s.stop()
		return fmt.Errorf("first answer: %w\n%s", err, s.output.tail())
	}
	return nil
}

// sessionsOf aims each connection at a session of its own.
func sessionsOf(k *kind) func(*server) ([]*target, error) {
	return func(*server) ([]*target, error) {
		targets := make([]*target, connections)
		for i := range targets {
			targets[i] = k.at("")
		}
		return targets, nil
	}
}

// benches aims at the apps of n new benches, as strangers who were given their
// addresses.
func benches(n int) func(*server) ([]*target, error) {
	return func(s *server) ([]*target, error) {
		c := client{addr: s.addr, deadline: time.Now().Add(patience)}
		defer c.close()
		targets := make([]*target, n)
		for i := range targets {
			app, _, err := newBench(&c)
			if err != nil {
				return nil, err
			}
			targets[i] = productKind.at(app)
		}
		return targets, nil
	}
}

// newBench makes a bench, and returns the path of its app and the cookie of its seat.
func newBench(c *client) (app string, seat []byte, err error) {
	a, err := c.ask("/en/lab", nil, nil)
	if err != nil {
		return "", nil, err
	}
	var bench struct{ App string }
	if err := json.Unmarshal(a.body, &bench); err != nil || a.status != http.StatusOK || bench.App == "" {
		return "", nil, fmt.Errorf("new bench: status %d: %.300q", a.status, a.body)
	}
	return bench.App, bytes.Clone(a.cookie), nil
}
