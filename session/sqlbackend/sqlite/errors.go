package sqlite

import (
	"errors"
	"fmt"
	"strings"

	driver "modernc.org/sqlite"
	code "modernc.org/sqlite/lib"

	"github.com/sessionlab/sessionlab/session"
)

var (
	// ErrBusy is returned when another process had the file locked for longer than
	// [Options].BusyTimeout.
	ErrBusy = session.FaultLocked.Error("sqlite: the file is locked by another process")

	// ErrFull is returned when there is no space left for a write. Reads go on.
	ErrFull = session.FaultFull.Error("sqlite: there is no space left")

	errReadOnly = session.FaultReadOnly.Error("sqlite: the file takes no writes")
	errNoTable  = session.FaultNoTable.Error("sqlite: a table is missing")
	errBroken   = session.FaultBroken.Error("sqlite: the file is damaged, or cannot be got at")
)

// explain names what callers may want to tell apart. What the driver says stays in
// the text alone: nobody is to take it for the reason.
func explain(err error) error {
	if kind := kindOf(err); kind != nil {
		return fmt.Errorf("%w (%v)", kind, err)
	}
	return err
}

func kindOf(err error) error {
	switch primary(err) {
	case code.SQLITE_BUSY:
		return ErrBusy
	case code.SQLITE_FULL:
		return ErrFull
	case code.SQLITE_READONLY:
		return errReadOnly
	case code.SQLITE_IOERR, code.SQLITE_CANTOPEN, code.SQLITE_PERM, code.SQLITE_CORRUPT, code.SQLITE_NOTADB:
		return errBroken
	case code.SQLITE_ERROR: // which is many things
		if strings.Contains(err.Error(), "no such table") {
			return errNoTable
		}
	}
	return nil
}

func busy(err error) bool { return err != nil && primary(err) == code.SQLITE_BUSY }

// primary returns the primary result code of an error of the driver, or 0.
func primary(err error) int {
	var e *driver.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code() & 0xff
}
