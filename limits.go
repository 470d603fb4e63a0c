package main

import (
	"fmt"

	"golang.org/x/time/rate"

	"github.com/sessionlab/sessionlab/internal/lab"
)

// limits are the flags that bound what clients can make grow.
type limits struct {
	MaxSteps          int     `default:"5000" env:"SESSIONLAB_MAX_STEPS" placeholder:"N" help:"Steps that a bench records."`
	MaxSessions       int     `default:"20000" env:"SESSIONLAB_MAX_SESSIONS" placeholder:"N" help:"Live sessions that one app may hold."`
	MaxMemorySessions int     `default:"200000" env:"SESSIONLAB_MAX_MEMORY_SESSIONS" placeholder:"N" help:"Sessions of all apps that the memory store holds; for one more, one that was long idle goes."`
	MaxKeys           int     `default:"200" env:"SESSIONLAB_MAX_KEYS" placeholder:"N" help:"Keys that one session may have."`
	MaxKeyBytes       int     `default:"256" env:"SESSIONLAB_MAX_KEY_BYTES" placeholder:"N" help:"Bytes of a key."`
	MaxValueBytes     int     `default:"8192" env:"SESSIONLAB_MAX_VALUE_BYTES" placeholder:"N" help:"Bytes of a value."`
	MaxRecordBytes    int     `default:"65536" env:"SESSIONLAB_MAX_RECORD_BYTES" placeholder:"N" help:"Bytes of a session as it is stored."`
	MaxBodyBytes      int     `default:"65536" env:"SESSIONLAB_MAX_BODY_BYTES" placeholder:"N" help:"Bytes of a request's body."`
	MaxSeatStreams    int     `default:"20" env:"SESSIONLAB_MAX_SEAT_STREAMS" placeholder:"N" help:"Pages of one seat that show new steps by themselves, which each take a connection."`
	MaxStreams        int     `default:"10000" env:"SESSIONLAB_MAX_STREAMS" placeholder:"N" help:"Such pages of all seats, but never more than half of the files that the system lets the process open."`
	MaxBenches        int     `default:"20000" env:"SESSIONLAB_MAX_BENCHES" placeholder:"N" help:"Benches in all; for more, those that were long not used go."`
	MaxBytes          int64   `default:"4294967296" env:"SESSIONLAB_MAX_BYTES" placeholder:"N" help:"Bytes that all benches may take, likewise; with SQLite, bytes of the file."`
	Rate              float64 `default:"50" env:"SESSIONLAB_RATE" placeholder:"N" help:"Requests a second that one app answers, sustained: to the owner of its bench, and to all others together."`
	Burst             int     `default:"500" env:"SESSIONLAB_BURST" placeholder:"N" help:"Requests that one app answers at once."`
}

// check names the first limit that would let nothing through.
func (l limits) check() error {
	for _, f := range []struct {
		flag string
		n    int
	}{
		{"max-steps", l.MaxSteps}, {"max-sessions", l.MaxSessions}, {"max-memory-sessions", l.MaxMemorySessions},
		{"max-keys", l.MaxKeys}, {"max-key-bytes", l.MaxKeyBytes}, {"max-value-bytes", l.MaxValueBytes},
		{"max-record-bytes", l.MaxRecordBytes}, {"max-body-bytes", l.MaxBodyBytes}, {"max-benches", l.MaxBenches}, {"burst", l.Burst},
		{"max-seat-streams", l.MaxSeatStreams}, {"max-streams", l.MaxStreams},
	} {
		if f.n < 1 {
			return fmt.Errorf("--%s: must be at least 1", f.flag)
		}
	}
	if l.MaxBytes < 1 {
		return fmt.Errorf("--max-bytes: must be at least 1")
	}
	if !(l.Rate > 0) { // nor NaN
		return fmt.Errorf("--rate: must be positive")
	}
	return nil
}

// ofLab are the limits that the lab keeps; those with no flag are its defaults.
func (l limits) ofLab() lab.Limits {
	all := lab.DefaultLimits()
	all.Steps, all.Sessions = l.MaxSteps, l.MaxSessions
	all.Keys, all.KeyBytes, all.ValueBytes = l.MaxKeys, l.MaxKeyBytes, l.MaxValueBytes
	all.RecordBytes, all.BodyBytes = l.MaxRecordBytes, int64(l.MaxBodyBytes)
	all.Benches, all.TotalBytes = l.MaxBenches, l.MaxBytes
	all.Rate, all.Burst = rate.Limit(l.Rate), l.Burst
	return all
}

// streams is how many live streams there may be where the system lets the process
// open so many files: half of these are left for requests and stores.
func (l limits) streams(files int) int { return max(1, min(l.MaxStreams, files/2)) }
