package handlers_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/state"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A longWinded state has as many steps as were made, each of them long.
type longWinded struct {
	*state.State
	loaded atomic.Int64
	broken atomic.Int64 // the step that cannot be had
}

var longBody = strings.Repeat("x", 128<<10)

func (s *longWinded) Step(ctx context.Context, bench string, n int) (*step.Step, error) {
	s.loaded.Add(1)
	if int64(n) == s.broken.Load() {
		return nil, context.DeadlineExceeded
	}
	one, err := s.State.Step(ctx, bench, n)
	if err == nil {
		one.Request.Body = longBody
	}
	return one, err
}

// A client that reads no further keeps the server from reading on: all that is on
// the way are the buffers of the connection.
func TestAnExportIsReadStepByStep(t *testing.T) {
	const steps = 300 // of 39 MB in all
	var long *longWinded
	s := newSite(t, func(_ *handlers.Options, l *lab.Options) {
		long = &longWinded{State: l.State.(*state.State)}
		l.State = long
	})
	l := s.learner()
	for range steps {
		l.Get(l.app + "me").Want(401)
	}
	for kind, list := range map[string]string{"json": "steps", "har": "entries"} {
		t.Run(kind, func(t *testing.T) {
			path := "/en/lab/export." + kind
			long.loaded.Store(0)
			req := must(http.NewRequest("GET", s.URL+path, nil))(t)
			req.Header.Set("Cookie", "seat="+l.Cookie("seat", "/"))
			res := must(http.DefaultTransport.RoundTrip(req))(t)
			defer res.Body.Close()
			body := bufio.NewReader(res.Body)
			if _, err := body.Peek(1000); err != nil {
				t.Fatal(err)
			}
			if n := long.loaded.Load(); n == 0 || n == steps {
				t.Errorf("%d of %d steps are read while nobody takes them; want some", n, steps)
			}
			again := l.Get(path).Want(429)
			if again.Header.Get("Retry-After") == "" || !strings.Contains(again.Body, "exporting") {
				t.Errorf("a second export at once is answered %s", again.Body)
			}
			data := must(io.ReadAll(body))(t)
			if n := bytes.Count(data, []byte(longBody)); n != steps {
				t.Errorf("the file has %d long bodies; want %d", n, steps)
			}
			var file map[string]any // with short bodies: to read long ones takes the race detector ten seconds
			if err := json.Unmarshal(bytes.ReplaceAll(data, []byte(longBody), nil), &file); err != nil {
				t.Fatal(err)
			}
			if log, ok := file["log"].(map[string]any); ok {
				file = log
			}
			if got, _ := file[list].([]any); len(got) != steps {
				t.Errorf("the file has %d %s; want %d", len(got), list, steps)
			}
		})
	}
}

// A store that fails at the first step is told as everywhere; later on the file
// ends in the middle, and no client takes it for whole.
func TestAnExportThatFailsIsNoWholeFile(t *testing.T) {
	var long *longWinded
	s := newSite(t, func(_ *handlers.Options, l *lab.Options) {
		long = &longWinded{State: l.State.(*state.State)}
		l.State = long
	})
	l := s.learner()
	for range 3 {
		l.Get(l.app + "me").Want(401)
	}
	long.broken.Store(1)
	for _, path := range []string{"/en/lab/export.json", "/en/lab/export.har"} {
		if a := l.Get(path).Want(503); a.Header.Get("Content-Disposition") != "" {
			t.Errorf("%s: an error is a file to save", path)
		}
	}
	long.broken.Store(3)
	for _, path := range []string{"/en/lab/export.json", "/en/lab/export.har"} {
		req := must(http.NewRequest("GET", s.URL+path, nil))(t)
		req.Header.Set("Cookie", "seat="+l.Cookie("seat", "/"))
		res := must(http.DefaultTransport.RoundTrip(req))(t)
		_, err := io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if err == nil {
			t.Errorf("%s: a part was sent as the whole", path)
		}
	}
	long.broken.Store(0)
	l.Get("/en/lab/export.json").Want(200)
}

func TestAnEmptyBenchIsExported(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	var file struct {
		Bench string
		Steps []any
	}
	l.Get("/en/lab/export.json").Want(200).JSON(&file)
	if file.Bench != l.bench || file.Steps == nil || len(file.Steps) != 0 {
		t.Errorf("export = %+v; want the bench and no steps", file)
	}
}
