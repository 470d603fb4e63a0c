package handlers_test

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
)

// BenchmarkRun is a whole run on the server: of the experiment of the course that has the
// most requests, and of one that is four times as long, with 21. Each request crosses the
// wire and is stored in a file.
func BenchmarkRun(b *testing.B) {
	longest := *named(b, "two-workers")
	repeated := longest
	for range 4 { // an even number of requests, which leaves the workers' turns as they are
		repeated.Acts = append(slices.Clone(repeated.Acts), longest.Acts[1:]...)
	}
	for _, e := range []*experiment.Experiment{&longest, &repeated} {
		l := newSite(b, withRoomForAll).learner()
		requests := 0
		for _, a := range e.Acts {
			if a.Asks() {
				requests++
			}
		}
		b.Run(e.Slug+"/requests="+strconv.Itoa(requests), func(b *testing.B) {
			for b.Loop() {
				if _, err := l.run(e, "own-keys"); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/run")
		})
	}
}

// BenchmarkBesideGuessing says what 99 of 100 steps of a quiet bench do not exceed while
// thirty learners have started the experiment with a thousand guesses at the same time, as
// a multiple of what it is alone: the median of rounds that alternate, so that what the
// machine does meanwhile meets both alike. There are as many steps in each as fit beside
// thirty runs: of a few hundred, the slowest three would decide.
func BenchmarkBesideGuessing(b *testing.B) {
	const learners, rounds, steps = 30, 5, 2000
	s := newSite(b, withRoomForAll, func(_ *handlers.Options, o *lab.Options) { o.Limits.Steps, o.Limits.StepBytes = 1e6, 1<<40 })
	quiet := s.learner()
	class := make([]*learner, learners)
	for i := range class {
		class[i] = s.learner()
	}
	var alone, beside, ratios, runs []float64
	for b.Loop() {
		for range rounds {
			a := quiet.p99(steps, nil)
			var running sync.WaitGroup
			began := time.Now()
			for _, l := range class {
				running.Go(func() { l.Post("/en/experiments/guessing", "variant", "random").Want(http.StatusOK) })
			}
			done := make(chan struct{})
			go func() { running.Wait(); close(done) }()
			with := quiet.p99(steps, done)
			<-done
			runs = append(runs, float64(time.Since(began).Microseconds())/1000)
			alone, beside, ratios = append(alone, a), append(beside, with), append(ratios, with/a)
		}
	}
	b.ReportMetric(middle(alone), "ms-alone-p99")
	b.ReportMetric(middle(beside), "ms-beside-p99")
	b.ReportMetric(middle(ratios), "of-alone")
	b.ReportMetric(middle(runs), "ms/30-runs")
}

// p99 takes steps one after another, until so many are taken or done is closed, and
// returns what 99 of 100 did not exceed, in milliseconds.
func (l *learner) p99(steps int, done <-chan struct{}) float64 {
	var took []float64
	for range steps {
		began := time.Now()
		l.Post(l.app+"set", "key", "colour", "value", "teal").Want(http.StatusOK)
		took = append(took, float64(time.Since(began).Microseconds())/1000)
		select {
		case <-done:
			return quantile99(took)
		default:
		}
	}
	return quantile99(took)
}

func quantile99(all []float64) float64 {
	slices.Sort(all)
	return all[(len(all)-1)*99/100]
}

func middle(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}
