package sqldb

import (
	"context"
	"database/sql"

	"github.com/sessionlab/sessionlab/session/sqlbackend"
)

// A conn runs statements that it prepares first: so what is sent to the server
// is the text and, apart from it, the arguments.
type conn struct {
	ctx     context.Context
	prepare func(text string) (*sql.Stmt, error)
}

var _ sqlbackend.Conn = (*conn)(nil)

// Exec implements [sqlbackend.Conn].
func (c *conn) Exec(text string, args ...any) (int64, error) {
	stmt, err := c.prepare(text)
	if err != nil {
		return 0, err
	}
	return sqlbackend.ExecStmt(c.ctx, stmt, args)
}

// Query implements [sqlbackend.Conn].
func (c *conn) Query(each func(sqlbackend.Row) error, text string, args ...any) error {
	stmt, err := c.prepare(text)
	if err != nil {
		return err
	}
	return sqlbackend.QueryStmt(c.ctx, stmt, each, args)
}

// prepare returns the statement of text, which every connection prepares when it
// first runs it. It is reused: a program has so many texts, and no more.
func (db *DB) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	db.mu.Lock()
	stmt := db.statements[text]
	db.mu.Unlock()
	if stmt != nil {
		return stmt, nil
	}
	stmt, err := db.pool.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if first := db.statements[text]; first != nil {
		return first, stmt.Close()
	}
	db.statements[text] = stmt
	return stmt, nil
}

// preparer returns a function that prepares statements on the connection of tx,
// once each. Taking another connection for that, as prepare does, could wait for
// one that waits likewise.
func preparer(ctx context.Context, tx *sql.Tx) func(text string) (*sql.Stmt, error) {
	statements := map[string]*sql.Stmt{}
	return func(text string) (*sql.Stmt, error) {
		if stmt := statements[text]; stmt != nil {
			return stmt, nil
		}
		stmt, err := tx.PrepareContext(ctx, text) // tx closes it
		if err == nil {
			statements[text] = stmt
		}
		return stmt, err
	}
}
