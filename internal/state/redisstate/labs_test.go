package redisstate_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/sessions"
	"golang.org/x/sync/errgroup"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/internal/state/redisstate"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// A process is one of several that serve the same lab.
type process struct {
	*lab.Lab
	seats *seat.Registry
	state *redisstate.State
}

// processes returns two processes on one Redis, who share the store as well.
func processes(t *testing.T, address string) (one, other process) {
	t.Helper()
	records := session.NewMemory()
	start := func() process {
		s := open(t, address)
		l := lab.New(lab.Options{
			Key: s.Key(), State: s, Stores: map[string]session.Backend{"redis": records}, Default: "redis",
			Limits: lab.DefaultLimits(), Timeouts: lab.DefaultTimeouts(), Now: time.Now,
		})
		return process{l, seat.NewRegistry(s.Key(), s, l, lab.DefaultTimeouts(), time.Now), s}
	}
	return start(), start()
}

// visit sends a request of a browser to a bench's app, which counts, and returns
// the step.
func (p process) visit(ctx context.Context, id, cookie string) (*step.Step, error) {
	b, err := p.Enter(ctx, id)
	if err != nil {
		return nil, err
	}
	r := httptest.NewRequestWithContext(ctx, "POST", b.Path()+"set", nil)
	if cookie != "" {
		r.Header.Set("Cookie", step.CookieName+"="+cookie)
	}
	g := b.Begin(lab.Arrival{Request: r, Headers: [][2]string{{"Host", r.Host}}, Private: func(string) bool { return false }})
	r = g.Request(r)
	w := httptest.NewRecorder()
	err = g.Sessions().Update(w, r, step.CookieName, func(s *sessions.Session) error {
		n, _ := s.Values["n"].(string)
		count, _ := strconv.Atoi(n)
		session.Set(s, "n", strconv.Itoa(count+1))
		return nil
	})
	if err != nil {
		return nil, err
	}
	n := g.Number()
	if err := g.Finish(step.Response{Status: http.StatusOK}, w.Header()["Set-Cookie"]); err != nil {
		return nil, err
	}
	return b.Step(ctx, n)
}

func (p process) bench(t *testing.T, id string) *lab.Bench {
	t.Helper()
	b, err := p.Bench(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// newBench returns the id of a bench that was never used.
func (p process) newBench() string {
	s, _ := p.seats.Issue()
	return p.seats.BenchID(s)
}

func numbers(b *lab.Bench) (all []int) {
	for _, s := range b.Steps() {
		all = append(all, s.N)
	}
	return all
}

func TestRequestsThatAlternateMakeOneStory(t *testing.T) {
	one, other := processes(t, empty(t))
	id, cookie := one.newBench(), ""
	for n := 1; n <= 20; n++ {
		recorded, err := one.visit(t.Context(), id, cookie)
		if err != nil {
			t.Fatal(err)
		}
		if recorded.N != n {
			t.Fatalf("step %d; want %d", recorded.N, n)
		}
		if before := recorded.Before.Cookie; n > 1 && (before == nil || before.Attributes == nil || before.Attributes.Line == "") {
			t.Fatalf("step %d: the jar before is %+v; want what the other process saw set", n, before)
		}
		if got := len(one.bench(t, id).Steps()); got != n {
			t.Fatalf("after step %d the bench has %d steps", n, got)
		}
		if n > 2 && !one.bench(t, id).Confirmed(n-1) {
			t.Errorf("step %d is not confirmed by step %d", n-1, n)
		}
		cookie = recorded.After.Cookie.Raw
		one, other = other, one
	}
	recorded, err := one.visit(t.Context(), id, "") // the client has lost it
	if err != nil || recorded.Before.Cookie != nil {
		t.Errorf("before step %d the jar holds %+v, %v; want none", recorded.N, recorded.Before.Cookie, err)
	}
}

// Both processes go by the steps of both.
func TestClientsThatLookAlikeAreToldApartByEitherProcess(t *testing.T) {
	one, other := processes(t, empty(t))
	id := one.newBench()
	var cookies, clients [3]string
	for round := range 6 {
		for i := range cookies {
			recorded, err := one.visit(t.Context(), id, cookies[i])
			if err != nil {
				t.Fatal(err)
			}
			if settled := round > 2; settled && (recorded.ClientID != clients[i] || recorded.Expected != nil) {
				t.Errorf("step %d is of %s, expected to hold %+v; want %s", recorded.N, recorded.ClientID, recorded.Expected, clients[i])
			}
			cookies[i], clients[i] = recorded.After.Cookie.Raw, recorded.ClientID
			one, other = other, one
		}
	}
	if clients[0] == clients[1] || clients[1] == clients[2] || clients[2] == clients[0] {
		t.Errorf("three clients are %q", clients)
	}
}

func TestRequestsAtOnceLoseNoStep(t *testing.T) {
	const each = 100
	one, other := processes(t, empty(t))
	id := one.newBench()
	var g errgroup.Group
	for i := range 2 * each {
		p := []process{one, other}[i%2]
		g.Go(func() error {
			_, err := p.visit(t.Context(), id, "")
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, p := range []process{one, other} {
		got := numbers(p.bench(t, id))
		if !slices.IsSorted(got) || len(slices.Compact(got)) != 2*each || got[2*each-1] != 2*each {
			t.Errorf("%d steps: %v; want 1 to %d", len(got), got, 2*each)
		}
	}
}

func TestSettingsAreSeenAtOnce(t *testing.T) {
	one, other := processes(t, empty(t))
	id := one.newBench()
	if _, err := other.Enter(t.Context(), id); err != nil { // it holds the unused bench
		t.Fatal(err)
	}
	for i := range 50 {
		want := strconv.Itoa(i+10) + "s"
		if _, err := one.Configure(t.Context(), one.bench(t, id), url.Values{"lifetime": {want}}); err != nil {
			t.Fatal(err)
		}
		if got := other.bench(t, id).Settings().Lifetime.String(); got != want {
			t.Fatalf("the other process has lifetime %s; want %s", got, want)
		}
		one, other = other, one
	}
}

func TestSettingsChangedAtOnceAreAllChanged(t *testing.T) {
	one, other := processes(t, empty(t))
	id := one.newBench()
	for range 20 {
		var g errgroup.Group
		for p, form := range map[process]url.Values{one: {"http_only": {"false"}, "lifetime": {"7s"}}, other: {"sign_id": {"false"}}} {
			g.Go(func() error {
				b, err := p.Bench(t.Context(), id)
				if err == nil {
					_, err = p.Configure(t.Context(), b, form)
				}
				return err
			})
		}
		if err := g.Wait(); err != nil {
			t.Fatal(err)
		}
		if s := one.bench(t, id).Settings(); s.HTTPOnly || s.SignID || s.Lifetime.String() != "7s" {
			t.Fatalf("settings = %+v; want both changes", s)
		}
		if _, err := one.Configure(t.Context(), one.bench(t, id), url.Values{"http_only": {"true"}, "sign_id": {"true"}}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestARemovedBenchIsGoneForAll(t *testing.T) {
	one, other := processes(t, empty(t))
	owner, cookie := one.seats.Issue()
	id := one.seats.BenchID(owner)
	for _, p := range []process{one, other, one} {
		if _, err := p.visit(t.Context(), id, ""); err != nil {
			t.Fatal(err)
		}
	}
	other.bench(t, id) // which it holds
	if err := one.seats.End(t.Context(), owner); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := other.seats.Find(t.Context(), cookie); ok || err != nil {
		t.Errorf("the seat that was given up = %v, %v; want none", ok, err)
	}
	for _, p := range []process{one, other} {
		if _, err := p.Bench(t.Context(), id); !errors.Is(err, lab.ErrUnknown) {
			t.Errorf("the bench = %v; want ErrUnknown", err)
		}
		if _, err := p.visit(t.Context(), id, ""); !errors.Is(err, lab.ErrUnknown) {
			t.Errorf("a request to its address: %v; want ErrUnknown", err)
		}
	}
}

// What is kept of a bench that was removed is forgotten in the end, to the last field.
func TestARemovedBenchLeavesNothingBehind(t *testing.T) {
	address := empty(t)
	p, _ := processes(t, address)
	owner, _ := p.seats.Issue()
	id := p.seats.BenchID(owner)
	if _, err := p.visit(t.Context(), id, ""); err != nil {
		t.Fatal(err)
	}
	if err := p.seats.End(t.Context(), owner); err != nil {
		t.Fatal(err)
	}
	later := time.Now().Add(time.Hour)
	if _, err := p.state.Sweep(t.Context(), later, time.Time{}); err != nil {
		t.Fatal(err)
	}
	left, err := ask(t, address, "KEYS", "lab:bench:*").AsStrSlice()
	if err != nil || len(left) > 0 {
		t.Errorf("Redis still holds %q, %v; want nothing of the bench", left, err)
	}
}

// follow has both processes follow each other, until the test ends.
func follow(t *testing.T, all ...process) {
	ctx, stop := context.WithCancel(context.Background())
	var g errgroup.Group
	for _, p := range all {
		g.Go(func() error { return p.Follow(ctx, func(err error) { t.Log(err) }) })
	}
	t.Cleanup(func() {
		stop()
		_ = g.Wait()
	})
}

// arrives waits until there is news by which a watched bench of p has n steps.
func (p process) arrives(t *testing.T, id string, news <-chan struct{}, n int) {
	t.Helper()
	timeout := time.After(time.Minute)
	for {
		select {
		case <-news:
		case <-timeout:
			t.Fatalf("there was no news of step %d", n)
		}
		if b, err := p.Bench(t.Context(), id); err == nil && len(b.Steps()) >= n {
			return
		}
	}
}

func TestNewsArriveFromTheOtherProcess(t *testing.T) {
	one, other := processes(t, empty(t))
	follow(t, one, other)
	id := one.newBench()
	watched, err := other.Enter(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	news, stop := watched.Watch()
	defer stop()
	for n := 1; n <= 20; n++ {
		if _, err := one.visit(t.Context(), id, ""); err != nil {
			t.Fatal(err)
		}
		other.arrives(t, id, news, n)
	}
}

// late measures how long after the end of its context a call comes back, less the
// time that this machine takes to run anything then.
func late(ctx context.Context, call func()) time.Duration {
	ended := make(chan time.Time, 1)
	stop := context.AfterFunc(ctx, func() { ended <- time.Now() })
	call()
	back := time.Now()
	if stop() {
		return 0
	}
	end := <-ended
	if deadline, ok := ctx.Deadline(); ok && end.After(deadline) {
		end = end.Add(10 * end.Sub(deadline)) // a call takes a few turns, and not one
	}
	return back.Sub(end)
}

func TestRedisDiesAndComesBack(t *testing.T) {
	address := empty(t)
	server := pool.Redis(t)
	one, other := processes(t, address)
	follow(t, one, other)
	id := one.newBench()
	watched, err := other.Enter(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	news, stop := watched.Watch()
	defer stop()
	for n := 1; n <= 3; n++ {
		recorded, err := one.visit(t.Context(), id, "")
		if err != nil {
			t.Fatal(err)
		}
		other.arrives(t, id, news, recorded.N)

		if err := server.Kill(); err != nil {
			t.Fatal(err)
		}
		for _, p := range []process{one, other} {
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			var err error
			after := late(ctx, func() { _, err = p.visit(ctx, id, "") })
			var down *lab.StateError
			if !errors.As(err, &down) || after > 500*time.Millisecond {
				t.Errorf("a visit without Redis: %v, %v after its context is done; want a StateError", err, after)
			}
			cancel()
		}
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		back := time.Now()
		for { // who watches finds what came before the news did
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			_, err = one.visit(ctx, id, "")
			cancel()
			if err == nil {
				break
			}
			if time.Since(back) > time.Minute {
				t.Fatalf("a minute after Redis is back: %v", err)
			}
			<-time.After(10 * time.Millisecond)
		}
		other.arrives(t, id, news, 2*n)
	}
	if got, want := numbers(other.bench(t, id)), []int{1, 2, 3, 4, 5, 6}; !slices.Equal(got, want) {
		t.Errorf("steps are %v; want %v", got, want)
	}
}

func TestAPausedRedisHoldsNobodyUp(t *testing.T) {
	one, _ := processes(t, empty(t))
	server := pool.Redis(t)
	id := one.newBench()
	if _, err := one.visit(t.Context(), id, ""); err != nil {
		t.Fatal(err)
	}
	if err := server.Pause(); err != nil {
		t.Fatal(err)
	}
	resumed := false
	resume := func() {
		if !resumed {
			resumed = true
			if err := server.Resume(); err != nil {
				t.Error(err)
			}
		}
	}
	defer resume()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	after := late(ctx, func() {
		var g errgroup.Group
		for range 100 {
			g.Go(func() error {
				_, err := one.visit(ctx, id, "")
				var down *lab.StateError
				if !errors.As(err, &down) {
					t.Errorf("a visit while Redis is paused: %v", err)
				}
				return nil
			})
		}
		_ = g.Wait()
	})
	if after > 300*time.Millisecond {
		t.Errorf("visits take %v after their context is done", after)
	}
	resume()
	for end := time.Now().Add(time.Minute); ; {
		_, err := one.visit(t.Context(), id, "")
		if err == nil {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("a minute after Redis goes on: %v", err)
		}
	}
}

func TestErrorsTellNoPassword(t *testing.T) {
	address := empty(t)
	with := strings.Replace(address, "redis://", "redis://nobody:canary@", 1)
	for _, address := range []string{with, "redis://:canary@127.0.0.1:1/0", "redis://:can%zzary@h", "canary"} {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		s, err := redisstate.Open(ctx, address)
		cancel()
		if err == nil || strings.Contains(err.Error(), "canary") || strings.Contains(err.Error(), "\n") {
			t.Errorf("Open(%q) = %v; want an error without the password", address, err)
		}
		if s != nil {
			s.Close()
		}
	}
}
