package handlers

import (
	"strconv"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// prepared says, as long as the learner has sent nothing, which steps the lesson itself
// sent to prepare the bench: the learner's own go on behind them. It is "" if there are
// none.
func (v *lessonView) prepared() string {
	n := requestsBefore(v.l)
	if !v.kept.Under() || n == 0 || len(v.steps) != n || newest(v.bench) != v.steps[n-1].N {
		return ""
	}
	from, to := v.steps[0].N, v.steps[n-1].N
	id := "lesson.prepared_one"
	if n > 1 {
		id = "lesson.prepared"
	}
	return v.t.F(id, "From", strconv.Itoa(from), "To", strconv.Itoa(to), "Next", strconv.Itoa(to+1))
}

// requestsBefore is how many requests a lesson sends when it begins.
func requestsBefore(l *lesson.Lesson) int {
	n := 0
	for _, a := range l.Setup {
		if a.Asks() {
			n++
		}
	}
	if l.Own != lesson.OwnNone {
		n++ // the learner's own browser logs in, or ends its session
	}
	return n
}
