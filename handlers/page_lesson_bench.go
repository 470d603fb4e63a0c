package handlers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// lessonBench is the bench beside a part, whose page has that address.
func (v *lessonView) lessonBench(p *views.LessonPage, part, base string) error {
	q, stage := lesson.SplitPart(part)
	b := views.LessonBench{Page: p.Page, Lens: v.l.Lens, At: base}
	b.Locked = !p.Begun || stage == lesson.Predict && !v.answered(q) && !v.progress.Shown[q]
	if stage == lesson.Predict && p.Begun {
		b.Asked = askedSide(v.w.Parts[part].Ask)
	}
	if v.l.Own == "" && len(v.l.Browsers) > 0 {
		name := v.l.Browsers[0].Name
		b.Badge = views.Badge{Slot: 1, Letter: views.Letters([]string{name})[0], Name: name}
	}
	s, err := v.drawn(part)
	if err != nil {
		return err
	}
	b.Over = v.over()
	b.Controls = v.controls(part, s, b.Over)
	now := v.showNow(&b, part)
	if s != nil && !now {
		if b.Event, err = chosenEvent(v.c, s); err != nil {
			return err
		}
		told := v.stepView(v.c, v.bench, s)
		if stage == lesson.Do {
			told.Result = asked(told)
		}
		if s.Run > 0 {
			told.Badge = v.runsOn(v.c, v.bench, v.entries).badges(v.bench).of(s.Browser, s.BrowserName)
		} else if s.Browser != "" {
			told.Badge = badgesOf(v.bench.Browsers()).of(s.Browser, s.BrowserName)
			if !b.Locked {
				b.Others = v.others(s.Browser, s, nil)
			}
		}
		if err := v.runBar(&b, s); err != nil {
			return err
		}
		number := strconv.Itoa(s.N)
		b.Stops = base
		b.Step, b.Who, b.At = &told, told.Client, base+"step="+number+"&"
		b.All = "/" + v.c.Param("lang") + "/lab?step=" + number
		if s.Ahead != v.bench.Clock().Ahead { // else the clock above says it
			b.StepTime = movedTime(told)
		}
		if !b.Locked {
			b.Store = v.sessions(s)
		}
	}
	if !now {
		b.Just = cmp.Or(v.justNow(part, s), v.prepared())
	}
	if now := v.bench.Settings(); v.kept.Under() && now.Mechanism != v.mechanism() {
		b.Running = v.t.T("location.name." + locationOf(now.Mechanism, now.Store))
	}
	p.Bench = b
	return nil
}

// asked is what a step is said to have come to while a question is open: what follows from
// it is what was asked.
func asked(told views.Step) string { return cmp.Or(told.Happened, told.Result) }

// mechanism is the one that the lesson begins with.
func (v *lessonView) mechanism() string {
	if set := v.l.Settings["mechanism"]; set != "" {
		return set
	}
	return step.MechanismServer
}

// askedSide is the side that a question points at first.
func askedSide(ask lesson.Inline) string {
	for _, s := range ask {
		if s.Kind == lesson.LinkPane {
			return laneOfPane[s.To]
		}
		if side := askedSide(s.Inner); side != "" {
			return side
		}
	}
	return ""
}

// controls are those of the lesson, in its order, and if that is over the one that begins
// it again.
func (v *lessonView) controls(part string, drawn *step.Step, over bool) []views.LessonControl {
	input, next := v.input(part, drawn), v.pressNext(part)
	var all []views.LessonControl
	for i, id := range v.l.Controls {
		c := views.LessonControl{Slot: i + 1, ID: id}
		switch a, isAct := v.l.Act(id); {
		case id == "key":
			c.Kind, c.Label, c.Value = views.ControlField, v.t.T("controls.key"), input.Key
		case id == "value":
			c.Kind, c.Label, c.Value = views.ControlField, v.t.T("controls.value"), input.Value
		case isAct:
			f := v.actForm("", a)
			c.Kind, c.Label, c.Method, c.Action, c.Form = views.ControlAct, v.w.Controls[id], f.Method, f.Action, f.Fields
			c.Primary, c.Disabled = id == next.ID && !over, v.locked(id) || over
		default:
			v.operation(&c)
			c.Primary = !over && next.Own() && next.Send == id && v.sends(&c, next, input)
		}
		all = append(all, c)
	}
	if over {
		f := v.start()
		all = append(all, views.LessonControl{
			Kind: views.ControlAct, ID: "restart", Label: v.t.T("lesson.restart"), Method: f.Method, Action: f.Action, Form: f.Fields, Primary: true, Always: true,
		})
	}
	return all
}

// sends reports whether a control, with its fields as they are filled, sends what an act
// does. One of another password, for example, does not.
func (v *lessonView) sends(c *views.LessonControl, a lesson.Act, input views.Input) bool {
	sent := map[string]string{}
	for _, f := range c.Form {
		sent[f.Name] = f.Value
	}
	for _, id := range c.Sends {
		sent[id] = map[string]string{"key": input.Key, "value": input.Value}[id]
	}
	for name, value := range a.Form {
		if sent[name] != value {
			return false
		}
	}
	return true
}

// operation is the control of an operation of the app. It sends the fields that the
// lesson shows, and of others what an act of the lesson sends.
func (v *lessonView) operation(c *views.LessonControl) {
	c.Kind, c.Label = views.ControlOp, v.t.T("controls."+c.ID)
	c.Method, c.Action = strings.ToLower(methodOf(c.ID)), v.addressOf(c.ID)
	typed := map[string][]string{"set": {"key", "value"}, "get": {"key"}, "pop": {"key"}}[c.ID]
	for _, name := range typed {
		if slices.Contains(v.l.Controls, name) {
			c.Sends = append(c.Sends, name)
		}
	}
	for _, f := range v.ownFields(v.actOf(c.ID)) {
		if !slices.Contains(c.Sends, f.Name) {
			c.Form = append(c.Form, f)
		}
	}
}

// actOf is the first act by which the learner's own browser asks for an operation, or one
// that asks for it as the bench does.
func (v *lessonView) actOf(op string) lesson.Act {
	i := slices.IndexFunc(v.l.Acts, func(a lesson.Act) bool { return a.Own() && a.Send == op })
	if i >= 0 {
		return v.l.Acts[i]
	}
	a := lesson.Act{}
	a.Send = op
	switch op {
	case "login":
		a.Form = map[string]string{"uname": "momo", "pwd": "123"}
	case "permanent":
		a.Form = map[string]string{"on": "true"}
	}
	return a
}

// input is what the fields show: what is to be typed next, or what was typed last.
func (v *lessonView) input(part string, drawn *step.Step) views.Input {
	in := example(v.t)
	id, stage := lesson.SplitPart(part)
	q, _ := v.l.Question(id)
	for _, a := range slices.Backward(v.l.Acts) { // so that the first has the last word
		typed(&in, a)
	}
	for _, act := range slices.Backward(q.Acts) {
		a, _ := v.l.Act(act)
		typed(&in, a)
	}
	if stage != lesson.Predict && stage != lesson.Do && drawn != nil {
		return inputOf(drawn, in)
	}
	return in
}

// typed puts into the fields what an act of the learner's own browser sends.
func typed(in *views.Input, a lesson.Act) {
	if !a.Own() {
		return
	}
	if key, ok := a.Form["key"]; ok {
		in.Key = key
	}
	if value, ok := a.Form["value"]; ok {
		in.Value = value
	}
}
