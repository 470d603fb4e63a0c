// Package lab holds what learners work on: benches with their apps under study,
// the recorder that turns each request into a step, and the seats that say whose
// bench is whose.
package lab

import (
	"maps"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// Limits bound what one bench can grow to.
type Limits struct {
	Steps       int        // steps a bench
	StepBytes   int        // bytes of all its steps
	Sessions    int        // live sessions an app
	RecordBytes int        // bytes of one record
	Keys        int        // keys a session
	KeyBytes    int        // bytes of a key
	ValueBytes  int        // bytes of a value
	BodyBytes   int64      // bytes of a request's body
	Rate        rate.Limit // requests a second on a bench
	Burst       int        // requests at once on a bench
	Open        int        // benches held in memory
}

// DefaultLimits leave room for a class and for a careless loop.
func DefaultLimits() Limits {
	return Limits{
		Steps: 5000, StepBytes: 64 << 20, Sessions: 20000,
		RecordBytes: 64 << 10, Keys: 200, KeyBytes: 256, ValueBytes: 8 << 10, BodyBytes: 64 << 10,
		Rate: 50, Burst: 500, Open: 1000,
	}
}

// Timeouts are the lives of seats, and of the benches that go with them.
type Timeouts struct {
	Idle     time.Duration // since the last use
	Absolute time.Duration // since the seat was issued
}

// DefaultTimeouts are a week without use, and a school term.
func DefaultTimeouts() Timeouts {
	return Timeouts{Idle: 7 * day, Absolute: 120 * day}
}

// grain is how exactly the last use is stored: to the hour, unless seats are given
// less than a working day.
func (t Timeouts) grain() time.Duration { return min(time.Hour, t.Idle/8) }

// A Lab holds all benches. It is safe for concurrent use.
type Lab struct {
	*Registrar
	state        State
	company      company
	stores       map[string]session.Backend // by name
	defaultStore string
	limits       Limits
	timeouts     Timeouts
	now          func() time.Time
	recorded     func(*step.Step, error)

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
	// Recorded, unless nil, is told of each step and why it could not be stored, if
	// so. It must not keep the step, and may be called concurrently.
	Recorded func(s *step.Step, err error)
}

// New returns a Lab. If its State is a [SharedState], the stores must be shared by
// the same processes.
func New(o Options) *Lab {
	if o.Default == "" {
		o.Default = DefaultStore
	}
	return &Lab{
		Registrar: NewRegistrar(o.Key, o.Timeouts.Absolute, o.Now),
		state:     o.State, company: companyOf(o.State), stores: o.Stores, defaultStore: o.Default, limits: o.Limits, timeouts: o.Timeouts, now: o.Now,
		recorded: o.Recorded, open: make(map[string]*Bench),
	}
}

// Limits returns the limits.
func (l *Lab) Limits() Limits { return l.limits }

// DefaultStore returns the name of the store of a bench that chose none.
func (l *Lab) DefaultStore() string { return l.defaultStore }

// StoreNames returns the names of the stores that benches can choose, sorted.
func (l *Lab) StoreNames() []string { return slices.Sorted(maps.Keys(l.stores)) }
