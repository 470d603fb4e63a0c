// Package schema runs migrations with goose, for the packages that open
// databases.
package schema

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// Up runs the migrations in files that the table called versions has not noted.
// It does not guard against another process that does the same.
func Up(ctx context.Context, pool *sql.DB, dialect goose.Dialect, versions string, files fs.FS) error {
	provider, err := goose.NewProvider(dialect, pool, files,
		goose.WithTableName(versions), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	return nil
}

// Prepare makes the table called versions, as Up would itself: but Up is slow to
// give up, and takes a missing right for another process that is quicker.
func Prepare(ctx context.Context, conn *sql.Conn, dialect goose.Dialect, versions string) error {
	store, err := database.NewStore(dialect, versions)
	if err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	switch _, err := store.GetLatestVersion(ctx, conn); {
	case err == nil:
		return nil
	case !errors.Is(err, database.ErrVersionNotFound): // there is no table
		if err := store.CreateVersionTable(ctx, conn); err != nil {
			return fmt.Errorf("schema: %w", err)
		}
	}
	if err := store.Insert(ctx, conn, database.InsertRequest{Version: 0}); err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	return nil
}
