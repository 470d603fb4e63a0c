package lab

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/origin"
	"github.com/sessionlab/sessionlab/internal/step"
)

// Two processes serve requests of one virtual browser, or change its jar, at the same
// time. Each adds to what the other stored.

// underWay is a request of a virtual browser that is being served.
func underWay(t testing.TB, b *Bench, v Browser) *Recording {
	t.Helper()
	ctx := origin.With(t.Context(), origin.Addr{Origin: origin.Origin(v.ID)})
	r := httptest.NewRequestWithContext(ctx, "POST", b.Path()+"set", nil)
	return b.Begin(Arrival{Request: r, Headers: [][2]string{{"Host", r.Host}}, Private: func(string) bool { return false }})
}

// cookiesOf are the names and values of what a browser holds.
func cookiesOf(t testing.TB, b *Bench, id string) map[string]string {
	t.Helper()
	v, err := b.Browser(id)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, c := range b.Cookies(v) {
		all[c.Name] = c.Value
	}
	return all
}

func TestProcessesThatServeOneBrowserAtOnceLoseNoCookie(t *testing.T) {
	one, other, _ := newShared()
	id := one.BenchID(owner(), 0)
	b := enter(t, one, id)
	v := opened(t, one, b, "Alice")
	there := enter(t, other, id)
	first, second := underWay(t, b, v), underWay(t, there, v)
	path := "; Path=" + b.Path()
	if err := second.Finish(step.Response{Status: http.StatusOK}, []string{"session=a" + path, "second=2" + path}); err != nil {
		t.Fatal(err)
	}
	if err := first.Finish(step.Response{Status: http.StatusOK}, []string{"first=1" + path}); err != nil {
		t.Fatal(err)
	}
	recorded, err := b.Step(t.Context(), first.Number())
	if err != nil || recorded.After.Cookie == nil || recorded.After.Cookie.Raw != "a" {
		t.Errorf("the step that was late says that the browser holds %+v, %v; want the cookie that came first", recorded.After.Cookie, err)
	}
	for name, bench := range map[string]*Bench{"this": b, "the other": enter(t, other, id)} {
		if got := fmt.Sprint(cookiesOf(t, bench, v.ID)); got != "map[first:1 second:2 session:a]" {
			t.Errorf("in %s process the browser holds %s", name, got)
		}
	}
}

func TestAnActGoesByWhatIsStored(t *testing.T) {
	one, other, _ := newShared()
	id := one.BenchID(owner(), 0)
	b := enter(t, one, id)
	v, mallory := opened(t, one, b, "Alice"), opened(t, one, b, "Mallory")
	virtually(t, b, v, "", "session=a; Path="+b.Path())
	there := enter(t, other, id)
	virtually(t, there, v, "a", "more=1; Path="+b.Path()) // which the first process has not read
	if _, err := one.EditCookie(t.Context(), b, v.ID, "session", "b"); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(cookiesOf(t, enter(t, other, id), v.ID)); got != "map[more:1 session:b]" {
		t.Errorf("after an edit the browser holds %s", got)
	}
	if _, err := other.DeleteCookie(t.Context(), there, v.ID, "session"); err != nil {
		t.Fatal(err)
	}
	if _, err := one.DeleteCookie(t.Context(), b, v.ID, "session"); !errors.Is(err, jar.ErrNoCookie) {
		t.Errorf("deleting what the other process deleted: %v; want ErrNoCookie", err)
	}
	if err := other.RemoveBrowser(t.Context(), there, mallory.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := one.BlockCookies(t.Context(), b, mallory.ID, true); !errors.Is(err, ErrNoBrowser) {
		t.Errorf("an act on a browser that the other process removed: %v; want ErrNoBrowser", err)
	}
	late := underWay(t, b, v)
	if err := other.RemoveBrowser(t.Context(), there, v.ID); err != nil {
		t.Fatal(err)
	}
	if err := late.Finish(step.Response{Status: http.StatusOK}, []string{"session=c; Path=" + b.Path()}); err != nil {
		t.Errorf("the step of a browser that was removed meanwhile: %v", err)
	}
	if got := enter(t, one, id).Browsers(); len(got) != 0 {
		t.Errorf("it came back: %+v", got)
	}
}

func TestManyRequestsOfOneBrowserToTwoProcesses(t *testing.T) {
	one, other, _ := newShared()
	id := one.BenchID(owner(), 0)
	b := enter(t, one, id)
	v := opened(t, one, b, "Alice")
	benches := []*Bench{b, enter(t, other, id)}
	var all sync.WaitGroup
	for n := range 20 {
		all.Go(func() {
			virtually(t, benches[n%2], v, "", fmt.Sprintf("c%d=%d; Path=/", n, n))
		})
	}
	all.Wait()
	for _, l := range []*Lab{one, other} {
		if got := len(cookiesOf(t, enter(t, l, id), v.ID)); got != 20 {
			t.Errorf("the browser holds %d cookies; want the 20 that it was sent", got)
		}
	}
}
