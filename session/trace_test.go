package session_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
)

// told returns a trace that adds a word for each hook to log.
func told(log *[]string) *session.Trace {
	add := func(format string, args ...any) { *log = append(*log, fmt.Sprintf(format, args...)) }
	done := func(what string, err error) {
		switch {
		case errors.Is(err, session.ErrConflict):
			what += " conflict"
		case err != nil:
			what += " none"
		}
		add("%s", what)
	}
	return &session.Trace{
		CookieRead:    func(c session.CookieInfo) { add("cookie %v", c.Found) },
		Verified:      func(v session.VerifiedInfo) { add("verified %v%s", v.Valid, v.Reason) },
		LoadStart:     func(string) { add("load") },
		LoadDone:      func(l session.LoadInfo) { done("loaded", l.Err) },
		Opened:        func(o session.OpenedInfo) { add("opened %v %d", o.IsNew, o.Values) },
		Unreadable:    func(u session.UnreadableInfo) { add("unreadable %s", u.Key) },
		Expired:       func(e session.ExpiredInfo) { add("expired %s", e.Limit) },
		Emptied:       func(id string) { add("emptied %d", len(id)) },
		IDMade:        func(id string) { add("made %d", len(id)) },
		IDRenewed:     func(r session.RenewedInfo) { add("renewed %v", r.Old != r.New) },
		SaveStart:     func(string) { add("save") },
		SaveDone:      func(s session.SaveInfo) { done(fmt.Sprint("saved ", s.Record.Version), s.Err) },
		DeleteStart:   func(string) { add("delete") },
		DeleteDone:    func(d session.DeleteInfo) { done("deleted", d.Err) },
		Decoded:       func(d session.DecodedInfo) { done("decoded "+string(d.JSON), d.Err) },
		CookieTooLong: func(session.TooLongInfo) { add("too long") },
		CookieBuilt:   func(line string) { add("built %v", strings.HasPrefix(line, "session=")) },
		Query:         func(q session.QueryInfo) { add("query %s %d", q.System, q.Rows) },
	}
}

// traced answers a request whose trace writes to log.
func (st *site) traced(log *[]string, change func(*sessions.Session) error, cookies ...string) {
	st.handle(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(session.WithTrace(r.Context(), told(log)))
		if err := st.store.Update(w, r, "session", change); err != nil {
			st.t.Errorf("Update = %v", err)
		}
	}, cookies...)
}

func TestTraceIsToldOfEachStageInOrder(t *testing.T) {
	const (
		absent = "cookie false, opened true 0"
		loaded = "cookie true, verified true, load, query memory 1, loaded"
		saved  = "save, query memory 1, saved "
	)
	nothing := func(*site) {}
	loggedIn := func(st *site) { st.update(set("uname", "momo")) }
	for _, test := range []struct {
		name   string
		before func(*site)
		change func(*sessions.Session) error
		want   string
	}{
		{"first get", nothing, read, absent},
		{"first log-in", nothing, login, absent + ", made 32, " + saved + "1, built true"},
		{"get", loggedIn, read, loaded + ", opened false 1"},
		{"set", loggedIn, set("n", 1), loaded + ", opened false 1, " + saved + "2, built true"},
		{"log-in", loggedIn, login, loaded + ", opened false 1, renewed true, " + saved + "1, delete, query memory 1, deleted, built true"},
		{"clear", loggedIn, do(session.Clear), loaded + ", opened false 1, emptied 32, delete, query memory 1, deleted, built true"},
		{"clear of nothing", nothing, do(session.Clear), absent + ", emptied 0, built true"},
		{"expired", func(st *site) { loggedIn(st); st.clock.advance(time.Hour) }, read,
			"cookie true, verified true, load, query memory 1, loaded none, expired lifetime, opened true 0"},
		{"idle", func(st *site) {
			st.reconfigure(func(o *session.Options) { o.Idle = time.Minute })
			loggedIn(st)
			st.clock.advance(time.Minute)
		}, read, "cookie true, verified true, load, query memory 1, loaded none, expired idle, opened true 0"},
		{"absolute", func(st *site) {
			st.reconfigure(func(o *session.Options) { o.Absolute = time.Minute })
			loggedIn(st)
			st.clock.advance(time.Minute)
		}, read, "cookie true, verified true, load, query memory 1, loaded none, expired absolute, opened true 0"},
		{"lifetime shortened", func(st *site) {
			loggedIn(st)
			st.clock.advance(time.Minute)
			st.reconfigure(func(o *session.Options) { o.Lifetime = time.Minute })
		}, read, loaded + ", expired lifetime, opened true 0"},
		{"gone", func(st *site) {
			loggedIn(st)
			for key := range st.records() {
				if err := st.memory.Delete(context.Background(), key, 0); err != nil {
					t.Fatal(err)
				}
			}
		}, read, "cookie true, verified true, load, query memory 0, loaded none, opened true 0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			st := newSite(t, func(o *session.Options) { o.Lifetime = time.Hour })
			test.before(st)
			var log []string
			st.traced(&log, test.change)
			if got := strings.Join(log, ", "); got != test.want {
				t.Errorf("hooks:\n%s; want\n%s", got, test.want)
			}
		})
	}
}

func TestTraceIsToldWhyACookieIsRefused(t *testing.T) {
	var log []string
	newSite(t, nil).traced(&log, read, "session=x")
	if got, want := strings.Join(log, ", "), "cookie true, verified falsemalformed, opened true 0"; got != want {
		t.Errorf("hooks:\n%s; want\n%s", got, want)
	}
}

func TestTraceIsToldOfAConflictAndTheSecondTry(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("n", 1))
	cookie, first := st.cookie(), true
	var log []string
	st.traced(&log, func(s *sessions.Session) error {
		if first {
			first = false
			if _, err := late(st, cookie, count, func() {}); err != nil {
				t.Error(err)
			}
		}
		return count(s)
	})
	const want = "cookie true, verified true, load, query memory 1, loaded, opened false 1, " +
		"save, query memory 0, saved 1 conflict, load, query memory 1, loaded, opened false 1, " +
		"save, query memory 1, saved 3, built true"
	if got := strings.Join(log, ", "); got != want {
		t.Errorf("hooks:\n%s; want\n%s", got, want)
	}
}

func TestQuerySaysWhatMemoryDid(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("n", 1))
	key := st.store.Key(strings.TrimPrefix(st.cookie(), "session="))
	var got []string
	trace := &session.Trace{Query: func(q session.QueryInfo) { got = append(got, q.Text) }}
	st.handle(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(session.WithTrace(r.Context(), trace))
		for _, change := range []func(*sessions.Session) error{count, do(session.Clear)} {
			if err := st.store.Update(w, r, "session", change); err != nil {
				t.Error(err)
			}
		}
	})
	want := []string{`records["` + key + `"]`, `records["` + key + `"] = record`, `delete(records, "` + key + `")`}
	if !slices.Equal(got, want) {
		t.Errorf("queries = %q; want %q", got, want)
	}
}

func TestComposedTraceCallsTheNewerHookFirst(t *testing.T) {
	var log []string
	say := func(word string) func(string) { return func(string) { log = append(log, word) } }
	ctx := session.WithTrace(context.Background(), &session.Trace{IDMade: say("old"), Emptied: say("only")})
	ctx = session.WithTrace(ctx, &session.Trace{IDMade: say("new")})
	trace := session.ContextTrace(ctx)
	trace.IDMade("")
	trace.Emptied("")
	if want := []string{"new", "old", "only"}; !slices.Equal(log, want) {
		t.Errorf("hooks = %q; want %q", log, want)
	}
	if trace.Query != nil {
		t.Error("a hook that neither has is not nil")
	}
}

func TestComposedTraceForgetsNoHook(t *testing.T) {
	var log []string
	full := told(&log)
	ctx := session.WithTrace(session.WithTrace(context.Background(), full), &session.Trace{})
	composed := reflect.ValueOf(session.ContextTrace(ctx)).Elem()
	for i := range composed.NumField() {
		name := composed.Type().Field(i).Name
		if reflect.ValueOf(full).Elem().Field(i).IsNil() {
			t.Errorf("told has no hook %s", name)
		}
		if composed.Field(i).IsNil() {
			t.Errorf("composed, the hook %s is lost", name)
		}
	}
}

func TestWithTracePanicsWithoutATrace(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("WithTrace did not panic")
		}
	}()
	session.WithTrace(context.Background(), nil)
}
