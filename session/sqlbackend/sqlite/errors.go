package sqlite

import (
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	code "modernc.org/sqlite/lib"
)

var (
	// ErrBusy is returned when another process had the file locked for longer than
	// [Options].BusyTimeout.
	ErrBusy = errors.New("sqlite: the file is locked by another process")

	// ErrFull is returned when there is no space left for a write. Reads go on.
	ErrFull = errors.New("sqlite: there is no space left")
)

// explain wraps errors of the driver that callers may want to tell apart.
func explain(err error) error {
	switch {
	case err == nil:
		return nil
	case busy(err):
		return fmt.Errorf("%w: %w", ErrBusy, err)
	case primary(err) == code.SQLITE_FULL:
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
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
