package lab

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A Bench is one learner's workspace: an app under study with its settings, the
// clients that were seen, and the list of steps. It is safe for concurrent use.
type Bench struct {
	id  string
	lab *Lab
	// A stranger's loop must not use up what the owner's clicks need: each has the
	// whole of the limit.
	owners, others share

	seen time.Time // guarded by the lab's lock

	// A request or an act holds one of it, and a run of an experiment all: then nobody
	// else meets the app that the run has in place of the learner's.
	gate *semaphore.Weighted

	jars sync.Mutex // held while the jar of a virtual browser changes and is stored; taken before saving

	together sync.Mutex // held while the benches beside this one get a request

	lastID atomic.Uint64 // the number in the last id that a weak maker made

	ahead atomic.Int64 // a [step.Ahead]; the clock is read with and without the lock

	saving sync.Mutex // held while the bench's own row is written; taken before mu

	mu        sync.Mutex
	stored    bool // it has a row
	created   time.Time
	used      time.Time // as stored: when its owner last used it, or what its end follows from
	settings  Settings
	hintsAway bool
	beside    int // the number of the benches beside it
	course    json.RawMessage
	sessions  [][2]mechanism // of each worker, for requests over http and https
	next      int            // the number of the next step
	line      []step.Summary // all steps, in order
	size      int            // bytes of all steps
	largest   int            // bytes of the largest step
	places    int            // for steps of requests under way
	making    int            // sessions that these may make
	clients   map[string]*client
	jarTurns  int    // how often a change of a jar began or ended: odd while there is one
	aside     *Aside // what a run of an experiment will put back; nil for nothing
	run       *Run   // that this process has under way; nil for none

	// Of a state that is shared; see [snapshot].
	version string // of the row
	asked   int64  // how often the state was asked for the bench
	applied int64  // which of these questions the row in force answers
	read    int    // how many of the first steps stored are in line, at least
	stale   bool   // jars may have changed since they were read
}

// ID returns the bench's id.
func (b *Bench) ID() string { return b.id }

// Path returns the path of its app: "/app/{bench}/".
func (b *Bench) Path() string { return AppPath(b.id) }

// AppPath returns the path of the app of a bench.
func AppPath(bench string) string { return "/app/" + bench + "/" }

// Settings returns the settings in force.
func (b *Bench) Settings() Settings {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.settings
}

// Stored reports whether the bench has been used: it is stored with its first step, or
// the first change of its settings.
func (b *Bench) Stored() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.stored
}

// Steps returns the summaries of the steps so far, in order. The slice must not
// be modified.
func (b *Bench) Steps() []step.Summary {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.line[:len(b.line):len(b.line)]
}

// Step returns a step, or ErrUnknown. Of one that cannot be read it returns what is
// known, see [step.Broken]: the bench's other steps stand. The step is shared: nobody
// may change it.
func (b *Bench) Step(ctx context.Context, n int) (*step.Step, error) {
	if recorded, ok := b.lab.read.get(b.id, n); ok {
		return recorded, nil
	}
	recorded, err := b.lab.state.Step(ctx, b.id, n)
	var broken *step.BrokenError
	if errors.As(err, &broken) {
		line := step.Summary{N: n}
		if all, i, ok := b.find(n); ok {
			line = all[i]
		}
		return step.Broken(broken.Data, line), nil
	}
	if err != nil {
		return nil, fault("load step", err)
	}
	b.lab.read.put(b.id, recorded)
	return recorded, nil
}

// Confirmed reports whether the client of a step has since sent back the cookie
// that the step probably left it with.
func (b *Bench) Confirmed(n int) bool {
	line, i, ok := b.find(n)
	if !ok {
		return false
	}
	for _, s := range line[i+1:] {
		if s.ClientID == line[i].ClientID {
			return s.Sent == line[i].Left
		}
	}
	return false
}

// Gave reports whether a step of the bench gave that cookie to its client. It
// is false for a cookie that the client brought itself and keeps.
func (b *Bench) Gave(cookie string) bool {
	fingerprint := (&step.Cookie{Raw: cookie}).Fingerprint()
	return slices.ContainsFunc(b.Steps(), func(s step.Summary) bool { return s.Left == fingerprint && s.Sent != fingerprint })
}

// Ends returns when a stored bench ends, unless its owner uses it again.
func (b *Bench) Ends() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.used.Add(b.lab.timeouts.Idle)
}

// over reports whether the bench has ended.
func (b *Bench) over() bool { return b.Stored() && !b.lab.now().Before(b.Ends()) }

// find returns the summaries and which of them is that of step n.
func (b *Bench) find(n int) (all []step.Summary, at int, ok bool) {
	all = b.Steps()
	at, ok = slices.BinarySearchFunc(all, n, func(s step.Summary, n int) int { return s.N - n })
	return all, at, ok
}

// Prefix begins the keys of the app's records.
func (b *Bench) Prefix() string { return b.Settings().prefix(b.id) }

// configure puts settings in force. The caller holds the lock, or is the only
// one that has the bench.
func (b *Bench) configure(s Settings) {
	b.settings = s
	b.sessions = make([][2]mechanism, s.workers())
	for i := range b.sessions {
		for j, secure := range []bool{false, true} {
			b.sessions[i][j] = b.mechanism(s.of(i+1), secure)
		}
	}
}

// configured returns the mechanism of a worker for a request, and the settings it goes
// by. Of a worker that has just gone it returns the first one's.
func (b *Bench) configured(worker int, secure bool) (mechanism, Settings) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if worker > len(b.sessions) {
		worker = 1
	}
	m := b.sessions[worker-1]
	if secure {
		return m[1], b.settings.of(worker)
	}
	return m[0], b.settings.of(worker)
}

// Allow reports whether the bench accepts one more request now, from its owner
// or from anybody else. If not, it returns after how long it does.
func (b *Bench) Allow(owner bool) (ok bool, wait time.Duration) {
	r := b.share(owner).all.ReserveN(b.lab.now(), 1)
	if wait = r.DelayFrom(b.lab.now()); wait == 0 {
		return true, 0
	}
	r.CancelAt(b.lab.now())
	return false, wait
}

// committed adds a stored step to the list, in its place.
func (b *Bench) committed(s step.Summary, place *Place) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.add(s)
	place.release()
	if c := b.clients[s.ClientID]; c != nil {
		c.step = max(c.step, s.N)
	}
	b.stored = true
}

// add adds a stored step to the list, unless the list has it. Steps that ran at once
// may be stored out of order. The caller holds the lock.
func (b *Bench) add(s step.Summary) {
	i := len(b.line)
	for i > 0 && b.line[i-1].N > s.N {
		i--
	}
	switch {
	case i > 0 && b.line[i-1].N == s.N:
		return
	case i == len(b.line):
		b.line = append(b.line, s)
	default: // readers hold slices of the old one
		b.line = slices.Insert(slices.Clone(b.line), i, s)
	}
	b.size += s.Size
	b.largest = max(b.largest, s.Size)
	b.next = max(b.next, s.N+1)
}

// scheme of a request, as its client sees it.
func scheme(secure bool) string {
	if secure {
		return "https"
	}
	return "http"
}
