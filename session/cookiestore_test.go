package session_test

import (
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/flask"
)

// A jarred is a CookieStore and a browser that holds its cookie.
type jarred struct {
	t      testing.TB
	clock  *clock
	opt    session.CookieOptions
	store  *session.CookieStore
	cookie string // as name=value; "": none
}

var secret = []byte("a secret of the tests")

func newJarred(t testing.TB, adjust func(*session.CookieOptions)) *jarred {
	j := &jarred{t: t, clock: &clock{now: start}, opt: session.DefaultCookieOptions()}
	j.opt.Now, j.opt.Lifetime = j.clock.Now, time.Hour
	if adjust != nil {
		adjust(&j.opt)
	}
	j.store = flask.NewStore([][]byte{secret}, j.opt)
	return j
}

func (j *jarred) request() *http.Request {
	r := httptest.NewRequest("GET", "/", nil)
	if j.cookie != "" {
		r.Header.Set("Cookie", j.cookie)
	}
	return r
}

// keep takes the Set-Cookie line of an answer, and returns it; "": there is none.
func (j *jarred) keep(w *httptest.ResponseRecorder) string {
	j.t.Helper()
	line := setCookie(j.t, w.Result())
	if line != "" {
		j.cookie, _, _ = strings.Cut(line, ";")
		if strings.Contains(line, "Max-Age=0") {
			j.cookie = ""
		}
	}
	return line
}

// update answers a request by an Update, which must succeed.
func (j *jarred) update(change func(*sessions.Session) error) string {
	j.t.Helper()
	w := httptest.NewRecorder()
	if err := j.store.Update(w, j.request(), "session", change); err != nil {
		j.t.Errorf("Update = %v", err)
	}
	return j.keep(w)
}

// plain answers a request as programs written for gorilla's own stores do.
func (j *jarred) plain(change func(*sessions.Session)) string {
	j.t.Helper()
	r, w := j.request(), httptest.NewRecorder()
	s, err := j.store.Get(r, "session")
	if err != nil {
		j.t.Errorf("Get = %v", err)
	}
	change(s)
	if err := sessions.Save(r, w); err != nil {
		j.t.Errorf("Save = %v", err)
	}
	return j.keep(w)
}

func (j *jarred) values() map[any]any {
	j.t.Helper()
	s, err := j.store.Get(j.request(), "session")
	if err != nil {
		j.t.Errorf("Get = %v", err)
	}
	return maps.Clone(s.Values)
}

func TestCookieCarriesTheValues(t *testing.T) {
	j := newJarred(t, nil)
	if line := j.update(read); line != "" {
		t.Errorf("read: Set-Cookie = %q; want none", line)
	}
	if line := j.update(set("uname", "momo")); !strings.HasSuffix(line, "; HttpOnly; Path=/; SameSite=Lax") {
		t.Errorf("set: Set-Cookie = %q; want one for the browser's session", line)
	}
	if got := j.values()["uname"]; got != "momo" {
		t.Errorf("uname = %v; want momo", got)
	}
	if line := j.update(read); line != "" {
		t.Errorf("read again: Set-Cookie = %q; want none", line)
	}
	stolen := j.cookie
	const gone = "session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly; Path=/; SameSite=Lax"
	if line := j.update(do(session.Clear)); line != gone {
		t.Errorf("clear: Set-Cookie = %q; want %q", line, gone)
	}
	j.cookie = stolen
	if got := j.values()["uname"]; got != "momo" {
		t.Errorf("a copied cookie ends with the log-out: uname = %v", got)
	}
}

func TestCookieIsRefreshedOnEachRequestIfPermanent(t *testing.T) {
	for _, on := range []bool{true, false} {
		j := newJarred(t, func(o *session.CookieOptions) { o.RefreshEachRequest = on })
		j.update(set("_permanent", true))
		j.clock.advance(50 * time.Minute)
		line := j.update(nil)
		if want := "; Expires=" + j.clock.Now().Add(time.Hour).Format(http.TimeFormat) + ";"; strings.Contains(line, want) != on {
			t.Errorf("refresh %v: Set-Cookie = %q; want %q in it, or no line", on, line, want)
		}
		j.clock.advance(50 * time.Minute)
		if got := len(j.values()); got == 1 != on {
			t.Errorf("refresh %v: after the first cookie's lifetime there are %d values", on, got)
		}
	}
}

func TestCookieIsChangedByPlainAssignmentIfItMakesADifference(t *testing.T) {
	j := newJarred(t, nil)
	for i, test := range []struct {
		change func(*sessions.Session)
		sent   bool
	}{
		{func(s *sessions.Session) { s.Values["n"] = 1 }, true},
		{func(s *sessions.Session) { s.Values["n"] = 1 }, false},
		{func(s *sessions.Session) { session.Set(s, "n", 1) }, true},
		{func(s *sessions.Session) { session.Renew(s) }, false},
		{func(s *sessions.Session) { session.Pop(s, "m") }, false},
		{func(s *sessions.Session) { s.AddFlash("hello") }, true},
		{func(s *sessions.Session) { s.Flashes() }, true},
		{func(s *sessions.Session) { clear(s.Values) }, true},
		{func(s *sessions.Session) { clear(s.Values) }, false},
	} {
		if line := j.plain(test.change); (line != "") != test.sent {
			t.Errorf("change %d: Set-Cookie = %q; want one: %v", i, line, test.sent)
		}
	}
}

func TestCookieInOtherWordsIsNoChange(t *testing.T) {
	j := newJarred(t, nil)
	value, err := flask.NewSerializer(secret).Seal("", []byte(`{ "b": 1, "a": 2 }`), start)
	if err != nil {
		t.Fatal(err)
	}
	j.cookie = "session=" + value
	if line := j.plain(func(*sessions.Session) {}); line != "" {
		t.Errorf("Set-Cookie = %q; want none", line)
	}
}

func TestCookieTakesGorillasMaxAge(t *testing.T) {
	j := newJarred(t, nil)
	line := j.plain(func(s *sessions.Session) { s.Values["n"] = 1; s.Options.MaxAge = 60 })
	if !strings.Contains(line, "; Expires=Sun, 06 May 2091 07:09:09 GMT;") {
		t.Errorf("60: Set-Cookie = %q; want it to last a minute", line)
	}
	line = j.plain(func(s *sessions.Session) { s.Options.MaxAge = -1 })
	if !strings.HasPrefix(line, "session=; ") {
		t.Errorf("-1: Set-Cookie = %q; want a deletion", line)
	}
}

func TestCookieUpdateSavesNothingAfterAnError(t *testing.T) {
	wrong := errors.New("wrong password")
	for name, setUp := range map[string]map[any]any{"none": {}, "permanent": {"_permanent": true, "cart": "book"}} {
		j := newJarred(t, nil)
		j.plain(func(s *sessions.Session) { maps.Copy(s.Values, setUp) })
		calls := 0
		w := httptest.NewRecorder()
		err := j.store.Update(w, j.request(), "session", func(s *sessions.Session) error {
			calls++
			session.Clear(s)
			session.Set(s, "uname", "mallory")
			s.Options.MaxAge = -1
			return wrong
		})
		if err != wrong || calls != 1 {
			t.Errorf("%s: Update = %v after %d calls; want %v after 1", name, err, calls, wrong)
		}
		if line := j.keep(w); (line != "") != (len(setUp) > 0) {
			t.Errorf("%s: Set-Cookie = %q; want it refreshed if there was one", name, line)
		}
		if got := j.values(); !maps.Equal(got, setUp) {
			t.Errorf("%s: values = %v; want %v", name, got, setUp)
		}
	}
}

func TestCookieThatCannotBeWrittenIsNotSent(t *testing.T) {
	j := newJarred(t, func(o *session.CookieOptions) { o.MaxBytes = 100 })
	for name, change := range map[string]func(*sessions.Session) error{
		"too large": set("s", strings.Repeat("x", 100)),
		"no JSON":   set("c", make(chan int)),
		"no string": do(func(s *sessions.Session) { s.Values[1.5] = true }),
	} {
		w := httptest.NewRecorder()
		var s *sessions.Session
		err := j.store.Update(w, j.request(), "session", func(now *sessions.Session) error { s = now; return change(now) })
		if err == nil || w.Header()["Set-Cookie"] != nil {
			t.Errorf("%s: Update = %v, Set-Cookie %q; want an error and none", name, err, w.Header()["Set-Cookie"])
		}
		if large := errors.Is(err, session.ErrTooLarge); large != (name == "too large") || len(s.Values) != 0 {
			t.Errorf("%s: Update = %v, values %v; want none", name, err, s.Values)
		}
	}
}

func TestCookieTooLongIsSentAndTold(t *testing.T) {
	j := newJarred(t, nil)
	var got []session.TooLongInfo
	trace := &session.Trace{CookieTooLong: func(i session.TooLongInfo) { got = append(got, i) }}
	long := ""
	for i := range 5000 { // what zlib does not shorten
		long += string(rune('!' + i*i*31%89))
	}
	for _, value := range []string{"short", long} {
		r, w := j.request(), httptest.NewRecorder()
		r = r.WithContext(session.WithTrace(r.Context(), trace))
		if err := j.store.Update(w, r, "session", set("s", value)); err != nil {
			t.Fatal(err)
		}
		line := setCookie(t, w.Result())
		if want := len(line) > 4093; (len(got) == 1) != want {
			t.Errorf("a line of %d bytes: told %v", len(line), got)
		}
	}
}

func TestCookieStoreTellsItsTraceOfEachStage(t *testing.T) {
	const loaded = `cookie true, verified true, decoded {"uname":"momo"}, opened false 1`
	for _, test := range []struct {
		name   string
		before func(*jarred)
		change func(*sessions.Session) error
		want   string
	}{
		{"get", nil, read, loaded},
		{"set", nil, set("uname", "alice"), loaded + ", built true"},
		{"clear", nil, do(session.Clear), loaded + ", emptied 0, built true"},
		{"first", func(j *jarred) { j.cookie = "" }, login, "cookie false, opened true 0, built true"},
		{"changed", func(j *jarred) { j.cookie = strings.Replace(j.cookie, "=e", "=f", 1) }, read, "cookie true, verified falsesignature, opened true 0"},
		{"unsigned", func(j *jarred) { j.cookie = "session=x" }, read, "cookie true, verified falseunsigned, opened true 0"},
		{"expired", func(j *jarred) { j.clock.advance(time.Hour + time.Second) }, read, "cookie true, verified true, expired lifetime, opened true 0"},
		{"clock back", func(j *jarred) { j.clock.advance(-time.Second) }, read, "cookie true, verified true, expired future, opened true 0"},
		{"revoked", func(j *jarred) {
			j.clock.advance(time.Second)
			j.opt.Since = j.clock.Now()
			j.store = flask.NewStore([][]byte{secret}, j.opt)
		}, read, "cookie true, verified true, expired revoked, opened true 0"},
		{"not revoked", func(j *jarred) {
			j.opt.Since = j.clock.Now()
			j.store = flask.NewStore([][]byte{secret}, j.opt)
		}, read, loaded},
		{"broken", func(j *jarred) { j.cookie = "session=" + sealed(j, "{nope") }, read, "cookie true, verified true, decoded {nope none, opened true 0"},
		{"no dict", func(j *jarred) { j.cookie = "session=" + sealed(j, "[1]") }, read, "cookie true, verified true, decoded [1] none, opened true 0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			j := newJarred(t, nil)
			j.update(set("uname", "momo"))
			if test.before != nil {
				test.before(j)
			}
			var log []string
			r, w := j.request(), httptest.NewRecorder()
			r = r.WithContext(session.WithTrace(r.Context(), told(&log)))
			if err := j.store.Update(w, r, "session", test.change); err != nil {
				t.Errorf("Update = %v", err)
			}
			if got := strings.Join(log, ", "); got != test.want {
				t.Errorf("hooks:\n%s; want\n%s", got, test.want)
			}
		})
	}
}

func sealed(j *jarred, json string) string {
	value, err := flask.NewSerializer(secret).Seal("", []byte(json), j.clock.Now())
	if err != nil {
		j.t.Fatal(err)
	}
	return value
}

func TestInspectTellsWhatACookieClaims(t *testing.T) {
	j := newJarred(t, nil)
	stamp := start.Truncate(time.Second)
	good := sealed(j, `{"n":1}`)
	foreign, err := flask.NewSerializer([]byte("another secret")).Seal("", []byte(`{"n":1}`), start)
	if err != nil {
		t.Fatal(err)
	}
	one, read := map[string]any{"n": int64(1)}, `{"n":1}`
	for _, test := range []struct {
		name, value string
		later       time.Duration
		reason      string
		verified    bool
		stamp       time.Time
		json        string
		values      map[string]any
	}{
		{"good", good, 0, "", true, stamp, read, one},
		{"at its lifetime", good, time.Hour, "", true, stamp, read, one},
		{"expired", good, time.Hour + time.Second, session.ReasonLifetime, true, stamp, read, one},
		{"early", good, -time.Second, session.ReasonFuture, true, stamp, read, one},
		{"of another key", foreign, 0, session.ReasonSignature, false, stamp, read, nil},
		{"without its signature", good[:strings.LastIndex(good, ".")], 0, session.ReasonSignature, false, time.Time{}, read, nil},
		{"broken", sealed(j, "nope"), 0, session.ReasonPayload, true, stamp, "nope", nil},
		{"no dict", sealed(j, "[1]"), 0, session.ReasonPayload, true, stamp, "[1]", nil},
		{"pairs", sealed(j, `[["n",1]]`), 0, "", true, stamp, `[["n",1]]`, one},
		{"empty", "", 0, session.ReasonUnsigned, false, time.Time{}, "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			j.clock.now = start.Add(test.later)
			got := j.store.Inspect("session", test.value)
			if got.Reason() != test.reason || got.Valid != (test.reason == "") || got.Verified() != test.verified {
				t.Errorf("Inspect = %+v, %q, verified %v; want %q, %v", got, got.Reason(), got.Verified(), test.reason, test.verified)
			}
			if string(got.JSON) != test.json || !reflect.DeepEqual(got.Values, test.values) || test.name != "without its signature" && !got.Stamp.Equal(test.stamp) {
				t.Errorf("Inspect = %+v with JSON %s; want %s, %v of %v", got, got.JSON, test.json, test.values, test.stamp)
			}
		})
	}
}

func TestCookieStoreGetTwiceIsTheSameSession(t *testing.T) {
	j := newJarred(t, nil)
	j.update(set("n", 1))
	r := j.request()
	first, _ := j.store.Get(r, "session")
	second, err := j.store.Get(r, "session")
	if first != second || err != nil || first.IsNew || first.ID != "" {
		t.Errorf("second Get = %+v, %v; want the first, %+v", second, err, first)
	}
	if fresh, err := first.Store().New(r, "session"); fresh == first || err != nil || fresh.Values["n"] != int64(1) {
		t.Errorf("New = %+v, %v; want another with n", fresh, err)
	}
	if other, err := j.store.New(r, "session"); other == first || err != nil || other.Values["n"] != int64(1) {
		t.Errorf("New = %+v, %v; want another with n", other, err)
	}
}

func TestCookieSessionThatNobodyOpenedIsSaved(t *testing.T) {
	j := newJarred(t, nil)
	s := sessions.NewSession(j.store, "session")
	session.Set(s, "n", 1)
	w := httptest.NewRecorder()
	if err := j.store.Save(j.request(), w, s); err != nil {
		t.Fatal(err)
	}
	j.keep(w)
	if got := j.values()["n"]; got != int64(1) {
		t.Errorf("n = %v; want 1", got)
	}
	// One that the registry was asked for past the store ends like any other.
	r, w := j.request(), httptest.NewRecorder()
	s, err := sessions.GetRegistry(r).Get(j.store, "session")
	if err != nil || s.Values["n"] != int64(1) {
		t.Fatalf("the registry has %v, %v; want n", s, err)
	}
	clear(s.Values)
	if err := s.Save(r, w); err != nil {
		t.Fatal(err)
	}
	if j.keep(w); j.cookie != "" {
		t.Errorf("cookie = %q; want it deleted", j.cookie)
	}
}

func TestCookieSessionOfAnotherStoreIsRefused(t *testing.T) {
	j := newJarred(t, nil)
	memory := session.New(session.NewMemory(), session.DefaultOptions())
	for name, pair := range map[string][2]sessions.Store{
		"of another CookieStore": {newJarred(t, nil).store, j.store},
		"of a Store":             {memory, j.store},
		"of a CookieStore":       {j.store, memory},
		"gorilla's":              {sessions.NewCookieStore(secret), j.store},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		if _, err := pair[0].Get(r, "session"); err != nil {
			t.Fatal(err)
		}
		s, err := pair[1].Get(r, "session")
		var wrong *session.Error
		if s == nil || !errors.As(err, &wrong) || pair[1].Save(r, httptest.NewRecorder(), s) == nil {
			t.Errorf("Get of a name that is %s = %v, %v; want an *Error", name, s, err)
		}
	}
	if s, err := j.store.Get(httptest.NewRequest("GET", "/", nil), "no name"); s == nil || err == nil {
		t.Errorf("Get of an impossible name = %v, %v; want a session and an error", s, err)
	}
	if err := j.store.Update(httptest.NewRecorder(), j.request(), "no name", read); err == nil {
		t.Error("Update of an impossible name = nil; want an error")
	}
}

func TestNewCookieStorePanicsWithoutWhatItNeeds(t *testing.T) {
	for name, spoil := range map[string]func(*session.CookieOptions){
		"clock":    func(o *session.CookieOptions) { o.Now = nil },
		"lifetime": func(o *session.CookieOptions) { o.Lifetime = -1 },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("NewCookieStore did not panic")
				}
			}()
			opt := session.DefaultCookieOptions()
			spoil(&opt)
			flask.NewStore([][]byte{secret}, opt)
		})
	}
}

func BenchmarkCookieStore(b *testing.B) {
	store := flask.NewStore([][]byte{secret}, session.DefaultCookieOptions())
	w := httptest.NewRecorder()
	if err := store.Update(w, httptest.NewRequest("GET", "/", nil), "session", set("uname", "momo", "n", 0)); err != nil {
		b.Fatal(err)
	}
	cookie, _, _ := strings.Cut(w.Header().Get("Set-Cookie"), ";")
	arrived := (&http.Request{Method: "GET", Header: http.Header{"Cookie": {cookie}}}).WithContext(serverContext(b))
	h := header(make(http.Header))
	b.ReportAllocs()
	for b.Loop() {
		r := *arrived
		clear(h)
		if err := store.Update(h, &r, "session", count); err != nil {
			b.Fatal(err)
		}
	}
}
