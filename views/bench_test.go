package views

import (
	"bytes"
	"compress/gzip"
	"context"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// BenchmarkBench measures the page of a step among forty.
func BenchmarkBench(b *testing.B) {
	for lang, text := range texts(b) {
		for _, s := range []*Step{setStep(), renewStep()} {
			b.Run(string(lang)+"/"+s.Op, func(b *testing.B) {
				v := exampleLab(text, s)
				b.ReportAllocs()
				for b.Loop() {
					buf := templ.GetBuffer()
					if err := Bench(v).Render(context.Background(), buf); err != nil {
						b.Fatal(err)
					}
					templ.ReleaseBuffer(buf)
				}
			})
		}
	}
}

func TestPageOfAStepIsLight(t *testing.T) {
	for lang, text := range texts(t) {
		for _, s := range exampleSteps() {
			pageIsLight(t, lang, exampleLab(text, s))
		}
	}
}

func pageIsLight(t *testing.T, lang i18n.Lang, v Lab) {
	t.Helper()
	for n := len(v.Timeline.Ticks); n < 500; n++ {
		tick := v.Timeline.Ticks[n%40]
		tick.N, tick.Current = n+1, false
		v.Timeline.Ticks = append(v.Timeline.Ticks, tick)
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if err := Bench(v).Render(context.Background(), w); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 9_500 {
		t.Errorf("%s: the page of step %d has %d bytes gzipped; want at most 9.5 kB", lang, v.Step.N, b.Len())
	}
	t.Logf("%s: step %d: %d bytes gzipped", lang, v.Step.N, b.Len())
}

// Before the first step a bench promises what will come, and no record where there
// will be none.
func TestAnEmptyBenchPromisesNoRecordToCookies(t *testing.T) {
	for store, want := range map[string]bool{"sqlite": true, "": false} {
		v := exampleLab(texts(t)[i18n.En], nil)
		v.Store.Name = store
		if got := strings.Contains(render(t, Bench(v)), "you see the record here"); got != want {
			t.Errorf("with the store %q a record is promised: %v; want %v", store, got, want)
		}
	}
}
