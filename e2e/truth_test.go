package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// values is what a session holds; nil: there is none, and no cookie.
type values map[string]any

// True fails the test unless the page, the recorded step, the browser's own jar
// and the database agree on the latest step, and the session holds what it
// should. It returns the step.
func (b *Bench) True(want values) Step {
	b.t.Helper()
	s, shown := b.Step(b.N), b.Panes()
	prefix := fmt.Sprintf("step %d (%s)", s.N, s.Op)
	b.cookieIsTrue(prefix, s, shown)
	b.recordIsTrue(prefix, s, shown, want)
	if (s.After.Cookie == nil) != (want == nil) {
		b.t.Errorf("%s: the browser holds a cookie: %t; want %t", prefix, s.After.Cookie != nil, want != nil)
	}

	var titles []string
	for _, e := range s.Events {
		titles = append(titles, e.Title)
	}
	if !slices.Equal(shown.Titles, titles) || shown.Drawn != len(titles) {
		b.t.Errorf("%s: events shown = %q, %d drawn; want %q", prefix, shown.Titles, shown.Drawn, titles)
	}
	if shown.Lesson != s.Lesson || strings.HasSuffix(s.Lesson, "。") != (b.lang == "zh") {
		b.t.Errorf("%s: the sentence is %q; want %q, in the language %s", prefix, shown.Lesson, s.Lesson, b.lang)
	}
	return s
}

func (b *Bench) cookieIsTrue(prefix string, s Step, shown Panes) {
	b.t.Helper()
	real, held := b.Jar()["session"]
	if !held || s.After.Cookie == nil || s.After.Cookie.Attributes == nil {
		if held || s.After.Cookie != nil || shown.Cookie != "" {
			b.t.Errorf("%s: the cookie: in the jar %v, recorded %v, shown %q", prefix, real, s.After.Cookie, shown.Cookie)
		}
		return
	}
	if s.After.Cookie.Raw != real.Value || shown.Cookie != real.Value {
		b.t.Errorf("%s: the cookie's value is recorded as %q and shown as %q; the jar has %q", prefix, s.After.Cookie.Raw, shown.Cookie, real.Value)
	}
	expires := "—"
	if set := s.After.Cookie.Attributes.Expires; set != nil {
		// A browser moves a date by how much later its clock is than the response's Date, which
		// is in whole seconds: by no more than what has passed since the request, and one.
		passed := max(0, int64(time.Since(s.Time)/time.Second)) + 1
		if late := real.Expires - set.Unix(); 0 < late && late <= passed {
			real.Expires = set.Unix()
		}
	}
	if real.Expires > 0 {
		expires = time.Unix(real.Expires, 0).UTC().Format(time.RFC3339)
	}
	is := func(on bool) string { return map[bool]string{true: "✓", false: "—"}[on] }
	want := map[string]string{
		"Path": real.Path, "SameSite": real.SameSite, "HttpOnly": is(real.HTTPOnly), "Secure": is(real.Secure), "Expires": expires,
	}
	a, recorded := s.After.Cookie.Attributes, maps.Clone(want)
	recorded["Path"], recorded["SameSite"], recorded["HttpOnly"], recorded["Secure"], recorded["Expires"] = a.Path, a.SameSite, is(a.HTTPOnly), is(a.Secure), "—"
	if a.Expires != nil {
		recorded["Expires"] = a.Expires.UTC().Format(time.RFC3339)
	}
	if !maps.Equal(recorded, want) {
		b.t.Errorf("%s: the cookie's attributes are recorded as %v; the jar has %v", prefix, recorded, want)
	}
	// The page writes the date as Set-Cookie does.
	if t, err := time.Parse(time.RFC1123, shown.Attributes["Expires"]); err == nil {
		shown.Attributes["Expires"] = t.UTC().Format(time.RFC3339)
	}
	if !maps.Equal(shown.Attributes, want) {
		b.t.Errorf("%s: the cookie's attributes are shown as %v; the jar has %v", prefix, shown.Attributes, want)
	}
}

func (b *Bench) recordIsTrue(prefix string, s Step, shown Panes, want values) {
	b.t.Helper()
	r := s.After.Record
	if r == nil {
		if want != nil || shown.Key != "" || len(shown.Values) > 0 {
			b.t.Errorf("%s: no record; shown are %q with %v; want %v", prefix, shown.Key, shown.Values, want)
		}
		return
	}
	texts := make(map[string]string)
	for k, v := range r.Values {
		texts[k] = asJSON(v)
	}
	if asJSON(r.Values) != asJSON(want) || !maps.Equal(shown.Values, texts) {
		b.t.Errorf("%s: the record is %s, shown as %v; want %s", prefix, asJSON(r.Values), shown.Values, asJSON(want))
	}
	if shown.Key != r.Key || shown.Raw != r.Raw || shown.Query != r.Query {
		b.t.Errorf("%s: the record is shown as %q %q by %q; want %q %q by %q", prefix, shown.Key, shown.Raw, shown.Query, r.Key, r.Raw, r.Query)
	}
	rows := stored(b.t, b.server, shown.Query, r.Key)
	if len(rows) != 1 || rows[0].Data != shown.Raw || rows[0].Version != r.Version {
		b.t.Errorf("%s: sqlite3 finds %+v; the page shows %s, version %d", prefix, rows, shown.Raw, r.Version)
	}
}

// asJSON writes a value as JSON, which is a literal of JavaScript too.
func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// row is a session in the database.
type row struct {
	Data    string
	Version int
}

// stored runs a page's command in the sqlite3 shell, on the file of the running
// server.
func stored(t testing.TB, app *App, query, key string) []row {
	t.Helper()
	shell, err := exec.LookPath("sqlite3")
	requireTool(t, "sqlite3", err)
	bind := fmt.Sprintf(".parameter set ?1 \"'%s'\"", key)
	out, err := exec.Command(shell, "-readonly", "-json", filepath.Join(app.Data, "sessionlab.db"), bind, query).CombinedOutput()
	if err != nil {
		t.Fatalf("sqlite3: %v: %s", err, out)
	}
	var rows []row
	if len(strings.TrimSpace(string(out))) > 0 {
		if err := json.Unmarshal(out, &rows); err != nil {
			t.Fatalf("sqlite3: %v: %s", err, out)
		}
	}
	return rows
}
