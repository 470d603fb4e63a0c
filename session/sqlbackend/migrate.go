package sqlbackend

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

//go:embed migrations
var migrations embed.FS

// versions is the table that says which migrations of the table sessions have
// been run.
const versions = "goose_sessions"

// ErrNewer is returned by [Migrate] for tables made by a newer program, which
// this one must leave alone.
var ErrNewer = errors.New("sqlbackend: the tables were made by a newer version of this program")

// Migrate brings the tables of db up to date with files, which are migrations in
// the form of goose, NUMBER_NAME.sql. The table called versions says which have
// been run; nobody else may use it. Where there is nothing to do, it costs one
// query.
func Migrate(ctx context.Context, db DB, versions string, files fs.FS) error {
	newest, err := newest(files)
	if err != nil {
		return fmt.Errorf("sqlbackend: migrations: %w", err)
	}
	switch current, err := Version(ctx, db, versions); {
	case err == nil && current == newest:
		return nil
	case err == nil && current > newest:
		return fmt.Errorf("%w: it is version %d of %s, and this one knows %d", ErrNewer, current, versions, newest)
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return db.Migrate(ctx, versions, files) // which also says what failed above
}

// Version returns the number of the last migration that the table versions has
// noted. It is an error if there is none.
func Version(ctx context.Context, db DB, versions string) (int64, error) {
	var version int64
	err := db.Read(ctx, func(c Conn) error {
		return c.Query(func(row Row) error { return row.Scan(&version) },
			`SELECT max(version_id) FROM `+versions)
	})
	return version, err
}

// newest returns the highest number of the migrations in files.
func newest(files fs.FS) (int64, error) {
	list, err := fs.Glob(files, "*.sql")
	if err != nil {
		return 0, err
	}
	var newest int64
	for _, name := range list {
		number, _, _ := strings.Cut(path.Base(name), "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return 0, err
		}
		newest = max(newest, n)
	}
	return newest, nil
}

// migrate makes the table sessions.
func (d Dialect) migrate(ctx context.Context, db DB) error {
	files, err := fs.Sub(migrations, d.Migrations)
	if err != nil {
		return err
	}
	return Migrate(ctx, db, versions, files)
}

// migrateAgain makes the table sessions although versions says that it is there:
// somebody has dropped it.
func (d Dialect) migrateAgain(ctx context.Context, db DB) error {
	err := db.WriteOne(ctx, func(c Conn) error {
		_, err := c.Exec(d.Forget)
		return err
	})
	if err != nil {
		return err
	}
	return d.migrate(ctx, db)
}
