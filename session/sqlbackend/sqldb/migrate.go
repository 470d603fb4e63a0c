package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"

	"github.com/sessionlab/sessionlab/session/sqlbackend/schema"
)

// Migrate implements [sqlbackend.DB]. Other processes wait for a lock until it
// is done, and then find nothing to do.
//
// The lock is not one of goose's, which are taken only after its own table has
// been looked for and made, and of which MySQL has none.
func (db *DB) Migrate(ctx context.Context, versions string, files fs.FS) error {
	return db.try(ctx, func(ctx context.Context) (err error) {
		c, err := db.pool.Conn(ctx)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, discard(c)) }()
		var locked sql.NullInt64
		if err := c.QueryRowContext(ctx, db.system.Lock).Scan(&locked); err != nil {
			return err
		}
		if locked.Int64 != 1 {
			return fmt.Errorf("%w: another program holds the lock for migrations", ErrSlow)
		}
		if err := schema.Prepare(ctx, c, db.system.Goose, versions); err != nil {
			return err
		}
		return schema.Up(ctx, db.pool, db.system.Goose, versions, files)
	})
}

// discard closes the connection itself, and with it ends its lock.
func discard(c *sql.Conn) error {
	err := c.Raw(func(any) error { return driver.ErrBadConn })
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) {
		return nil
	}
	return err
}
