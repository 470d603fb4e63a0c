package session_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
)

var errDown = errors.New("connection refused")

// A flaky backend fails at what down names.
type flaky struct {
	session.Backend
	down string
}

func (f *flaky) Load(ctx context.Context, key string, now time.Time) (session.Record, error) {
	if f.down == "load" {
		return session.Record{}, fmt.Errorf("dial: %w", errDown)
	}
	return f.Backend.Load(ctx, key, now)
}

func (f *flaky) Save(ctx context.Context, key string, rec session.Record, now time.Time) error {
	if f.down == "save" || f.down == "forward" && rec.Forwards() {
		return fmt.Errorf("dial: %w", errDown)
	}
	return f.Backend.Save(ctx, key, rec, now)
}

func (f *flaky) Delete(ctx context.Context, key string, version int64) error {
	if f.down == "delete" {
		return fmt.Errorf("dial: %w", errDown)
	}
	return f.Backend.Delete(ctx, key, version)
}

func TestBackendThatCannotAnswerIsAnErrorAndNoLogOut(t *testing.T) {
	for op, change := range map[string]func(*sessions.Session) error{
		"load":   read,
		"save":   set("n", 1),
		"delete": do(session.Clear),
	} {
		t.Run(op, func(t *testing.T) {
			st := newSite(t, nil)
			st.update(set("uname", "momo"))
			backend := &flaky{Backend: st.memory, down: op}
			st.store = session.New(backend, st.options)
			resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
				err := st.store.Update(w, r, "session", change)
				var failed *session.Error
				if !errors.As(err, &failed) || failed.Op != op || !errors.Is(err, errDown) {
					t.Errorf("Update = %v; want an *Error of %q and %v", err, op, errDown)
				}
				if want := "session: " + op + ": dial: connection refused"; err.Error() != want {
					t.Errorf("Update = %q; want %q", err, want)
				}
			})
			if line := setCookie(t, resp); line != "" {
				t.Errorf("Set-Cookie = %q; want none", line)
			}
			backend.down = ""
			if got := st.values()["uname"]; got != "momo" {
				t.Errorf("when it is back: uname = %v; want momo", got)
			}
		})
	}
}

func TestSessionThatCouldNotBeOpenedIsNeverSaved(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("uname", "momo"))
	backend := &flaky{Backend: st.memory, down: "load"}
	st.store = session.New(backend, st.options)
	resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
		for range 2 { // the registry remembers the error as well
			s, err := st.store.Get(r, "session")
			var failed *session.Error
			if s == nil || !errors.As(err, &failed) {
				t.Fatalf("Get = %v, %v; want a session and an *Error", s, err)
			}
			session.Set(s, "n", 1)
			backend.down = ""
			if err := s.Save(r, w); !errors.As(err, &failed) {
				t.Errorf("Save = %v; want the *Error", err)
			}
		}
	})
	if line := setCookie(t, resp); line != "" || len(st.records()) != 1 {
		t.Errorf("Set-Cookie = %q, %d records; want none, 1", line, len(st.records()))
	}
}

func TestFailedRenewalLeavesTheOldIDInForce(t *testing.T) {
	for op, grace := range map[string]time.Duration{"save": time.Second, "forward": time.Second, "delete": 0} {
		for name, again := range map[string]func(*sessions.Session) error{"log-in": login, "log-out": do(session.Clear), "none": nil} {
			t.Run(op+" failed, then "+name, func(t *testing.T) {
				st := newSite(t, func(o *session.Options) { o.RenewGrace = grace })
				st.update(set("cart", "book"))
				old := st.cookie()
				backend := &flaky{Backend: st.memory, down: op}
				st.store = session.New(backend, st.options)
				resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
					if err := st.store.Update(w, r, "session", login); !errors.Is(err, errDown) {
						t.Errorf("Update = %v; want %v", err, errDown)
					}
					if backend.down = ""; again == nil {
						return
					}
					if err := st.store.Update(w, r, "session", again); err != nil {
						t.Errorf("second Update = %v", err)
					}
				})
				if line := setCookie(t, resp); (line == "") != (again == nil) {
					t.Errorf("Set-Cookie = %q", line)
				}
				if got := st.values(old); (len(got) == 0) != (again != nil) || got["uname"] != nil {
					t.Errorf("the old id opens %v", got)
				}
			})
		}
	}
}

func TestWithoutRandomnessThereIsNoSession(t *testing.T) {
	st := newSite(t, func(o *session.Options) { o.Rand = strings.NewReader("too few bytes") })
	resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
		if err := st.store.Update(w, r, "session", set("n", 1)); err == nil {
			t.Error("Update = nil; want an error")
		}
	})
	if line := setCookie(t, resp); line != "" || len(st.records()) != 0 {
		t.Errorf("Set-Cookie = %q, records %v; want neither", line, st.records())
	}
}

func TestDoneContextIsAnError(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("uname", "momo"))
	st.handle(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithCancel(r.Context())
		cancel()
		if err := st.store.Update(w, r.WithContext(ctx), "session", read); !errors.Is(err, context.Canceled) {
			t.Errorf("Update = %v; want %v", err, context.Canceled)
		}
	})
}

func TestUnreadableRecordIsAnErrorAndIsKept(t *testing.T) {
	for _, broken := range []string{`{"uname":`, `[]`, `null`, `{"a":1} x`, `{"a":1}{"b":2}`, "\x00"} {
		st := newSite(t, nil)
		st.update(set("uname", "momo"))
		for key, rec := range st.records() {
			rec.Values = []byte(broken)
			if err := st.memory.Save(context.Background(), key, rec, st.clock.Now()); err != nil {
				t.Fatal(err)
			}
		}
		st.handle(func(w http.ResponseWriter, r *http.Request) {
			var failed *session.Error
			if err := st.store.Update(w, r, "session", set("n", 1)); !errors.As(err, &failed) || failed.Op != "load" {
				t.Errorf("Update over %q = %v; want an *Error", broken, err)
			}
		})
		for _, rec := range st.records() {
			if string(rec.Values) != broken {
				t.Errorf("record = %q; want %q", rec.Values, broken)
			}
		}
	}
}

func TestAnUnreadableRecordCanBeDeleted(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("uname", "momo"))
	for key, rec := range st.records() {
		rec.Values = []byte(`{bad`)
		if err := st.memory.Save(context.Background(), key, rec, st.clock.Now()); err != nil {
			t.Fatal(err)
		}
	}
	var told []string
	trace := &session.Trace{
		Opened:     func(session.OpenedInfo) { told = append(told, "opened") },
		Unreadable: func(i session.UnreadableInfo) { told = append(told, i.Err.Error()) },
	}
	resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(session.WithTrace(r.Context(), trace))
		s, err := st.store.Get(r, "session")
		if !errors.Is(err, session.ErrUnreadable) || s == nil || len(s.Values) != 0 {
			t.Fatalf("Get = %v, %v; want an empty session with %v", s, err, session.ErrUnreadable)
		}
		session.Clear(s)
		if err := s.Save(r, w); !errors.Is(err, session.ErrUnreadable) || len(st.records()) != 1 {
			t.Errorf("Save = %v with %d records; want %v and the record", err, len(st.records()), session.ErrUnreadable)
		}
		s.Options.MaxAge = -1
		if err := s.Save(r, w); err != nil {
			t.Errorf("Save that deletes = %v", err)
		}
		if s, err := st.store.Get(r, "session"); err != nil || !s.IsNew {
			t.Errorf("Get after that = %+v, %v; want a new session", s, err)
		}
	})
	if line := setCookie(t, resp); !strings.Contains(line, "Max-Age=0") || len(st.records()) != 0 {
		t.Errorf("Set-Cookie = %q, %d records; want both gone", line, len(st.records()))
	}
	if len(told) != 1 || !strings.Contains(told[0], "invalid character") {
		t.Errorf("the trace is told %q; want what is wrong, and that once", told)
	}
}

func TestValuesOverTheLimitAreRefusedAndTheOldKept(t *testing.T) {
	const room = len(`{"v":""}`)
	st := newSite(t, func(o *session.Options) { o.MaxBytes = 1 << 20 })
	for size, want := range map[int]error{1<<20 - 1: nil, 1 << 20: nil, 1<<20 + 1: session.ErrTooLarge} {
		st.update(set("v", "old"))
		resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
			if err := st.store.Update(w, r, "session", set("v", strings.Repeat("v", size-room))); err != want {
				t.Errorf("Update with %d bytes = %v; want %v", size, err, want)
			}
		})
		if line := setCookie(t, resp); (line == "") != (want != nil) {
			t.Errorf("%d bytes: Set-Cookie = %q", size, line)
		}
		if got := st.values()["v"]; (got == "old") != (want != nil) {
			t.Errorf("%d bytes: v = %.20v", size, got)
		}
	}
}

func TestValueThatCannotBeEncodedIsRefused(t *testing.T) {
	for _, bad := range []any{make(chan int), "\xff", []any{"\xff"}, map[string]any{"\xff": 1}, func() {}} {
		st := newSite(t, nil)
		resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
			err := st.store.Update(w, r, "session", set("v", bad))
			if err == nil || !strings.HasPrefix(err.Error(), `session: encode: value of "v": `) {
				t.Errorf("Update with %T = %v; want an error that names it", bad, err)
			}
		})
		if line := setCookie(t, resp); line != "" || len(st.records()) != 0 {
			t.Errorf("Set-Cookie = %q, records = %v; want neither", line, st.records())
		}
	}
}
