package experiment

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/sessionlab/sessionlab/internal/browser"
	"github.com/sessionlab/sessionlab/internal/lab"
)

// Why an experiment cannot run, or did not come to anything. What the lab cannot do is
// an error of package lab.
var (
	ErrNoVariant = errors.New("experiment: no such variant")
	ErrNoChoice  = errors.New("experiment: no such choice")
	ErrNoVerdict = errors.New("experiment: what happened is none of its verdicts")
)

// A RequestError is a response that is no step: the website took the request for none
// of its own.
type RequestError struct {
	Act    string
	Status int
	Code   string // of the error in the response, "" if it tells none
}

func (e *RequestError) Error() string {
	return fmt.Sprintf("experiment: %s was answered with %d %s", e.Act, e.Status, e.Code)
}

// Deadline is how long a run may take, by real time, with waiting for its turn.
const Deadline = lab.RunTime - 5*time.Second

// mostActs is how many acts an experiment may have, so that one run does not fill a
// bench.
const mostActs = 40

// A Runner runs experiments. It is safe for concurrent use: on one bench, and on one
// store, a second run waits for the first. It must not be copied.
type Runner struct {
	Lab    *lab.Lab
	Client *browser.Client

	turns turns
}

// Options are what a run of an experiment is about.
type Options struct {
	Variant    string
	Prediction string   // the id of a choice; "" for none
	Language   string   // one of [Languages]: of what its browsers are called
	App        *url.URL // the address of the bench's app, as the learner's browser has it
	Course     bool     // a lesson runs it, and has asked for no prediction
	// Progress, unless nil, is called before each act, and when all are done. It must
	// not block.
	Progress func(done, all int)
}

// Run runs an experiment on a bench, and returns what it came to, which is then stored
// with the entry of the run's end. Whatever happens, the bench is as it was before. A
// run ends early with ctx, and at the [Deadline].
//
// It returns [ErrNoVariant], [ErrNoChoice], [ErrNoVerdict], a [*RequestError], or an
// error of package lab.
func (r *Runner) Run(ctx context.Context, b *lab.Bench, e *Experiment, o Options) (result Result, err error) {
	variant, ok := e.Variant(o.Variant)
	if !ok {
		return result, ErrNoVariant
	}
	if _, ok := e.Choice(o.Prediction); o.Prediction != "" && !ok {
		return result, ErrNoChoice
	}
	ctx, cancel := context.WithTimeout(ctx, Deadline)
	defer cancel()
	plan := e.plan(variant, o.Language, r.Lab.DefaultStore())
	end, err := r.turns.take(ctx, cmp.Or(plan.Settings.Get("store"), b.Settings().Store))
	if err != nil {
		return result, err
	}
	defer end()
	run, err := r.Lab.Begin(ctx, b, plan)
	if err != nil {
		return result, err
	}
	stored := ""
	defer func() {
		if ended := run.End(ctx, stored); err == nil {
			err = ended
		}
	}()
	p := &performance{e: e, o: o, stage: stage{
		Runner: r, ctx: run.Context(ctx), bench: b, app: o.App, host: e.Host, language: o.Language,
		acts: e.all(), browsers: make(map[string]string), seen: e.names(),
	}}
	for i, each := range e.Browsers {
		p.browsers[each.ID] = run.Browsers[i]
	}
	result = Result{Run: run.N, Slug: e.Slug, Variant: o.Variant, Prediction: o.Prediction, Course: o.Course, Started: time.Now()}
	if err := p.perform(&result); err != nil {
		return result, err
	}
	data, err := json.Marshal(result)
	stored = string(data)
	return result, err
}

// StoreOfServer is the store of benches that chose none, in a script: the database that
// the server keeps its own state in, whatever that is.
const StoreOfServer = "database"

// plan is what the lab is to prepare for a variant. What a variant sets counts more than
// what the experiment does. The server's own store is called own.
func (e *Experiment) plan(v Variant, language, own string) lab.Plan {
	const entries = 2 // that an act writes at most
	plan := lab.Plan{Slug: e.Slug, Variant: v.ID, Settings: make(url.Values), Steps: entries * len(e.all())}
	for _, set := range []map[string]string{e.Settings, v.Settings} {
		for name, value := range set {
			plan.Settings.Set(name, value)
		}
	}
	if plan.Settings.Get("store") == StoreOfServer {
		plan.Settings.Set("store", own)
	}
	for _, each := range e.Browsers {
		name := each.ID
		if w := e.Words[language]; w != nil && w.Browser[each.ID] != "" {
			name = w.Browser[each.ID]
		}
		plan.Browsers = append(plan.Browsers, name)
	}
	return plan
}

// A performance is a run under way.
type performance struct {
	stage
	e *Experiment
	o Options
}

// perform does what the script says, and judges it.
func (p *performance) perform(result *Result) error {
	for i, a := range p.e.Acts {
		if p.o.Progress != nil {
			p.o.Progress(i, len(p.e.Acts))
		}
		if !a.In(p.o.Variant) {
			continue
		}
		if err := p.do(a); err != nil {
			return fmt.Errorf("experiment: %s: %s: %w", p.e.Slug, a.ID, err)
		}
		result.Acts = append(result.Acts, p.done(a))
	}
	if p.o.Progress != nil {
		p.o.Progress(len(p.e.Acts), len(p.e.Acts))
	}
	if err := p.look(result); err != nil {
		return err
	}
	result.Took = time.Since(result.Started)
	return p.decide(result)
}
