package e2e

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// App is a running Session Lab with a data directory of its own. Its methods
// belong to the goroutine of the test.
type App struct {
	URL  string // "http://127.0.0.1:40123", without a slash at the end
	Data string // the directory given with --data

	cmd    *exec.Cmd
	exited chan error // receives the result of cmd.Wait, once
	ended  bool       // exited has been received from
	log    output
}

// startApp starts the app on an empty data directory and a free port, with
// further flags if given, and waits until it is ready. When the test ends the
// app must stop on SIGTERM with status 0.
func startApp(t testing.TB, flags ...string) *App {
	t.Helper()
	return startAppOn(t, t.TempDir(), flags...)
}

// startAppOn is startApp on an existing data directory, for tests that stop an
// app and start another in its place.
func startAppOn(t testing.TB, data string, flags ...string) *App {
	t.Helper()
	bin, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	app, err := launch(bin, data, flags...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := app.Stop(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Logf("output of the app:\n%s", app.log.String())
		}
	})
	return app
}

func launch(bin, data string, flags ...string) (*App, error) {
	app := &App{Data: data, exited: make(chan error, 1)}
	app.cmd = exec.Command(bin, append([]string{"--addr", "127.0.0.1:0", "--data", data}, flags...)...)
	app.cmd.Env = environ()
	app.cmd.Stderr = &app.log
	stdout, err := app.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := start(app.cmd); err != nil {
		return nil, err
	}
	address := make(chan string, 1)
	go func() {
		scanStdout(stdout, &app.log, address)
		app.exited <- app.cmd.Wait()
	}()

	ctx, cancel := context.WithTimeout(context.Background(), patience())
	defer cancel()
	select {
	case app.URL = <-address:
	case err := <-app.exited:
		app.ended = true
		return nil, fmt.Errorf("the app ended before it printed its address: %v\n%s", err, app.log.String())
	case <-ctx.Done():
		app.Kill()
		return nil, fmt.Errorf("the app printed no address in %v\n%s", patience(), app.log.String())
	}
	if err := awaitReady(ctx, app.URL); err != nil {
		app.Kill()
		return nil, fmt.Errorf("%w\n%s", err, app.log.String())
	}
	return app, nil
}

// environ returns the environment without the app's own settings, which must
// not leak from the machine into a test.
func environ() []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "SESSIONLAB_") {
			env = append(env, v)
		}
	}
	return env
}

var printedAddress = regexp.MustCompile(`http://127\.0\.0\.1:[1-9][0-9]*`)

// scanStdout copies r to log until it ends, and sends the first address in it.
func scanStdout(r io.Reader, log io.Writer, address chan<- string) {
	found := false
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		fmt.Fprintln(log, lines.Text())
		if url := printedAddress.FindString(lines.Text()); url != "" && !found {
			found = true
			address <- url
		}
	}
	_, _ = io.Copy(log, r) // after a line too long to scan
}

func awaitReady(ctx context.Context, url string) error {
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/readyz", nil)
		if err != nil {
			return err
		}
		res, err := http.DefaultClient.Do(req)
		if err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
			err = errors.New(res.Status)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the app was not ready in %v: %w", patience(), err)
		case <-again.C:
		}
	}
}

// Stop ends the app with SIGTERM and returns an error unless it exits with
// status 0 in time. Stopping an app that has ended already does nothing.
func (a *App) Stop() error {
	if a.ended {
		return nil
	}
	if err := a.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("SIGTERM: %w", err)
	}
	select {
	case err := <-a.exited:
		a.ended = true
		if err != nil {
			return fmt.Errorf("after SIGTERM the app ended with: %w; want status 0", err)
		}
		return nil
	case <-time.After(patience()):
		a.Kill()
		return fmt.Errorf("the app did not stop in %v of SIGTERM", patience())
	}
}

// Kill ends the app at once, as a crash or kill -9 would.
func (a *App) Kill() {
	if a.ended {
		return
	}
	_ = a.cmd.Process.Kill() // the only error is that it has ended already
	<-a.exited
	a.ended = true
}

// output is a buffer that the app's two streams write to.
type output struct {
	mu sync.Mutex
	b  strings.Builder
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}
