package e2e

import (
	"slices"
	"strconv"
	"testing"
)

// notePainting lists in painted how long each step took from the click that asked for it
// to the end of the first frame that shows it, in milliseconds.
const notePainting = `(() => {
	globalThis.painted = []
	const shown = () => document.querySelector(".chip[aria-current]").search
	let clicked = 0, last = shown()
	document.addEventListener("click", e => { clicked = e.timeStamp }, true)
	document.addEventListener("htmx-after-settle", () => {
		if (shown() === last) return
		last = shown()
		requestAnimationFrame(() => setTimeout(() => painted.push(performance.now() - clicked)))
	})
})()`

// BenchmarkStepUntilPainted is what a learner waits for after a click on "Set", at a bench
// of up to forty steps: half of the clicks take that long at most, and 19 in 20.
func BenchmarkStepUntilPainted(b *testing.B) {
	for _, with := range browsers {
		b.Run(with.name, func(b *testing.B) {
			bench := with.sit(b, startApp(b), View{})
			bench.Login("momo", "123")
			bench.Eval(notePainting)
			for b.Loop() {
				bench.Set("n", strconv.Itoa(bench.N))
			}
			all := eval[[]float64](bench.Page, "painted")
			if len(all) != bench.N-1 {
				b.Fatalf("%d steps were painted of %d", len(all), bench.N-1)
			}
			slices.Sort(all)
			b.ReportMetric(all[len(all)/2], "ms-median")
			b.ReportMetric(all[len(all)*19/20], "ms-p95")
		})
	}
}
