package jar

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestActsChangeTheCookieThatWasUsedLast(t *testing.T) {
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	one, other := &url.URL{Scheme: "http", Host: "127.0.0.1:8080", Path: "/app/"}, &url.URL{Scheme: "http", Host: "localhost:8080", Path: "/app/"}
	var j Jar
	j.SetCookie(one, "session=a; Path=/app/; HttpOnly; Max-Age=60", now)
	j.SetCookie(other, "session=b; Path=/app/", now.Add(time.Second))
	if got := j.Header(one, now.Add(2*time.Second)); got != "session=a" {
		t.Fatalf("Header = %q", got)
	}
	c, err := j.Edit("session", " c ", now.Add(3*time.Second))
	if err != nil || c.Value != "c" || !c.HTTPOnly || !c.Persistent || j.Header(one, now.Add(3*time.Second)) != "session=c" || j.Header(other, now) != "session=b" {
		t.Errorf("Edit = %+v, %v; the jar is %+v", c, err, j.cookies)
	}
	var copied Jar
	if err := copied.Put(c, now); err != nil || copied.Header(one, now) != "session=c" {
		t.Errorf("Put = %v; the jar is %+v", err, copied.cookies)
	}
	if got, err := j.Named("session", now.Add(time.Hour)); err != nil || got.Value != "b" {
		t.Errorf("Named after the first one's end = %+v, %v; want the other", got, err)
	}
	if j.Delete("session", now.Add(time.Hour)) != nil || !errors.Is(j.Delete("session", now.Add(time.Hour)), ErrNoCookie) {
		t.Error("want one to delete and no more")
	}
	if _, err := j.Edit("other", "x", now); !errors.Is(err, ErrNoCookie) {
		t.Errorf("Edit of no cookie = %v", err)
	}
	clone := copied.Clone()
	if clone.Delete("session", now) != nil || copied.Header(one, now) == "" {
		t.Error("a clone shares its cookies")
	}
}

func TestBoundDropsThoseLongestUnused(t *testing.T) {
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	u := &url.URL{Scheme: "http", Host: "lab", Path: "/"}
	var j Jar
	for i, line := range []string{"a=1", "b=1", "c=1"} {
		j.SetCookie(u, line, now.Add(time.Duration(i)*time.Second))
	}
	j.Bound(2)
	if got := j.Header(u, now); got != "b=1; c=1" {
		t.Errorf("left is %q", got)
	}
}

// Whatever is typed into an editor, the jar stays one that headers could have made, and
// can be stored.
func TestNoEditBreaksAJar(t *testing.T) {
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	u := &url.URL{Scheme: "http", Host: "lab", Path: "/"}
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ -~]{0,20}[;\x00-\x1f]?`), rapid.Just(strings.Repeat("x", 5000)))
	rapid.Check(t, func(t *rapid.T) {
		var j Jar
		for _, line := range rapid.SliceOfN(rapid.SampledFrom([]string{"a=1", "b=2; Max-Age=60", "c=3; Path=/x", "=v", "a="}), 1, 5).Draw(t, "lines") {
			j.SetCookie(u, line, now)
		}
		before := slices.Clone(j.cookies)
		name, value := rapid.SampledFrom([]string{"a", "b", "c", "", "d"}).Draw(t, "name"), text.Draw(t, "value")
		_, err := j.Edit(name, value, now)
		if err != nil && !slices.Equal(before, j.cookies) {
			t.Fatalf("Edit = %v, and changed the jar", err)
		}
		checkInvariants(t, &j, u, now)
		data, err := j.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var back Jar
		if err := back.UnmarshalJSON(data); err != nil {
			t.Fatalf("an edited jar cannot be read again: %v", err)
		}
	})
}

func TestJarsAreTheSameByWhatTheyHold(t *testing.T) {
	now := time.Date(2026, 11, 23, 19, 0, 0, 0, time.UTC)
	u := &url.URL{Scheme: "http", Host: "lab", Path: "/"}
	var one Jar
	one.SetCookie(u, "a=1", now)
	other := one.Clone()
	other.Header(u, now.Add(time.Hour))
	if !one.Same(other) {
		t.Error("jars with one cookie, used at different times, differ")
	}
	other.SetCookie(u, "b=1", now)
	if one.Same(other) {
		t.Error("a jar with another cookie is the same")
	}
	one.SetCookie(u, "b=1", now)
	one.Header(u, now)
	if one.Same(other) {
		t.Error("it makes no difference which of two cookies was used last")
	}
	if copied := one.Clone(); !one.Same(copied) {
		t.Error("a copy differs")
	}
}
