package experiment

import (
	"fmt"
	"slices"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A Result is what a run came to. As JSON it is stored with the entry of the run's end.
type Result struct {
	Run     int    `json:"run"` // the number of the entry with which it began
	Slug    string `json:"slug"`
	Variant string `json:"variant"`
	// Prediction is the id of a choice, "" if none was made.
	Prediction string `json:"prediction,omitempty"`
	// Course says that a lesson ran it, before the learner could predict anything.
	Course bool `json:"course,omitempty"`

	Verdict string    `json:"verdict"`
	Step    int       `json:"step"`     // the number of the step that decided it
	Event   step.Kind `json:"event"`    // in that step
	EventAt int       `json:"event_at"` // which event of the step that is, from 1; 0 if it has no such event

	Acts     []Done         `json:"acts"`
	Browsers []BrowserAfter `json:"browsers"`
	Records  []RecordAfter  `json:"records"`
	// Values are what the placeholders in words stand for, by what is in their braces.
	Values map[string]string `json:"values,omitempty"`

	Started time.Time     `json:"started"` // in real time
	Took    time.Duration `json:"took"`
}

// A Done is an act that was done.
type Done struct {
	ID    string `json:"id"`
	Steps []int  `json:"steps,omitempty"` // the numbers of its steps; none if it is no request

	Text      string `json:"text,omitempty"` // what was read, overheard, copied, taken, forged or altered
	Was       string `json:"was,omitempty"`  // of what was altered: what it was before
	Tried     int    `json:"tried,omitempty"`
	Found     string `json:"found,omitempty"`
	PerSecond int    `json:"per_second,omitempty"`
	Nothing   bool   `json:"nothing,omitempty"` // an earlier act had found nothing to take or to sign with
}

// A BrowserAfter is a browser of the run at its end.
type BrowserAfter struct {
	ID      string        `json:"id"`     // in the script
	Client  string        `json:"client"` // on the bench, as in its steps
	Name    string        `json:"name"`
	Cookies []CookieAfter `json:"cookies,omitempty"`
}

// A CookieAfter is a cookie that a browser held at the end of a run.
type CookieAfter struct {
	Name     string    `json:"name"`
	Value    string    `json:"value"`
	Reads    string    `json:"reads,omitempty"`  // the session's values that anybody can read in it
	Signed   bool      `json:"signed,omitempty"` // whether it is an ID with a signature
	HTTPOnly bool      `json:"http_only,omitempty"`
	Secure   bool      `json:"secure,omitempty"`
	SameSite string    `json:"same_site,omitempty"`
	Expires  time.Time `json:"expires,omitzero"` // zero: when the browser closes
}

// A RecordAfter is a record that was in the store at the end of a run.
type RecordAfter struct {
	Key     string    `json:"key"`
	ID      string    `json:"id"`
	User    string    `json:"user,omitempty"`
	Values  string    `json:"values,omitempty"` // as stored
	Expires time.Time `json:"expires,omitzero"`
	By      []string  `json:"by,omitempty"` // the browsers whose cookie opens it, by their ids in the script
}

// Right reports whether a choice was right, given the verdict of a run.
func (e *Experiment) Right(choice, verdict string) bool {
	c, ok := e.Choice(choice)
	return ok && slices.Contains(c.Verdicts, verdict)
}

// Steps returns the numbers of all steps of the run.
func (r Result) Steps() (all []int) {
	for _, a := range r.Acts {
		all = append(all, a.Steps...)
	}
	slices.Sort(all)
	return all
}

// done is what an act that was done came to.
func (p *performance) done(a Act) Done {
	o := p.saw(a.ID)
	d := Done{ID: a.ID, Text: o.Text, Was: o.Was, Tried: o.Tried, Found: o.Found, PerSecond: o.PerSecond}
	d.Nothing = (a.Do == DoTake || a.Do == DoForge) && o.Text == ""
	if o.Step > 0 {
		d.Steps = []int{o.Step}
	}
	for _, part := range a.Together {
		d.Steps = append(d.Steps, p.saw(part.ID).Step)
	}
	slices.Sort(d.Steps)
	return d
}

// look notes what browsers and store hold at the end.
func (p *performance) look(r *Result) error {
	ids := make(map[string]string) // of the script, by those of the lab
	set := p.bench.Settings()
	signed := set.Mechanism == step.MechanismServer && set.SignID
	app, err := p.bench.Examiner(set.Mechanism, set.Store)
	if err != nil {
		return err
	}
	for _, each := range p.e.Browsers {
		id := p.browsers[each.ID]
		ids[id] = each.ID
		v, err := p.bench.Browser(id)
		if err != nil {
			return err
		}
		after := BrowserAfter{ID: each.ID, Client: id, Name: v.Name}
		for _, c := range p.bench.Cookies(v) {
			after.Cookies = append(after.Cookies, CookieAfter{c.Name, c.Value, app.Reads(c.Value), signed, c.HTTPOnly, c.Secure, string(c.SameSite), c.Expires})
		}
		r.Browsers = append(r.Browsers, after)
	}
	const most = 10
	held, err := p.bench.Held(p.ctx, most)
	if err != nil {
		return err
	}
	for _, h := range held {
		after := RecordAfter{Key: h.Key, ID: h.ID, User: h.User, Values: h.Values, Expires: h.Expires}
		for _, by := range h.By {
			if id := ids[by.Browser]; id != "" {
				after.By = append(after.By, id)
			}
		}
		r.Records = append(r.Records, after)
	}
	return nil
}

// decide finds the verdict, and what decided it.
func (p *performance) decide(r *Result) error {
	for text, fill := range p.e.fills {
		v, err := fill.Of(p.seen)
		if err != nil {
			return err
		}
		if r.Values == nil {
			r.Values = make(map[string]string)
		}
		r.Values[text] = fmt.Sprint(v)
	}
	for _, v := range p.e.Verdicts {
		holds, err := v.when.Holds(p.seen)
		if err != nil {
			return err
		}
		if holds {
			r.Verdict = v.ID
			return p.decided(r, v)
		}
	}
	return ErrNoVerdict
}

// decided finds the step and the event that a verdict is about.
func (p *performance) decided(r *Result, v Verdict) error {
	a, _ := p.e.Act(v.Step)
	r.Step = p.saw(v.Step).Step
	for _, part := range a.Together { // the one that came last
		r.Step = max(r.Step, p.saw(part.ID).Step)
	}
	recorded, err := p.bench.Step(p.ctx, r.Step)
	if err != nil {
		return err
	}
	for _, kind := range v.Events {
		for i, e := range recorded.Events {
			if e.Kind == kind {
				r.Event, r.EventAt = kind, i+1
				return nil
			}
		}
	}
	return nil
}
