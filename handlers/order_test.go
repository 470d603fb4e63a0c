package handlers_test

import (
	"context"
	"net/http"
	"path"
	"slices"
	"sync"
	"testing"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/webtest"
)

// A slowState stores the steps of sets, once it is slow, only after that of a log-in.
type slowState struct {
	savedState
	slow   bool
	saved  chan struct{} // closed by the set, whose session is saved by then
	logged chan struct{} // closed by the log-in
}

func (s *slowState) AddStep(ctx context.Context, bench string, t *step.Step, line step.Summary, jar []byte) (int, error) {
	if s.slow && t.Op == step.OpSet {
		close(s.saved)
		<-s.logged
	}
	n, err := s.savedState.AddStep(ctx, bench, t, line, jar)
	if s.slow && t.Op == step.OpLogin {
		close(s.logged)
	}
	return n, err
}

// A begun notes that a response begins.
type begun struct {
	http.ResponseWriter
	begins func()
}

func (n begun) Unwrap() http.ResponseWriter { return n.ResponseWriter }

func (n begun) WriteHeader(status int) {
	n.begins()
	n.ResponseWriter.WriteHeader(status)
}

// The set's answer has the old cookie, so it must not come after the log-in's.
func TestASetThatWasSavedBeforeTheLogInIsAnsweredBeforeIt(t *testing.T) {
	state := &slowState{saved: make(chan struct{}), logged: make(chan struct{})}
	s := newSite(t, func(_ *handlers.Options, o *lab.Options) {
		state.savedState, o.State = o.State.(savedState), state
	})
	var mu sync.Mutex
	var order []string
	s.Server = webtest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.web.ServeHTTP(begun{w, func() {
			mu.Lock()
			defer mu.Unlock()
			order = append(order, path.Base(r.URL.Path))
		}}, r)
	}), s.log)
	b := s.learner().tab()
	state.slow, order = true, nil
	var set, login *webtest.Answer
	var wg sync.WaitGroup
	wg.Go(func() { set = b.put(b.late()) })
	<-state.saved
	wg.Go(func() { login = b.logIn(b.late()) })
	wg.Wait()
	if want := []string{"set", "login"}; !slices.Equal(order, want) {
		t.Errorf("answers begin in the order %q; want %q", order, want)
	}
	b.take(t, set.Want(200), login.Want(200))
	if got := b.mustBeIn(t, "answered in order"); got.Session["colour"] != "teal" {
		t.Errorf("the set was acknowledged, and is lost: %v", got.Session)
	}
}
