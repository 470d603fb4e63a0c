package narrate

import (
	"testing"

	"github.com/sessionlab/sessionlab/internal/lab"
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
	s := lab.Summary{N: 7, Op: lab.OpSet, Client: lab.ClientCurl, Status: 200, Cookie: lab.Changed}
	b.ReportAllocs()
	for b.Loop() {
		Item(all["zh"], s, true)
	}
}
