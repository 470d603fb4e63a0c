package reading_test

import (
	"testing"

	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

func TestALogOutIsFoundByTheCookiesOfItsSession(t *testing.T) {
	line := func(op step.Op, sent, left string) step.Summary {
		return step.Summary{Op: op, Mechanism: step.MechanismFlask, Sent: sent, Left: left}
	}
	refused := line(step.OpMe, "a", "a")
	refused.Refused = step.WhySignature
	stored := line(step.OpMe, "a", "a")
	stored.Mechanism = step.MechanismServer
	begun := []step.Summary{line(step.OpLogin, "", "a"), line(step.OpSet, "a", "b"), line(step.OpLogout, "b", "")}
	for name, tt := range map[string]struct {
		then []step.Summary
		want int // the number of the log-out, 0 for none
	}{
		"the cookie that was given up":        {[]step.Summary{line(step.OpMe, "b", "b")}, 3},
		"an earlier one of the session":       {[]step.Summary{line(step.OpMe, "a", "a")}, 3},
		"what the copy has become":            {[]step.Summary{line(step.OpSet, "a", "c"), line(step.OpMe, "c", "c")}, 3},
		"no cookie":                           {[]step.Summary{line(step.OpMe, "", "")}, 0},
		"a cookie from elsewhere":             {[]step.Summary{line(step.OpMe, "x", "x")}, 0},
		"a new log-in":                        {[]step.Summary{line(step.OpLogin, "", "d"), line(step.OpMe, "d", "d")}, 0},
		"a log-in within the same second":     {[]step.Summary{line(step.OpLogin, "", "a"), line(step.OpMe, "a", "a")}, 0},
		"a log-in with the copy":              {[]step.Summary{line(step.OpLogin, "a", "e"), line(step.OpMe, "e", "e")}, 0},
		"a cookie that is not believed":       {[]step.Summary{refused}, 0},
		"a session that is a record":          {[]step.Summary{stored}, 0},
		"a second log-out, by the copy":       {[]step.Summary{line(step.OpLogout, "a", ""), line(step.OpMe, "a", "a")}, 4},
		"another session of the same account": {[]step.Summary{line(step.OpLogin, "", "f"), line(step.OpLogout, "f", ""), line(step.OpMe, "a", "a")}, 3},
	} {
		all := append(append([]step.Summary(nil), begun...), tt.then...)
		for i := range all {
			all[i].N = i + 1
		}
		got, found := reading.LoggedOut(all, len(all))
		if got.N != tt.want && found || found != (tt.want != 0) {
			t.Errorf("%s: the log-out is step %d, %v; want %d", name, got.N, found, tt.want)
		}
	}
}
