package mysql

import (
	"errors"
	"fmt"

	driver "github.com/go-sql-driver/mysql"

	"github.com/sessionlab/sessionlab/session/sqlbackend/sqldb"
)

// explain tells errors by MySQL's and MariaDB's numbers.
func explain(err error) error {
	if errors.Is(err, driver.ErrInvalidConn) {
		return sqldb.Fault(sqldb.ErrUnreachable, "the connection broke")
	}
	number := numberOf(err)
	if kind := kindOf(number); kind != nil {
		return sqldb.Fault(kind, fmt.Sprintf("error %d", number))
	}
	return err
}

func kindOf(number uint16) error {
	switch number {
	case 1053, 1077, 1079, 1158, 1159, 1160, 1161, 1927: // shutting down, network errors, killed
		return sqldb.ErrUnreachable
	case 1040, 1203, 1226: // too many connections: in all, of a user, in an hour
		return sqldb.ErrCrowded
	case 1044, 1045, 1130, 1142, 1143, 1227, 1698: // no access, by name, password, address or right
		return sqldb.ErrDenied
	case 1049:
		return sqldb.ErrNoDatabase
	case 1146:
		return sqldb.ErrNoTable
	case 1290, 1792, 1836:
		return sqldb.ErrReadOnly
	case 1021, 1114:
		return sqldb.ErrFull
	}
	return nil
}

// again is for deadlocks, waits for locks and, as MariaDB calls it, records that
// have changed since last read.
func again(err error) bool {
	switch numberOf(err) {
	case 1205, 1213, 1020:
		return true
	}
	return false
}

// numberOf returns the number of an error of the server, or 0.
func numberOf(err error) uint16 {
	var e *driver.MySQLError
	if !errors.As(err, &e) {
		return 0
	}
	return e.Number
}
