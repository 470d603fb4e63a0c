package lab

import (
	"context"
	"crypto/rand"
	"net/url"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A Plan is what an experiment needs before it begins.
type Plan struct {
	Slug, Variant string
	// Settings are what its app has besides the defaults, as [Settings.With] takes them.
	// The store may be "memory" even where benches cannot choose that.
	Settings url.Values
	Browsers []string // the names of those that it opens
	Steps    int      // how many it makes at most; likewise entries
}

// A Run is an experiment under way on a bench. Its app takes the place of the learner's:
// it has settings, a key, records and browsers of its own, and it may move the clock,
// restart the server and whatever else can be done to a bench. [Run.End] puts all of it
// back as it was. What it did stays on the timeline.
//
// Meanwhile nobody else's request is served and nobody else changes anything: they wait.
type Run struct {
	N        int      // the number of the entry with which it began
	Browsers []string // the ids of its browsers, in the order of the plan

	lab   *Lab
	bench *Bench
}

// RunTime bounds a run, by real time. One that is older was left by a process that died.
const RunTime = 30 * time.Second

// Aside is what a run puts aside of a bench, to put it back when it ends.
type Aside struct {
	Until time.Time `json:"until"` // its end, by real time, whatever becomes of it
	Bench string    `json:"bench"` // as [EncodeBench] wrote it
}

// Begin begins a run. It returns [ErrRunning] if one is under way, [ErrFull] if the
// bench has no room for what the plan needs, or a [*SettingError]. Whoever began a run
// ends it.
func (l *Lab) Begin(ctx context.Context, b *Bench, p Plan) (*Run, error) {
	b = l.held(b.id, b)
	ctx, cancel := context.WithTimeout(ctx, RunTime)
	defer cancel()
	if err := b.gate.Acquire(ctx, allOfGate); err != nil {
		return nil, ErrRunning
	}
	r := &Run{lab: l, bench: b}
	b.setRun(r)
	err := r.hasRoom(ctx, p)
	if err == nil {
		err = r.putAside(ctx, p)
	}
	if err == nil {
		err = r.open(ctx, p)
	}
	if err != nil {
		r.End(ctx, "")
		return nil, err
	}
	return r, nil
}

// Context returns a context with which the lab does to the bench what the run asks for.
func (r *Run) Context(ctx context.Context) context.Context {
	return context.WithValue(ctx, runKey{}, r)
}

// End ends the run with what it came to, which is kept with the entry of its end; ""
// for one that was broken off. The bench is as it was before, even if ctx is done. If
// the state cannot store that, the next request to the bench does it.
func (r *Run) End(ctx context.Context, result string) error {
	const patience = 5 * time.Second
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	err := r.lab.putBack(ctx, r.bench, result)
	r.bench.setRun(nil)
	r.bench.gate.Release(allOfGate)
	return err
}

func (b *Bench) setRun(r *Run) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.run = r
}

// hasRoom returns [ErrFull] if the bench has no room for the run.
func (r *Run) hasRoom(ctx context.Context, p Plan) error {
	entries, err := r.bench.Entries(ctx)
	limits := r.lab.limits
	if err == nil && (len(entries)+p.Steps+2 > limits.Entries || len(r.bench.Steps())+p.Steps > limits.Steps) {
		err = ErrFull
	}
	return err
}

// putAside puts the run's settings in force, and the learner's aside.
func (r *Run) putAside(ctx context.Context, p Plan) error {
	stores := r.lab.runStores()
	_, err := r.lab.rewrite(ctx, r.bench, func(row *BenchRow) error {
		if row.Aside != nil {
			return ErrRunning
		}
		s := DefaultSettings(newSecretKey())
		s.Store = row.Settings.Store
		s, err := s.With(p.Settings, stores)
		if err != nil {
			return err
		}
		aside := *row
		aside.Course = nil // it goes on during the run
		before, err := EncodeBench(aside)
		if err != nil {
			return err
		}
		s.generation.Run = strings.ToLower(rand.Text()[:8])
		row.Aside = &Aside{r.lab.now().Add(RunTime), before}
		row.Settings = s
		return nil
	})
	return err
}

// open opens the run's browsers with the entry of its beginning.
func (r *Run) open(ctx context.Context, p Plan) (err error) {
	b := r.bench
	defer b.changeJars()()
	opened := make(map[string]*virtual, len(p.Browsers))
	jars := make(map[string][]byte, len(p.Browsers))
	for i, name := range p.Browsers {
		v := &virtual{ID: strings.ToLower(rand.Text()[:8]), Slot: i + 1, Name: name, Run: true}
		id := clientID(v.ID)
		if jars[id], err = (&client{virtual: v}).encode(); err != nil {
			return err
		}
		opened[id] = v
		r.Browsers = append(r.Browsers, v.ID)
	}
	e := step.Entry{Kind: step.EntryRunBegan, Value: p.Slug, Variant: p.Variant}
	if r.N, err = r.lab.addEntry(ctx, b, e, jars, nil); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for id, v := range opened {
		c := b.client(id)
		c.virtual = v
		c.keeps(jars[id])
	}
	return nil
}
