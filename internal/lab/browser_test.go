package lab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/origin"
	"github.com/sessionlab/sessionlab/internal/step"
)

func opened(t testing.TB, l *Lab, b *Bench, name string) Browser {
	t.Helper()
	v, err := l.OpenBrowser(t.Context(), b, name)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// virtually has a virtual browser send a request with that session cookie, "" for none,
// to an app that answers with those Set-Cookie headers.
func virtually(t testing.TB, b *Bench, v Browser, cookie string, setCookies ...string) *step.Step {
	t.Helper()
	ctx := origin.With(t.Context(), origin.Addr{Origin: origin.Origin(v.ID)})
	r := httptest.NewRequestWithContext(ctx, "POST", b.Path()+"set", nil)
	if cookie != "" {
		r.Header.Set("Cookie", "session="+cookie)
	}
	g := b.Begin(Arrival{Request: r, Headers: [][2]string{{"Host", r.Host}}, Private: func(string) bool { return false }})
	if err := g.Finish(step.Response{Status: http.StatusOK}, setCookies); err != nil {
		t.Fatal(err)
	}
	recorded, err := b.Step(t.Context(), g.Number())
	if err != nil {
		t.Fatal(err)
	}
	return recorded
}

// holds returns the value of a browser's session cookie, "" for none.
func holds(t testing.TB, b *Bench, id string) string {
	t.Helper()
	v, err := b.Browser(id)
	if err != nil {
		t.Fatal(err)
	}
	c, err := v.Jar.Named(step.CookieName, b.now())
	if err != nil {
		return ""
	}
	return c.Value
}

func TestProcessesAgreeOnABrowser(t *testing.T) {
	one, other, _ := newShared()
	id := one.BenchID(owner(), 0)
	b := enter(t, one, id)
	v := opened(t, one, b, "Alice")
	there := enter(t, other, id)
	virtually(t, there, v, "", "session=a; Path="+b.Path())
	if got := holds(t, enter(t, one, id), v.ID); got != "a" {
		t.Errorf("after a step in the other process the jar holds %q", got)
	}
	if _, err := one.EditCookie(t.Context(), b, v.ID, "session", "b"); err != nil {
		t.Fatal(err)
	}
	if got := holds(t, enter(t, other, id), v.ID); got != "b" {
		t.Errorf("after an edit in the other process the jar holds %q", got)
	}
	if err := other.RemoveBrowser(t.Context(), there, v.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := enter(t, one, id).Browser(v.ID); !errors.Is(err, ErrNoBrowser) {
		t.Errorf("a browser that the other process removed: %v; want ErrNoBrowser", err)
	}
}

func TestAnOlderAnswerChangesNoJar(t *testing.T) {
	one, other, state := newShared()
	id := one.BenchID(owner(), 0)
	b := enter(t, one, id)
	v := opened(t, one, b, "Alice")
	virtually(t, b, v, "", "session=a; Path="+b.Path())
	enter(t, one, id)
	opened(t, other, enter(t, other, id), "Mallory") // news for one
	began, goOn := make(chan struct{}), make(chan struct{})
	var asked atomic.Int64
	state.mu.Lock()
	state.jarsRead = func() {
		if asked.Add(1) == 1 {
			close(began)
			<-goOn
		}
	}
	state.mu.Unlock()
	late := make(chan error)
	go func() {
		_, err := one.Bench(context.Background(), id)
		late <- err
	}()
	<-began
	if _, err := one.EditCookie(t.Context(), b, v.ID, "session", "b"); err != nil {
		t.Fatal(err)
	}
	close(goOn)
	if err := <-late; err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got := holds(t, b, v.ID); got != "b" {
			t.Errorf("the jar holds %q; want what was put there last", got)
		}
		b = enter(t, one, id)
	}
}

// hesitant is a memory that lets others go first before it stores a jar.
type hesitant struct{ *memory }

func (m hesitant) AddStep(ctx context.Context, bench string, s *step.Step, line step.Summary, jar []byte) (int, error) {
	for range s.N * 7 % 5 * 10 {
		runtime.Gosched()
	}
	return m.memory.AddStep(ctx, bench, s, line, jar)
}

// What is stored is what is held, however many requests and acts are under way.
func TestTheStoredJarIsNeverOlderThanTheHeldOne(t *testing.T) {
	state := newMemory()
	l, _, _ := newLab(func(o *Options) { o.State = hesitant{state} })
	id := l.BenchID(owner(), 0)
	b := enter(t, l, id)
	v := opened(t, l, b, "Alice")
	virtually(t, b, v, "", "session=first; Path="+b.Path())
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := range 10 {
				if i%4 != 0 {
					virtually(t, b, v, "first", fmt.Sprintf("session=%d-%d; Path=%s", i, n, b.Path()))
				} else if _, err := l.EditCookie(t.Context(), b, v.ID, "session", fmt.Sprint("edited-", i, n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	held := holds(t, b, v.ID)
	l.drop(id)
	if got := holds(t, enter(t, l, id), v.ID); got != held {
		t.Errorf("stored is %q; held was %q: %s", got, held, state.jars[id+" virtual-"+v.ID])
	}
}

func TestAnActThatCannotBeStoredIsNotDone(t *testing.T) {
	l, _, _ := newLab(func(o *Options) { o.Limits.Entries = 2 })
	b := enter(t, l, l.BenchID(owner(), 0))
	v, other := opened(t, l, b, "Alice"), opened(t, l, b, "Mallory")
	virtually(t, b, v, "", "session=a; Path="+b.Path())
	_, err1 := l.EditCookie(t.Context(), b, v.ID, "session", "b")
	_, err2 := l.CopyCookie(t.Context(), b, v.ID, "session", other.ID)
	_, err3 := l.CloseBrowser(t.Context(), b, v.ID, false)
	err4 := l.RemoveBrowser(t.Context(), b, v.ID)
	_, err5 := l.OpenBrowser(t.Context(), b, "Bob")
	for i, err := range []error{err1, err2, err3, err4, err5} {
		if !errors.Is(err, ErrFull) {
			t.Errorf("act %d of a full bench: %v; want ErrFull", i, err)
		}
	}
	now, err := b.Browser(v.ID)
	if err != nil || now.Closed || holds(t, b, v.ID) != "a" || holds(t, b, other.ID) != "" || len(b.Browsers()) != 2 {
		t.Errorf("afterwards the browsers are %+v, %v", b.Browsers(), err)
	}
}

func TestABrowserKeepsAsManyCookiesAsTheStandardAsks(t *testing.T) {
	l, state, _ := newLab()
	id := l.BenchID(owner(), 0)
	b := enter(t, l, id)
	v := opened(t, l, b, "Alice")
	for n := range 2 * maxCookies {
		virtually(t, b, v, "", fmt.Sprintf("c%d=%s; Path=/", n, strings.Repeat("x", 4000)))
	}
	now, err := b.Browser(v.ID)
	if err != nil || len(b.Cookies(now)) != maxCookies {
		t.Errorf("it keeps %d cookies, %v; want %d", len(b.Cookies(now)), err, maxCookies)
	}
	if n := len(state.jars[id+" "+clientID(v.ID)]); n > maxCookies*5<<10 {
		t.Errorf("%d bytes are stored of it", n)
	}
}

// A name is any text that can be shown, and comes back as it was.
func TestNamesOfBrowsers(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ -~]{0,70}`)).Draw(rt, "name")
		l, _, _ := newLab()
		id := l.BenchID(owner(), 0)
		b := enter(t, l, id)
		v, err := l.OpenBrowser(t.Context(), b, name)
		if err != nil {
			if !errors.Is(err, ErrBrowserName) || len(b.Browsers()) != 0 || b.Stored() {
				rt.Fatalf("OpenBrowser(%q) = %v, with %d browsers", name, err, len(b.Browsers()))
			}
			return
		}
		l.drop(id)
		again := enter(t, l, id).Browsers()
		if len(again) != 1 || again[0].Name != v.Name || v.Name != strings.TrimSpace(name) || len(v.Name) > MaxBrowserName {
			rt.Fatalf("OpenBrowser(%q) is %q, and %+v once stored", name, v.Name, again)
		}
	})
}

func TestACopyOfWhatIsNotThere(t *testing.T) {
	l, _, _ := newLab()
	b := enter(t, l, l.BenchID(owner(), 0))
	v, other := opened(t, l, b, "Alice"), opened(t, l, b, "Mallory")
	for to, want := range map[string]error{other.ID: jar.ErrNoCookie, v.ID: ErrNoBrowser, "": ErrNoBrowser} {
		if _, err := l.CopyCookie(t.Context(), b, v.ID, "session", to); !errors.Is(err, want) {
			t.Errorf("CopyCookie to %q = %v; want %v", to, err, want)
		}
	}
}

// A browser costs little besides its cookies: benches with four of them are many.
func TestABrowserTakesLittleMemory(t *testing.T) {
	const benches, most = 200, 8 << 10
	l, _, _ := newLab()
	var all []*Bench
	for range benches {
		all = append(all, enter(t, l, l.BenchID(owner(), 0)))
	}
	before := heap()
	for _, b := range all {
		for n := range MaxBrowsers {
			virtually(t, b, opened(t, l, b, fmt.Sprint("Browser ", n)), "", "session="+strings.Repeat("x", 100)+"; Path="+b.Path())
		}
	}
	if each := (int64(heap()) - int64(before)) / (benches * MaxBrowsers); each > most {
		t.Errorf("a browser with its step, its entry and what is stored of them takes %d bytes; want at most %d", each, most)
	}
	runtime.KeepAlive(all)
}

// heap returns how many bytes are in use.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A step stores the jar of its browser only if it changed it: whatever happens, what is
// stored is what the browser holds.
func TestAStepStoresAJarThatItChanged(t *testing.T) {
	l, m, clock := newLab()
	b := enter(t, l, l.BenchID(owner(), 0))
	v := opened(t, l, b, "Alice")
	path := "; Path=" + b.Path()
	at := b.ID() + " " + clientID(v.ID)
	virtually(t, b, v, "", "session=a"+path)
	first := string(m.jars[at])
	clock.Advance(time.Second)
	virtually(t, b, v, "a", "session=a"+path)
	if string(m.jars[at]) != first {
		t.Error("a step that left the cookie as it was stored the jar")
	}
	if _, err := l.EditCookie(t.Context(), b, v.ID, "session", "b"); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"session=a" + path, "session=a; Max-Age=100" + path, "second=1" + path, "second=1" + path, "session=; Max-Age=0" + path} {
		virtually(t, b, v, "", line)
		var stored storedBrowser
		if err := json.Unmarshal(m.jars[at], &stored); err != nil {
			t.Fatal(err)
		}
		if held, err := b.Browser(v.ID); err != nil || !held.Jar.Same(stored.Jar) {
			t.Errorf("after %q the browser holds %+v, %v, and stored is %+v", line, held.Jar, err, stored.Jar)
		}
	}
}
