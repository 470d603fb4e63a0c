package session

import (
	"context"
	"errors"
)

// A Fault is what keeps a [Backend] from answering, as exactly as whoever runs the
// store needs to know it, and no more: it tells no address and no secret.
type Fault string

// The faults.
const (
	FaultUnreachable Fault = "unreachable" // nobody answers there, or the connection broke
	FaultSlow        Fault = "slow"        // the answer did not come in time
	FaultCrowded     Fault = "crowded"     // there are as many connections as there may be
	FaultDenied      Fault = "denied"      // the user's name, password or rights
	FaultNoDatabase  Fault = "no_database" // the server has no such database
	FaultNoTable     Fault = "no_table"    // the table of the records is gone
	FaultReadOnly    Fault = "read_only"   // it is read, and not written
	FaultFull        Fault = "full"        // there is no space left for a write
	FaultLocked      Fault = "locked"      // another program keeps it locked
	FaultBroken      Fault = "broken"      // what is stored is damaged, or cannot be got at
	FaultUnknown     Fault = "unknown"     // anything else
)

// Error returns an error that is told as text, and whose [FaultOf] is f. Backends
// wrap such errors.
func (f Fault) Error(text string) error { return &faultError{f, text} }

type faultError struct {
	fault Fault
	text  string
}

func (e *faultError) Error() string { return e.text }

// FaultOf returns the fault that err tells of: [FaultUnknown] if it does not say,
// and "" if it is nil.
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
