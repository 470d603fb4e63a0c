package sqlbackend

import (
	"context"
	"database/sql"
	"errors"
)

// ExecStmt is [Conn].Exec for a statement that was prepared.
func ExecStmt(ctx context.Context, stmt *sql.Stmt, args []any) (changed int64, err error) {
	result, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// QueryStmt is [Conn].Query for a statement that was prepared.
func QueryStmt(ctx context.Context, stmt *sql.Stmt, each func(Row) error, args []any) (err error) {
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
