package narrate

import (
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

// The page of a step is told anew for each visit.
func BenchmarkStep(b *testing.B) {
	all := texts(b)
	s := stories[1].story().Step
	b.ReportAllocs()
	for b.Loop() {
		Step(all["zh"], s, options)
	}
}

func BenchmarkItem(b *testing.B) {
	all := texts(b)
	s := step.Summary{N: 7, Op: step.OpSet, Client: step.ClientCurl, Status: 200, Cookie: step.Changed}
	b.ReportAllocs()
	for b.Loop() {
		Item(all["zh"], s)
	}
}
