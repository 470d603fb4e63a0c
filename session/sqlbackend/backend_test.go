package sqlbackend_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

func newSQLite(t *testing.T) (*sqlbackend.Backend, *sqlite.DB) {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "sessions.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	b, err := sqlbackend.New(t.Context(), db, sqlbackend.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	return b, db
}

func TestATraceIsToldTheTrueStatements(t *testing.T) {
	b, _ := newSQLite(t)
	var told []session.QueryInfo
	ctx := session.WithTrace(t.Context(), &session.Trace{
		Query: func(info session.QueryInfo) { told = append(told, info) },
	})
	d := sqlbackend.SQLite
	expires := time.Now().Add(time.Hour).Truncate(time.Millisecond)
	rec := session.Record{Values: []byte(`{"a":1}`), Created: expires, Renewed: expires, Expires: expires}
	type command struct {
		text string
		rows int64
	}
	for _, step := range []struct {
		name string
		run  func() error
		want []command
		args []any // of the first command; without the last, if that is now
	}{
		{"Load of nothing", func() error { _, err := b.Load(ctx, "k", time.Now()); return err }, []command{{d.Load, 0}}, []any{"k"}},
		{"Save", func() error { return b.Save(ctx, "k", rec, time.Now()) }, []command{{d.Insert, 1}},
			[]any{"k", `{"a":1}`, expires.UnixMilli(), expires.UnixMilli(), expires.UnixMilli()}},
		{"refused Save", func() error { return b.Save(ctx, "k", rec, time.Now()) }, []command{{d.Insert, 0}}, nil},
		{"Load", func() error { _, err := b.Load(ctx, "k", time.Now()); return err }, []command{{d.Load, 1}}, []any{"k"}},
		{"refused Delete", func() error { return b.Delete(ctx, "k", 7) },
			[]command{{d.Delete, 0}}, []any{"k", int64(7)}},
		{"Delete", func() error { return b.Delete(ctx, "k", 1) }, []command{{d.Delete, 1}}, []any{"k", int64(1)}},
	} {
		told = nil
		step.run()
		var got []command
		for _, info := range told {
			got = append(got, command{info.Text, info.Rows})
			if info.System != "sqlite" {
				t.Errorf("%s: System = %q; want %q", step.name, info.System, "sqlite")
			}
		}
		if !slices.Equal(got, step.want) {
			t.Errorf("%s tells %v; want %v", step.name, got, step.want)
			continue
		}
		if args := told[0].Args; step.args != nil && !slices.Equal(args[:len(step.args)], step.args) {
			t.Errorf("%s tells the arguments %v; want %v", step.name, args, step.args)
		}
	}
}

func TestValuesAreTextInTheShell(t *testing.T) {
	b, db := newSQLite(t)
	rec := session.Record{Values: []byte(`{"user":"安娜"}`), Expires: time.Now().Add(time.Hour)}
	if err := b.Save(t.Context(), "k", rec, time.Now()); err != nil {
		t.Fatal(err)
	}
	var kind, user string
	err := db.Read(t.Context(), func(c sqlbackend.Conn) error {
		return c.Query(func(row sqlbackend.Row) error { return row.Scan(&kind, &user) },
			`SELECT typeof(data), data ->> 'user' FROM sessions`)
	})
	if err != nil || kind != "text" || user != "安娜" {
		t.Errorf("in SQL the values are of type %q with user %q, %v; want text with 安娜", kind, user, err)
	}
}

func TestAFailedStatementIsAnError(t *testing.T) {
	b, db := newSQLite(t)
	err := db.Write(t.Context(), func(c sqlbackend.Conn) error {
		_, err := c.Exec(`DROP TABLE sessions`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, load := b.Load(t.Context(), "k", time.Now())
	_, sweep := b.Sweep(t.Context(), time.Now())
	_, usage := b.Usage(t.Context(), "", time.Now())
	for name, err := range map[string]error{
		"Load":   load,
		"Save":   b.Save(t.Context(), "k", session.Record{}, time.Now()),
		"Delete": b.Delete(t.Context(), "k", 1),
		"Sweep":  sweep,
		"Usage":  usage,
		"Range":  b.Range(t.Context(), "", time.Now(), nil),
	} {
		if err == nil {
			t.Errorf("%s without a table = nil; want an error", name)
		}
	}
}
