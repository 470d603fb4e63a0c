// Package sessiontest checks implementations of [session.Backend] and of
// gorilla's sessions.Store against what their interfaces promise.
package sessiontest

import (
	"context"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// A NewBackend returns an empty backend, and closes it when t ends.
type NewBackend func(t testing.TB) session.Backend

// TestBackend checks a backend against the contract of [session.Backend], and of
// [session.Sweeper] and [session.Ranger] if it implements them. Each check has a
// backend of its own.
func TestBackend(t *testing.T, new NewBackend) {
	for _, check := range backendChecks {
		t.Run(check.name, func(t *testing.T) { check.run(start(t, new)) })
	}
}

// backendChecks are the checks of TestBackend, by the behaviour they demand.
var backendChecks = []struct {
	name string
	run  func(t *try)
}{
	{"a key that was never saved is not found and not created", unknownKey},
	{"any key can be asked for and deleted", hostileLookup},
	{"any key of 200 bytes can be saved, and is no other", hostileKeys},
	{"values come back byte for byte", byteFidelity},
	{"a save replaces values and times", replace},
	{"byte slices are not shared", noSharing},

	{"a first save finds a live record in its way", insertConflict},
	{"a save needs the version that is stored", versionConflict},
	{"of two saves from one read the second is refused", lostUpdate},
	{"a late save does not bring a deleted record back", lateSave},
	{"a delete removes its record only", deleteOnly},
	{"a delete needs the version that is stored", deleteVersion},

	{"of requests that come late for a renewal only a log-in of the same user finds the session", lateRequests},
	{"log-ins at once end with one session and lose nothing", concurrentLogIns},

	{"a record is not found from the instant it expires", expiry},
	{"a forward that expires is no session that ends", expiredForward},
	{"an expired record can be created again but not updated", expiredSave},
	{"deleting an expired record is not an error", expiredDelete},
	{"a record is live or not at the time that is asked about", twoTimes},
	{"a sweep at real time leaves what a clock ahead takes for live", aheadSweep},
	{"a sweep removes what has expired and nothing else", sweep},
	{"a sweep goes by the time it is given", sweepTime},
	{"a sweep copes with many", sweepMany},

	{"a range is ordered, live and within its prefix", rangePrefix},
	{"a range stops when told", rangeStop},
	{"a range may change what it visits", rangeDelete},
	{"usage counts live records within the prefix", usage},

	{"a trace is told of every command", traced},
	{"a context that is done ends every method", cancelled},
	{"of concurrent first saves one succeeds", concurrentInserts},
	{"no concurrent update is lost", concurrentUpdates},
	{"concurrent records do not disturb each other", concurrentKeys},
}

// epoch is what the clock of a check shows at its start.
var epoch = time.Date(2024, 2, 29, 23, 59, 59, 0, time.UTC)

// A try is one check under way.
type try struct {
	testing.TB
	ctx     context.Context
	clock   *Clock
	backend session.Backend
}

func start(t testing.TB, new NewBackend) *try {
	clock := NewClock(epoch)
	return &try{TB: t, ctx: t.Context(), clock: clock, backend: new(t)}
}

// sweeper returns the backend as a Sweeper, or skips the check.
func (t *try) sweeper() session.Sweeper {
	t.Helper()
	s, ok := t.backend.(session.Sweeper)
	if !ok {
		t.Skip("not a session.Sweeper")
	}
	return s
}

// ranger returns the backend as a Ranger, or skips the check.
func (t *try) ranger() session.Ranger {
	t.Helper()
	r, ok := t.backend.(session.Ranger)
	if !ok {
		t.Skip("not a session.Ranger")
	}
	return r
}
