package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/sessionlab/sessionlab/session/sqlbackend"
)

// maxStatements is how many prepared statements a connection keeps.
const maxStatements = 200

// A conn is a connection that prepares each statement once.
type conn struct {
	sql        *sql.Conn
	statements map[string]*sql.Stmt // by text
}

var _ sqlbackend.Conn = (*conn)(nil)

func connect(pool *sql.DB) (*conn, error) {
	c, err := pool.Conn(context.Background())
	if err != nil {
		return nil, err
	}
	return &conn{sql: c, statements: map[string]*sql.Stmt{}}, nil
}

// Exec implements [sqlbackend.Conn].
func (c *conn) Exec(text string, args ...any) (int64, error) {
	stmt, err := c.prepare(text)
	if err != nil {
		return 0, err
	}
	return sqlbackend.ExecStmt(context.Background(), stmt, args)
}

// Query implements [sqlbackend.Conn].
func (c *conn) Query(each func(sqlbackend.Row) error, text string, args ...any) error {
	stmt, err := c.prepare(text)
	if err != nil {
		return err
	}
	return sqlbackend.QueryStmt(context.Background(), stmt, each, args)
}

// prepare returns the statement of text. It never has a cancellable context: for
// that, the driver would start a goroutine with every call.
func (c *conn) prepare(text string) (*sql.Stmt, error) {
	if stmt := c.statements[text]; stmt != nil {
		return stmt, nil
	}
	if len(c.statements) >= maxStatements {
		if err := c.forget(); err != nil {
			return nil, err
		}
	}
	stmt, err := c.sql.PrepareContext(context.Background(), text)
	if err != nil {
		return nil, err
	}
	c.statements[text] = stmt
	return stmt, nil
}

// forget closes all statements.
func (c *conn) forget() error {
	var errs []error
	for _, stmt := range c.statements {
		errs = append(errs, stmt.Close())
	}
	clear(c.statements)
	return errors.Join(errs...)
}

func (c *conn) close() error { return errors.Join(c.forget(), c.sql.Close()) }
