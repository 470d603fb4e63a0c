package session

import (
	"context"
	"errors"
)

// A Fault is the reason why a [Backend] could not answer, for the person who
// runs the store. It tells no address and no secret.
type Fault string

// The faults.
const (
	FaultUnreachable Fault = "unreachable" // nothing answers there, or the connection broke
	FaultSlow        Fault = "slow"        // the answer did not come in time
	FaultCrowded     Fault = "crowded"     // the store's limit of connections is reached
	FaultDenied      Fault = "denied"      // the user's name, password or rights
	FaultNoDatabase  Fault = "no_database" // the server has no such database
	FaultNoTable     Fault = "no_table"    // the table of the records is gone
	FaultReadOnly    Fault = "read_only"   // it can be read but not written
	FaultFull        Fault = "full"        // there is no space left for a write
	FaultLocked      Fault = "locked"      // another program keeps it locked
	FaultBroken      Fault = "broken"      // what is stored is damaged, or cannot be read
	FaultUnknown     Fault = "unknown"     // anything else
)

// Error returns an error with that text, whose [FaultOf] is f. Backends wrap
// such errors.
func (f Fault) Error(text string) error { return &faultError{f, text} }

type faultError struct {
	fault Fault
	text  string
}

func (e *faultError) Error() string { return e.text }

// FaultOf returns the fault in err: [FaultUnknown] if there is none in it, and
// "" if err is nil.
func FaultOf(err error) Fault {
	var e *faultError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.fault
	case errors.Is(err, context.DeadlineExceeded):
		return FaultSlow
	}
	return FaultUnknown
}
