package sqldb

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/sessionlab/sessionlab/session"
)

// What keeps a database from answering, each a fault of its own to
// [session.FaultOf]. None of these errors tells a user's name or a password; detail
// that follows them is an address, or a number of the database system's.
var (
	ErrUnreachable = session.FaultUnreachable.Error("the database server cannot be reached")
	ErrSlow        = session.FaultSlow.Error("the database server does not answer in time")
	ErrCrowded     = session.FaultCrowded.Error("the database server has too many connections")
	ErrDenied      = session.FaultDenied.Error("the database server refuses the user: the name, the password or the rights are wrong")
	ErrNoDatabase  = session.FaultNoDatabase.Error("the database server has no such database")
	ErrNoTable     = session.FaultNoTable.Error("a table is missing")
	ErrReadOnly    = session.FaultReadOnly.Error("the database takes no writes")
	ErrFull        = session.FaultFull.Error("the database server has no space left")
)

// Fault returns kind, which is one of this package's errors, with a detail.
func Fault(kind error, detail any) error { return fmt.Errorf("%w (%v)", kind, detail) }

// explain returns the error that callers may tell apart. If ctx has ended, that
// is the reason, whatever the driver makes of it.
func (db *DB) explain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return Fault(ErrSlow, db.timeout)
	}
	if cause, yes := broken(err); yes {
		err = Fault(ErrUnreachable, cause)
	} else {
		err = db.system.Explain(err)
	}
	if errors.Is(err, ErrUnreachable) {
		// The other connections will have broken too: they go now, instead of
		// failing one request each when the server is back.
		db.pool.SetMaxIdleConns(0)
		db.pool.SetMaxIdleConns(db.conns)
	}
	return err
}

// broken reports whether err is of the network, and what is wrong with it.
func broken(err error) (cause error, yes bool) {
	if op := (*net.OpError)(nil); errors.As(err, &op) {
		return op, true
	}
	if dns := (*net.DNSError)(nil); errors.As(err, &dns) {
		return dns, true
	}
	for _, end := range []error{io.EOF, io.ErrUnexpectedEOF, driver.ErrBadConn} {
		if errors.Is(err, end) {
			return errors.New("the connection broke"), true
		}
	}
	return nil, false
}
