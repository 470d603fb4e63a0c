package advice

import (
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

func TestAHintAboutAValueWaitsUntilThereIsOneAgain(t *testing.T) {
	at := func(tr *trace, id string, acts int, when string) {
		t.Helper()
		if p := guide(t).Next(tr.mechanism, tr.steps); p.Next.ID != id || p.Acts != acts {
			t.Errorf("%s: %s, %s with %d acts done; want %s, %d", tr.mechanism, when, p.Next.ID, p.Acts, id, acts)
		}
	}
	for _, mechanism := range step.Mechanisms {
		tr := &trace{mechanism: mechanism}
		tr.add(own(step.OpLogin, step.Added)).add(own(step.OpSet, step.Changed)).add(own(step.OpGet, ""))
		at(tr, "pop", 0, "with a value")
		other := own(step.OpLogout, step.Removed)
		other.Client, other.ClientID = step.ClientVirtual, "virtual-1"
		at(tr.add(other), "pop", 0, "after another browser logged out")
		at(tr.add(own(step.OpLogout, step.Removed)), "again", 0, "after a log-out")
		at(tr.add(own(step.OpLogin, step.Added)), "again", 1, "logged in again")
		at(tr.add(own(step.OpSet, step.Changed)), "pop", 0, "with a value again")
		at(tr.add(refused(step.WhyLifetime)), "again", 0, "after the lifetime")
		at(tr.add(own(step.OpSet, step.Added)), "pop", 0, "with a value, and nobody logged in")
	}
}
