package handlers

import (
	"crypto/rand"
	"maps"
	"slices"
	"strings"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// startForm is the id of the form that begins a lesson.
const startForm = "start"

// operationOf is the operation of the app of that name. The checks of a lesson see to it
// that there is one.
func operationOf(name string) experiment.Operation {
	i := slices.IndexFunc(experiment.Operations[:], func(o experiment.Operation) bool { return o.Name == name })
	return experiment.Operations[max(i, 0)]
}

// methodOf is the method by which the app takes an operation.
func methodOf(op string) string { return operationOf(op).Method }

// addressOf is where the app of the bench takes an operation.
func (v *lessonView) addressOf(op string) string { return v.bench.Path() + operationOf(op).Path() }

// actForm is the form that does an act: one that posts to the app where the learner's own
// browser does it, or else to the lesson.
func (v *lessonView) actForm(id string, a lesson.Act) views.LessonForm {
	if a.Own() {
		return views.LessonForm{
			ID: id, Method: strings.ToLower(methodOf(a.Send)), Action: v.addressOf(a.Send), Fields: v.ownFields(a),
		}
	}
	return views.LessonForm{ID: id, Method: "post", Action: withPath(v.c, lessonAddress(v.c)+"/do"), Fields: []views.Field{{Name: "act", Value: a.ID}}}
}

// ownFields are what the app gets with an act of the learner's own browser.
func (v *lessonView) ownFields(a lesson.Act) []views.Field {
	var fields []views.Field
	for _, name := range slices.Sorted(maps.Keys(a.Form)) {
		fields = append(fields, views.Field{Name: name, Value: a.Form[name]})
	}
	for _, name := range slices.Sorted(maps.Keys(a.Letters)) {
		fields = append(fields, views.Field{Name: name, Value: randomLetters(a.Letters[name])})
	}
	return append(fields, v.backField())
}

// backField leads from the app back to the lesson.
func (v *lessonView) backField() views.Field { return v.backTo(v.l) }

// backTo leads from the app back to a lesson.
func (v *lessonView) backTo(l *lesson.Lesson) views.Field {
	return views.Field{Name: "back", Value: v.lessonOnPath(l.Slug)}
}

// randomLetters are so many of them, which no cookie makes shorter.
func randomLetters(n int) string {
	var b strings.Builder
	for b.Len() < n {
		b.WriteString(rand.Text())
	}
	return b.String()[:n]
}

// start is the form that begins the lesson.
func (v *lessonView) start() views.LessonForm { return v.startOf(v.l) }

// startOf is the form that begins a lesson. What the app wants of a login goes along:
// the learner's own browser is sent on to it.
func (v *lessonView) startOf(l *lesson.Lesson) views.LessonForm {
	f := views.LessonForm{ID: startForm, Method: "post", Action: withPath(v.c, addressOf(v.c, l.Slug)+"/start")}
	switch l.Own {
	case lesson.OwnLogin:
		f.Fields = []views.Field{{Name: "uname", Value: "momo"}, {Name: "pwd", Value: "123"}, v.backTo(l)}
	case lesson.OwnClear:
		f.Fields = []views.Field{v.backTo(l)}
	}
	return f
}
