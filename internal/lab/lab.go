// Package lab holds what learners work on: benches with their apps under study, and
// the recorder that turns each request into a step.
package lab

import (
	"maps"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/sessionlab/sessionlab/session"
)

// Limits bound what one bench can grow to.
type Limits struct {
	Steps       int        // steps a bench
	StepBytes   int        // bytes of all its steps
	Entries     int        // entries a bench
	Sessions    int        // live sessions an app
	RecordBytes int        // bytes of one record
	Keys        int        // keys a session
	KeyBytes    int        // bytes of a key
	ValueBytes  int        // bytes of a value
	BodyBytes   int64      // bytes of a request's body
	Rate        rate.Limit // requests a second on a bench, of its owner and of all others each
	Burst       int        // requests at once, likewise
	Open        int        // benches held in memory
	Benches     int        // in all
	TotalBytes  int64      // of all benches
}

// DefaultLimits leave room for a class and for a careless loop.
func DefaultLimits() Limits {
	return Limits{
		Steps: 5000, StepBytes: 64 << 20, Entries: 1000, Sessions: 20000,
		RecordBytes: 64 << 10, Keys: 200, KeyBytes: 256, ValueBytes: 8 << 10, BodyBytes: 64 << 10,
		Rate: 50, Burst: 500, Open: 1000, Benches: 20000, TotalBytes: 4 << 30,
	}
}

// Timeouts are the lifetimes of seats and of their benches.
type Timeouts struct {
	Idle     time.Duration // since the last use
	Absolute time.Duration // since the seat was issued
}

// DefaultTimeouts are a week without use, and a school term.
func DefaultTimeouts() Timeouts {
	return Timeouts{Idle: 7 * day, Absolute: 120 * day}
}

// End returns when a seat that was issued and last used at these times ends,
// with its bench.
func (t Timeouts) End(issued, used time.Time) time.Time {
	idle, absolute := used.Add(t.Idle), issued.Add(t.Absolute)
	if idle.Before(absolute) {
		return idle
	}
	return absolute
}

// Precision is how exactly the last use is stored: to the hour, unless the idle
// timeout is less than a working day.
func (t Timeouts) Precision() time.Duration { return min(time.Hour, t.Idle/8) }

// TouchTimeout is how long a page waits for the state to store that a bench was
// used.
const TouchTimeout = 500 * time.Millisecond

// A Lab holds all benches. It is safe for concurrent use.
type Lab struct {
	ids          ids
	state        State
	sync         syncer
	stores       map[string]session.Backend // by name, with those that only runs can have
	choices      []string                   // the names of those that benches can choose, sorted
	defaultStore string
	limits       Limits
	timeouts     Timeouts
	now          func() time.Time
	watchers     watchers
	observers    []Observer
	room         room
	read         readSteps
	served       served

	mu   sync.Mutex
	open map[string]*Bench
}

// Options are what a [Lab] is made of.
type Options struct {
	Key      []byte // 32 random bytes that outlive the process
	State    State
	Stores   map[string]session.Backend // what benches can choose, by name
	Default  string                     // the store of a bench that chose none; "" for DefaultStore
	Limits   Limits
	Timeouts Timeouts
	Now      func() time.Time
	// Observers are notified of each step, in this order.
	Observers []Observer
}

// New returns a Lab. If its State is a [SharedState], the stores must be shared by
// the same processes.
func New(o Options) *Lab {
	if o.Default == "" {
		o.Default = DefaultStore
	}
	l := &Lab{
		ids: newIDs(o.Key), state: o.State, sync: syncerFor(o.State),
		stores: withMemory(o.Stores), choices: slices.Sorted(maps.Keys(o.Stores)), defaultStore: o.Default, limits: o.Limits, timeouts: o.Timeouts, now: o.Now,
		read: newReadSteps(), open: make(map[string]*Bench),
	}
	l.observers = append([]Observer{&l.watchers}, o.Observers...)
	return l
}

// BenchID returns the id of an owner's nth bench, whether it was ever used or not.
func (l *Lab) BenchID(owner string, n int) string { return l.ids.of(owner, n) }

// Limits returns the limits.
func (l *Lab) Limits() Limits { return l.limits }

// DefaultStore returns the name of the store of a bench that chose none.
func (l *Lab) DefaultStore() string { return l.defaultStore }

// StoreNames returns the names of the stores that benches can choose, sorted.
func (l *Lab) StoreNames() []string { return slices.Clone(l.choices) }
