package sqlite

import (
	"context"
	"io/fs"

	"github.com/pressly/goose/v3"

	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/schema"
)

// Migrate implements [sqlbackend.DB].
//
// A migration and the note that it has been run are one transaction, and no
// version is noted twice. So of two processes that run it at once, one is undone,
// and looks again what is left to do.
func (db *DB) Migrate(ctx context.Context, versions string, files fs.FS) error {
	err := db.Write(ctx, func(c sqlbackend.Conn) error {
		// As goose would make it, but for UNIQUE.
		_, err := c.Exec(`CREATE TABLE IF NOT EXISTS ` + versions + ` (
			id INTEGER PRIMARY KEY AUTOINCREMENT,
			version_id INTEGER NOT NULL UNIQUE,
			is_applied INTEGER NOT NULL,
			tstamp TIMESTAMP DEFAULT (datetime('now'))
		)`)
		if err == nil {
			_, err = c.Exec(`INSERT OR IGNORE INTO ` + versions + ` (version_id, is_applied) VALUES (0, 1)`)
		}
		return err
	})
	for err == nil {
		var before, after int64
		if before, err = sqlbackend.Version(ctx, db, versions); err != nil {
			break
		}
		failed := schema.Up(ctx, db.pool, goose.DialectSQLite3, versions, files)
		if failed == nil {
			return nil
		}
		if after, err = sqlbackend.Version(ctx, db, versions); err == nil && after == before {
			err = failed // and not by another's doing
		}
	}
	return explain(err)
}
