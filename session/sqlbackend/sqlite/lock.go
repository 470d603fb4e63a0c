package sqlite

import (
	"errors"
	"time"
)

// errAbandoned tells that a wait for the file's lock was given up.
var errAbandoned = errors.New("sqlite: abandoned")

// begin begins a transaction that may write. It waits while another process has
// the file locked, for g.timeout at most or until abandon is closed.
//
// SQLite could wait itself, but would not let go when a request is cancelled.
func (g *group) begin(abandon <-chan struct{}) error {
	_, err := g.conn.Exec("BEGIN IMMEDIATE")
	if !busy(err) {
		return err
	}
	timeout := time.NewTimer(g.timeout)
	defer timeout.Stop()
	retry := time.NewTicker(5 * time.Millisecond)
	defer retry.Stop()
	for {
		select {
		case <-abandon:
			return errAbandoned
		case <-timeout.C:
			return err
		case <-retry.C:
			if _, err = g.conn.Exec("BEGIN IMMEDIATE"); !busy(err) {
				return err
			}
		}
	}
}
