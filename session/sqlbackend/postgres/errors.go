package postgres

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/sessionlab/sessionlab/session/sqlbackend/sqldb"
)

// explain tells errors by SQLSTATE. What pgx says of a connection that it could
// not make names the user; that is left out.
func explain(err error) error {
	state := stateOf(err)
	if kind := kindOf(state); kind != nil {
		return sqldb.Fault(kind, "SQLSTATE "+state)
	}
	if e := (*pgconn.ConnectError)(nil); errors.As(err, &e) {
		return sqldb.Fault(sqldb.ErrUnreachable, e.Unwrap())
	}
	return err
}

func kindOf(state string) error {
	switch state {
	case "57P01", "57P02", "57P03": // shutting down, crashed, starting
		return sqldb.ErrUnreachable
	case "53300":
		return sqldb.ErrCrowded
	case "28000", "28P01", "42501":
		return sqldb.ErrDenied
	case "3D000":
		return sqldb.ErrNoDatabase
	case "42P01":
		return sqldb.ErrNoTable
	case "25006":
		return sqldb.ErrReadOnly
	case "53100":
		return sqldb.ErrFull
	}
	if strings.HasPrefix(state, "08") { // of the connection
		return sqldb.ErrUnreachable
	}
	return nil
}

// again is for deadlocks and transactions that could not be ordered.
func again(err error) bool {
	switch stateOf(err) {
	case "40001", "40P01":
		return true
	}
	return false
}

// stateOf returns the SQLSTATE of an error of the server, or nothing.
func stateOf(err error) string {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return ""
	}
	return e.Code
}
