package handlers_test

import (
	"database/sql"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// row is a session as another program finds it in the file.
type row struct {
	id, data                           string
	created, renewed, expires, version int64
}

func rows(t *testing.T, db *sql.DB, query string, args ...any) []row {
	t.Helper()
	found := must(db.Query(query, args...))(t)
	defer found.Close()
	var all []row
	for found.Next() {
		var r row
		if err := found.Scan(&r.id, &r.data, &r.created, &r.renewed, &r.expires, &r.version); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

func TestTheRecordIsTheRowAndTheCommandReadsIt(t *testing.T) {
	for _, hashed := range []string{"false", "true"} {
		s := newSite(t)
		l := s.learner()
		l.set("hash_id", hashed)
		db := s.open()
		c := s.curl()
		c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		s.clock.Advance(3 * time.Second)
		c.Post(l.app+"set", "key", "tea", "value", `"<é>`).Want(200)

		got := l.step(2).After.Record
		all := rows(t, db, `SELECT id, data, created, renewed, expires, version FROM sessions`)
		if len(all) != 1 || got == nil {
			t.Fatalf("hash_id=%s: %d rows, record %v; want one of each", hashed, len(all), got)
		}
		want := all[0]
		if got.Key != want.id || got.Raw != want.data || got.Version != want.version ||
			got.Created.UnixMilli() != want.created || got.Renewed.UnixMilli() != want.renewed || got.Expires.UnixMilli() != want.expires {
			t.Errorf("hash_id=%s: the record is %+v; want the row %+v", hashed, got, want)
		}
		if want.version != 2 || want.data != `{"tea":"\"<é>","uname":"momo"}` {
			t.Errorf("hash_id=%s: the row is %+v", hashed, want)
		}
		id := strings.Split(sessionCookie(c, l.app), ".")[0]
		if shown := strings.Contains(want.id, id); shown == (hashed == "true") {
			t.Errorf("hash_id=%s: key %q and cookie %q", hashed, want.id, id)
		}

		query, args, _ := strings.Cut(got.Query, " -- ")
		if read := rowsOf(t, db, query, args); len(read) != 1 || read[0] != want.data {
			t.Errorf("hash_id=%s: by hand, %q gives %q; want %q", hashed, got.Query, read, want.data)
		}
	}
}

// rowsOf runs a reported command by hand and returns the first column.
func rowsOf(t *testing.T, db *sql.DB, query, args string) (firsts []string) {
	t.Helper()
	found := must(db.Query(query, arguments(t, args)...))(t)
	defer found.Close()
	columns := must(found.Columns())(t)
	for found.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		var first string
		values[0] = &first
		if err := found.Scan(values...); err != nil {
			t.Fatal(err)
		}
		firsts = append(firsts, first)
	}
	return firsts
}

func arguments(t *testing.T, list string) (args []any) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(list))
	dec.UseNumber()
	if err := dec.Decode(&args); err != nil {
		t.Fatalf("arguments %q: %v", list, err)
	}
	for i, a := range args {
		if n, ok := a.(json.Number); ok {
			args[i] = must(n.Int64())(t)
		}
	}
	return args
}

func TestTheReportedCommandsAreThoseThatRan(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	db := s.open()
	c := s.curl()
	c.Post(l.app+"set", "key", "a", "value", "1").Want(200)
	c.Post(l.app+"set", "key", "b", "value", "2").Want(200)
	recorded := l.step(2)
	want := rows(t, db, `SELECT id, data, created, renewed, expires, version FROM sessions`)

	// Run again from the state before, by another program, they do the same.
	if _, err := db.Exec(`DELETE FROM sessions`); err != nil {
		t.Fatal(err)
	}
	for _, e := range append(l.step(1).Events, recorded.Events...) {
		switch e.Kind {
		case step.SaveAsked:
			result := must(db.Exec(e.Detail, arguments(t, e.Args)...))(t)
			if n, _ := result.RowsAffected(); n != 1 {
				t.Errorf("%q %s changed %d rows; want 1", e.Detail, e.Args, n)
			}
		case step.LoadAsked:
			found := rowsOf(t, db, e.Detail, e.Args)
			if len(found) != 1 || found[0] != `{"a":"1"}` {
				t.Errorf("%q %s gives %q", e.Detail, e.Args, found)
			}
		}
	}
	if got := rows(t, db, `SELECT id, data, created, renewed, expires, version FROM sessions`); len(got) != 1 || got[0] != want[0] {
		t.Errorf("by hand the commands make %+v; want %+v", got, want)
	}
}

func TestARecordEditedByHandIsSeen(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	if _, err := s.open().Exec(`UPDATE sessions SET data = json_set(data, '$.uname', 'eve', '$.n', 7), version = version + 1`); err != nil {
		t.Fatal(err)
	}
	if got := op(t, c.Get(l.app+"me"), 200); got.Result != "eve" || got.Session["n"] != 7.0 {
		t.Errorf("me = %v in %v; want eve", got.Result, got.Session)
	}
	for _, evil := range []string{"", "{", "null", "[1]", `{"a":1} x`, "\xff\x00", `<script>alert(1)</script>`} {
		if _, err := s.open().Exec(`UPDATE sessions SET data = ?`, evil); err != nil {
			t.Fatal(err)
		}
		a := c.Get(l.app + "me")
		if a.Status >= 500 && a.Status != 503 {
			t.Errorf("a record of %q: %d", evil, a.Status)
		}
		last := l.steps()
		page := l.With("Accept", "text/html").Get("/en/lab").Want(200)
		if strings.Contains(page.Body, "<script>alert") {
			t.Errorf("a record of %q reaches the page of step %d as it is", evil, last[len(last)-1].N)
		}
	}
	// Nobody else is affected.
	op(t, s.curl().Post(l.app+"set", "key", "a", "value", "b"), 200)
}
