package narrate

import (
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// movedBy is a step of a bench whose clock was that far ahead, and what its words
// depend on.
func movedBy(s story, ahead time.Duration) (*step.Step, Options) {
	moved := *s.Step
	moved.Ahead = step.Ahead(ahead)
	opt := options
	opt.Ahead = ahead
	return &moved, opt
}

func TestAStepInMovedTimeSaysSo(t *testing.T) {
	s, opt := movedBy(storyOf(t, "permanent on"), 31*day)
	record := *s.After.Record
	record.TTL = (62 * day).Seconds()
	s.After.Record = &record
	v := Step(texts(t)["en"], s, opt)
	for what, got := range map[string][2]string{
		"its time":     {v.Time, "22 Nov 19:00:00 · clock 31 days ahead (simulated)"},
		"the store's":  {v.Store.TTL, "5356800 s of real time: "},
		"the record's": {v.Store.Expires.String(), "in 31 days"},
		"the cookie's": {v.Browser.Cookie.Lifetime, "in 62 days; by the website's moved clock, in 31 days"},
	} {
		if !strings.Contains(got[0], got[1]) {
			t.Errorf("%s is %q; want %q in it", what, got[0], got[1])
		}
	}
	s.Client = step.ClientVirtual
	if v := Step(texts(t)["en"], s, opt); !strings.HasSuffix(v.Browser.Cookie.Lifetime, ", in 31 days") {
		t.Errorf("a virtual browser keeps it %q; want that it goes by the moved clock", v.Browser.Cookie.Lifetime)
	}
}

func TestTheServersLaneNamesOneOfSeveralWorkers(t *testing.T) {
	s := storyOf(t, "get")
	s.Worker = 1
	if v := tell(t, s); v.Server != "" {
		t.Errorf("a single worker is called %q", v.Server)
	}
	s.Worker, s.Workers = 2, 2
	for lang, want := range map[string]string{"en": "Worker 2", "zh": "工作进程 2"} {
		for l, text := range texts(t) {
			if v := Step(text, s.Step, options); string(l) == lang && v.Server != want {
				t.Errorf("%s: the lane is called %q; want %q", lang, v.Server, want)
			}
		}
	}
}
