package redisbackend

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/session"
)

// What keeps a server from answering. What it said itself follows them.
var (
	errSilent   = session.FaultSlow.Error("redisbackend: the server does not answer")
	errAway     = session.FaultUnreachable.Error("redisbackend: the server cannot be reached")
	errCrowded  = session.FaultCrowded.Error("redisbackend: the server has too many connections")
	errDenied   = session.FaultDenied.Error("redisbackend: the server refuses the user")
	errNoNumber = session.FaultNoDatabase.Error("redisbackend: the server has no database of that number")
	errReadOnly = session.FaultReadOnly.Error("redisbackend: the server takes no writes")
	errFull     = session.FaultFull.Error("redisbackend: the server has no space left")
)

// answers are what a server says, by how it begins or what is in it.
var answers = []struct {
	says string
	kind error
}{
	{"WRONGPASS", errDenied}, {"NOAUTH", errDenied}, {"NOPERM", errDenied}, {"without any password configured", errDenied},
	{"DB index", errNoNumber},
	{"READONLY", errReadOnly},
	{"OOM", errFull}, {"MISCONF", errFull}, // the latter: it cannot write to its disk
	{"max number of clients", errCrowded},
	{"LOADING", errAway}, {"CLUSTERDOWN", errAway}, {"MASTERDOWN", errAway}, {"TRYAGAIN", errAway},
}

// fault is an error of the server or of the way to it. A time that was up was not
// that of the caller's context.
func fault(err error) error {
	if e, said := rueidis.IsRedisErr(err); said {
		if strings.Contains(e.Error(), "WRONGTYPE") {
			return fmt.Errorf("%w: the key holds no hash", ErrUnreadable)
		}
		for _, a := range answers {
			if strings.Contains(e.Error(), a.says) {
				return fmt.Errorf("%w (%v)", a.kind, err)
			}
		}
		return fmt.Errorf("redisbackend: %w", err)
	}
	var op *net.OpError
	var dns *net.DNSError
	switch {
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded):
		return errSilent
	case errors.As(err, &op), errors.As(err, &dns), errors.Is(err, io.EOF), errors.Is(err, rueidis.ErrClosing):
		return fmt.Errorf("%w (%v)", errAway, err)
	}
	return fmt.Errorf("redisbackend: %w", err)
}
